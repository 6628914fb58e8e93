package com.lpai.adapter.mongo;

import com.lpai.adapter.mongo.access.MongoOperatorAccounts;
import com.lpai.adapter.mongo.access.MongoSecretStore;
import com.lpai.adapter.mongo.access.MongoStreamTickets;
import com.lpai.adapter.mongo.appointment.MongoAppointmentRepository;
import com.lpai.adapter.mongo.company.MongoCompanyRepository;
import com.lpai.adapter.mongo.company.MongoDiscoveries;
import com.lpai.adapter.mongo.connection.MongoConnectionRepository;
import com.lpai.adapter.mongo.connection.MongoOAuthStates;
import com.lpai.adapter.mongo.contact.MongoContactRepository;
import com.lpai.adapter.mongo.conversation.MongoConversationRepository;
import com.lpai.adapter.mongo.conversation.MongoMessageRepository;
import com.lpai.adapter.mongo.defaults.MongoDefaults;
import com.lpai.adapter.mongo.directory.MongoDirectory;
import com.lpai.adapter.mongo.encryption.Encryption;
import com.lpai.adapter.mongo.encryption.UnreadableSecretException;
import com.lpai.adapter.mongo.erasure.MongoErasures;
import com.lpai.adapter.mongo.failure.StorageFailures;
import com.lpai.adapter.mongo.idempotency.MongoIdempotencyKeys;
import com.lpai.adapter.mongo.lease.MongoLeases;
import com.lpai.adapter.mongo.location.MongoLocationRepository;
import com.lpai.adapter.mongo.message.MongoOutgoingMessageRepository;
import com.lpai.adapter.mongo.mirror.MongoPendingPushes;
import com.lpai.adapter.mongo.permit.MongoHeartbeats;
import com.lpai.adapter.mongo.permit.MongoPermitLedger;
import com.lpai.adapter.mongo.project.MongoProjectParts;
import com.lpai.adapter.mongo.project.MongoProjectRepository;
import com.lpai.adapter.mongo.reconcile.MongoDifferences;
import com.lpai.adapter.mongo.reconcile.MongoReconciliations;
import com.lpai.adapter.mongo.schema.Schema;
import com.lpai.adapter.mongo.setup.MongoCheckpoints;
import com.lpai.adapter.mongo.setup.MongoFetchedPages;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.adapter.mongo.tenancy.SharedCollection;
import com.lpai.adapter.mongo.webhook.MongoWebhookHistory;
import com.lpai.adapter.mongo.webhook.MongoWebhookQueue;
import com.lpai.domain.access.OperatorAccounts;
import com.lpai.domain.access.SecretStore;
import com.lpai.domain.access.StreamTickets;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.AppointmentRepository;
import com.lpai.domain.company.CompanyRepository;
import com.lpai.domain.company.Discoveries;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.OAuthStates;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.conversation.ConversationRepository;
import com.lpai.domain.conversation.MessageRepository;
import com.lpai.domain.conversation.OutgoingMessageId;
import com.lpai.domain.conversation.OutgoingMessageRepository;
import com.lpai.domain.crm.Heartbeats;
import com.lpai.domain.crm.PermitLedger;
import com.lpai.domain.defaults.DefaultsRepository;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.CustomValue;
import com.lpai.domain.directory.DirectoryRepository;
import com.lpai.domain.directory.Pipeline;
import com.lpai.domain.directory.User;
import com.lpai.domain.encryption.MasterKeyRotation;
import com.lpai.domain.erasure.Erasures;
import com.lpai.domain.idempotency.IdempotencyKeys;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectParts;
import com.lpai.domain.project.ProjectRepository;
import com.lpai.domain.reconcile.Differences;
import com.lpai.domain.reconcile.Reconciliations;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.setup.FetchedPages;
import com.lpai.domain.sync.Leases;
import com.lpai.domain.sync.PendingPushes;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.WebhookHistory;
import com.lpai.domain.webhook.WebhookQueue;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoNamespace;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.connection.ConnectionPoolSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.bson.Document;
import org.bson.UuidRepresentation;

/**
 * The door of this module: one client of one database, and the ports on it. Opening does not
 * connect; {@link #prepareSchema} must have run once before the ports are used.
 *
 * <p>Every port throws {@link com.lpai.domain.sync.StorageUnavailableException} when the database
 * does not answer within the settings' time, and works again as soon as it does.
 */
public final class MongoAdapter implements AutoCloseable {
  private static final Duration PING = Duration.ofSeconds(2);
  private static final String MASTER_KEY_CHECK = "master-key-check";

  private final MongoClient client;
  private final MongoDatabase database;
  private final Collections collections;
  private final Schema schema;
  private final Encryption encryption;
  private final MongoConnectionRepository connections;
  private final MongoCompanyRepository companies;
  private final MongoWebhookQueue webhookQueue;
  private final Duration lastEvents;
  private final MongoErasures erasures;

  private MongoAdapter(MongoSettings settings, MongoClient client, Encryption encryption) {
    this.client = client;
    this.encryption = encryption;
    database = client.getDatabase(settings.database());
    collections = new Collections(database);
    schema = new Schema(client, settings.database(), settings.keyVaultNamespace());
    SharedCollection keys = keys(client, settings.keyVaultNamespace());
    connections =
        new MongoConnectionRepository(
            collections.ofTenants(Collections.CONNECTIONS),
            collections.acrossTenants(Collections.CONNECTIONS),
            encryption.vault(),
            keys);
    companies =
        new MongoCompanyRepository(
            collections.shared(Collections.COMPANIES), encryption.vault(), keys);
    webhookQueue =
        new MongoWebhookQueue(collections, settings.intake(), settings.operationTimeout());
    lastEvents = settings.operationTimeout();
    erasures =
        new MongoErasures(
            collections.shared(Collections.ERASED_LOCATIONS),
            secrets(),
            whatRemovesALocation(),
            System::nanoTime);
  }

  /** By collection; first what makes its tokens unreadable, then what starts work. */
  private Map<String, ToLongFunction<LocationId>> whatRemovesALocation() {
    Map<String, ToLongFunction<LocationId>> stores = new LinkedHashMap<>();
    stores.put(Collections.KEY_VAULT, connections::deleteKey);
    for (String name : Collections.OF_TENANTS) {
      stores.put(name, collections.ofTenants(name)::deleteAll);
    }
    stores.computeIfPresent(
        Collections.WEBHOOK_QUEUE,
        (name, own) ->
            location -> own.applyAsLong(location) + webhookQueue.removeMentions(location));
    stores.put(Collections.COMPANIES, companyDiscoveries()::forget);
    stores.put(Collections.CALL_PERMITS, locationPermits()::remove);
    MongoLeases leases = new MongoLeases(collections.shared(Collections.LEASES));
    stores.put(Collections.LEASES, location -> leases.removeAll(location.value()));
    return stores;
  }

  private static SharedCollection keys(MongoClient client, MongoNamespace vault) {
    return new Collections(client.getDatabase(vault.getDatabaseName()))
        .shared(vault.getCollectionName());
  }

  /** Opens the adapter; close it to give its connections back. */
  public static MongoAdapter open(MongoSettings settings) {
    MongoClientSettings withoutLimit = clientSettings(settings);
    MongoClientSettings limited =
        MongoClientSettings.builder(withoutLimit)
            .timeout(settings.operationTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .build();
    MongoClient client = MongoClients.create(limited);
    MongoNamespace keys = settings.keyVaultNamespace();
    Collections besideKeys = new Collections(client.getDatabase(keys.getDatabaseName()));
    Encryption encryption =
        Encryption.open(
            withoutLimit,
            keys,
            besideKeys.shared(keys.getCollectionName()),
            besideKeys.shared(Collections.MASTER_KEYS),
            settings.masterKeys(),
            settings.dataKeysOpened(),
            settings.operationTimeout());
    return new MongoAdapter(settings, client, encryption);
  }

  private static MongoClientSettings clientSettings(MongoSettings settings) {
    long connect = settings.connectTimeout().toMillis();
    return MongoClientSettings.builder()
        .applyConnectionString(settings.connectionString())
        .applicationName("lpai")
        .uuidRepresentation(UuidRepresentation.STANDARD)
        .readPreference(ReadPreference.primary())
        .writeConcern(WriteConcern.MAJORITY.withJournal(true))
        .applyToClusterSettings(
            cluster -> cluster.serverSelectionTimeout(connect, TimeUnit.MILLISECONDS))
        .applyToSocketSettings(socket -> socket.connectTimeout(connect, TimeUnit.MILLISECONDS))
        .applyToConnectionPoolSettings(pool -> openTogether(pool, settings.connectionString()))
        .build();
  }

  /**
   * The driver opens two connections at a time. After a start under load, operations were seen to
   * wait for that until their time was over, while others went on. So all that are wanted are
   * opened together, unless the address says how many.
   */
  private static void openTogether(ConnectionPoolSettings.Builder pool, ConnectionString uri) {
    if (uri.getMaxConnecting() == null) {
      int most = pool.build().getMaxSize();
      pool.maxConnecting(most == 0 ? Integer.MAX_VALUE : most);
    }
  }

  /**
   * Makes the indexes that are missing, finishes what a stopped instance left of deleted keys and a
   * former version of connections, and proves that the master keys are those this database is
   * encrypted with. Idempotent.
   *
   * @throws IllegalStateException when the database's state needs a person; the message says what
   *     to do
   */
  public void prepareSchema() {
    schema.prepare();
    webhookQueue.bringUpToDate();
    connections.tidyUp();
    companies.tidyUp();
    encryption.requireMasterKeys();
    try {
      secrets().createIfAbsent(MASTER_KEY_CHECK, new Secret(MASTER_KEY_CHECK));
    } catch (UnreadableSecretException e) {
      throw new IllegalStateException(
          "The secret that proves the master key cannot be read, though its data key can: it was"
              + " altered. Restore the collection "
              + Collections.SECRETS
              + " from a backup.",
          e);
    }
  }

  /**
   * Asks the server for a sign of life and waits two seconds at most.
   *
   * @throws com.lpai.domain.sync.StorageUnavailableException when there is none
   */
  public void ping() {
    StorageFailures.guarded(
        "ping",
        () ->
            database
                .withTimeout(PING.toMillis(), TimeUnit.MILLISECONDS)
                .runCommand(new Document("ping", 1)));
  }

  public ContactRepository contacts() {
    return new MongoContactRepository(collections.ofTenants(Collections.CONTACTS));
  }

  public PendingPushes<ContactId> pendingContactPushes() {
    return new MongoPendingPushes<>(
        collections.acrossTenants(Collections.CONTACTS), ContactId::new);
  }

  public ProjectRepository projects() {
    return new MongoProjectRepository(collections.ofTenants(Collections.PROJECTS));
  }

  public ProjectParts projectParts() {
    return new MongoProjectParts(collections.ofTenants(Collections.PROJECTS));
  }

  public PendingPushes<ProjectId> pendingProjectPushes() {
    return new MongoPendingPushes<>(
        collections.acrossTenants(Collections.PROJECTS), ProjectId::new);
  }

  public AppointmentRepository appointments() {
    return new MongoAppointmentRepository(collections.ofTenants(Collections.APPOINTMENTS));
  }

  public PendingPushes<AppointmentId> pendingAppointmentPushes() {
    return new MongoPendingPushes<>(
        collections.acrossTenants(Collections.APPOINTMENTS), AppointmentId::new);
  }

  public OutgoingMessageRepository outgoingMessages() {
    return new MongoOutgoingMessageRepository(collections.ofTenants(Collections.OUTGOING_MESSAGES));
  }

  public PendingPushes<OutgoingMessageId> pendingMessages() {
    return new MongoPendingPushes<>(
        collections.acrossTenants(Collections.OUTGOING_MESSAGES), OutgoingMessageId::new);
  }

  public LocationRepository locations() {
    return new MongoLocationRepository(
        collections.ofTenants(Collections.LOCATIONS),
        collections.acrossTenants(Collections.LOCATIONS));
  }

  public ConnectionRepository connections() {
    return connections;
  }

  public CompanyRepository companies() {
    return companies;
  }

  public Discoveries discoveries() {
    return companyDiscoveries();
  }

  private MongoDiscoveries companyDiscoveries() {
    return new MongoDiscoveries(collections.shared(Collections.COMPANIES));
  }

  public Erasures erasures() {
    return erasures;
  }

  public OAuthStates oauthStates() {
    return new MongoOAuthStates(collections.shared(Collections.OAUTH_STATES));
  }

  public DirectoryRepository<User> users() {
    return MongoDirectory.users(collections.ofTenants(Collections.USERS));
  }

  public DirectoryRepository<Calendar> calendars() {
    return MongoDirectory.calendars(collections.ofTenants(Collections.CALENDARS));
  }

  public DirectoryRepository<Pipeline> pipelines() {
    return MongoDirectory.pipelines(collections.ofTenants(Collections.PIPELINES));
  }

  public DirectoryRepository<CustomField> customFields() {
    return MongoDirectory.customFields(collections.ofTenants(Collections.CUSTOM_FIELDS));
  }

  public DirectoryRepository<CustomValue> customValues() {
    return MongoDirectory.customValues(collections.ofTenants(Collections.CUSTOM_VALUES));
  }

  public ConversationRepository conversations() {
    return new MongoConversationRepository(collections.ofTenants(Collections.CONVERSATIONS));
  }

  public MessageRepository messages() {
    return new MongoMessageRepository(collections.ofTenants(Collections.MESSAGES));
  }

  public DefaultsRepository defaults() {
    return new MongoDefaults(
        collections.ofTenants(Collections.TERMS),
        collections.ofTenants(Collections.TEMPLATES),
        collections.ofTenants(Collections.LIBRARIES));
  }

  public Checkpoints checkpoints() {
    return new MongoCheckpoints(
        collections.ofTenants(Collections.CHECKPOINTS),
        collections.acrossTenants(Collections.CHECKPOINTS));
  }

  public FetchedPages fetchedPages() {
    return new MongoFetchedPages(collections.ofTenants(Collections.SETUP_PAGES));
  }

  public Reconciliations reconciliations() {
    return new MongoReconciliations(
        collections.ofTenants(Collections.RECONCILIATIONS),
        collections.acrossTenants(Collections.RECONCILIATIONS));
  }

  public Differences differences() {
    return new MongoDifferences(
        collections.ofTenants(Collections.PROOF_PAGES),
        collections.ofTenants(Collections.PROOF_DIFFERENCES));
  }

  public Leases leases() {
    return new MongoLeases(collections.shared(Collections.LEASES));
  }

  public PermitLedger<LocationId> permitsOfLocations() {
    return locationPermits();
  }

  private MongoPermitLedger<LocationId> locationPermits() {
    return new MongoPermitLedger<>(
        collections.shared(Collections.CALL_PERMITS),
        "location",
        LocationId::value,
        LocationId::new);
  }

  public PermitLedger<CompanyId> permitsOfCompanies() {
    return new MongoPermitLedger<>(
        collections.shared(Collections.CALL_PERMITS), "company", CompanyId::value, CompanyId::new);
  }

  public Heartbeats heartbeats() {
    return new MongoHeartbeats(collections.shared(Collections.INSTANCES));
  }

  public WebhookQueue webhookQueue() {
    return webhookQueue;
  }

  public WebhookHistory webhookHistory() {
    return new MongoWebhookHistory(collections);
  }

  public OperatorAccounts operatorAccounts() {
    return new MongoOperatorAccounts(collections.shared(Collections.OPERATORS));
  }

  public IdempotencyKeys idempotencyKeys() {
    return new MongoIdempotencyKeys(collections.ofTenants(Collections.IDEMPOTENCY_KEYS));
  }

  public StreamTickets streamTickets() {
    return new MongoStreamTickets(collections.ofTenants(Collections.STREAM_TICKETS));
  }

  public SecretStore secrets() {
    return new MongoSecretStore(collections.shared(Collections.SECRETS), encryption.vault());
  }

  public MasterKeyRotation masterKeyRotation() {
    return encryption;
  }

  @Override
  public void close() {
    webhookQueue.close(lastEvents);
    encryption.close();
    client.close();
  }
}
