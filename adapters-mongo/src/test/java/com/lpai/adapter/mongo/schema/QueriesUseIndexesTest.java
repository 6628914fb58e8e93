package com.lpai.adapter.mongo.schema;

import static com.lpai.domain.appointment.AppointmentFixture.anAppointment;
import static com.lpai.domain.connection.ConnectionFixture.activeConnection;
import static com.lpai.domain.connection.ConnectionFixture.tokens;
import static com.lpai.domain.project.ProjectFixture.aProject;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.mongo.RecordedCommands;
import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.access.MongoStreamTickets;
import com.lpai.adapter.mongo.appointment.MongoAppointmentRepository;
import com.lpai.adapter.mongo.company.MongoCompanyRepository;
import com.lpai.adapter.mongo.company.MongoDiscoveries;
import com.lpai.adapter.mongo.connection.MongoConnectionRepository;
import com.lpai.adapter.mongo.conversation.MongoConversationRepository;
import com.lpai.adapter.mongo.conversation.MongoMessageRepository;
import com.lpai.adapter.mongo.directory.MongoDirectory;
import com.lpai.adapter.mongo.encryption.Encryption;
import com.lpai.adapter.mongo.encryption.MasterKeys;
import com.lpai.adapter.mongo.encryption.Vault;
import com.lpai.adapter.mongo.erasure.MongoErasures;
import com.lpai.adapter.mongo.lease.MongoLeases;
import com.lpai.adapter.mongo.mirror.MongoPendingPushes;
import com.lpai.adapter.mongo.project.MongoProjectRepository;
import com.lpai.adapter.mongo.setup.MongoCheckpoints;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.adapter.mongo.tenancy.SharedCollection;
import com.lpai.adapter.mongo.webhook.MongoWebhookQueue;
import com.lpai.domain.access.StreamGrant;
import com.lpai.domain.appointment.AppointmentQuery;
import com.lpai.domain.company.Discovery;
import com.lpai.domain.company.Reading;
import com.lpai.domain.connection.CompanyGrant;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.directory.CustomValue;
import com.lpai.domain.directory.DirectoryRepository;
import com.lpai.domain.directory.GhlCustomValueId;
import com.lpai.domain.erasure.Erasures;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectQuery;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.MirrorRepository;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What is asked for at any time is found by an index: the first field of one is named in the filter
 * in a way that bounds it. Servers are not asked to explain, which not all of them can.
 */
class QueriesUseIndexesTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final RecordedCommands commands = new RecordedCommands();
  private final MongoClientSettings settings = commands.settings(DATABASE.settings().uri());
  private final MongoClient client = MongoClients.create(settings);
  private final Collections collections = new Collections(client.getDatabase("lpai"));
  private final Vault vault =
      ready(
          Encryption.open(
              settings,
              new MongoNamespace("lpai", Collections.KEY_VAULT),
              collections.shared(Collections.KEY_VAULT),
              collections.shared(Collections.MASTER_KEYS),
              MasterKeys.only(TestDatabase.masterKey(1)),
              Duration.ofHours(1),
              Duration.ofSeconds(10)));
  private final SharedCollection keys = collections.shared(Collections.KEY_VAULT);
  private final LocationId location = TenantFixture.anyLocation();
  private final CompanyId company = TenantFixture.anyCompany();

  /** Opening the vault looks through it once a start; what is asked at any time comes after. */
  @BeforeEach
  void recordFromHere() {
    commands.clear();
  }

  @AfterEach
  void close() {
    vault.close();
    client.close();
  }

  @Test
  void connectionsOfLocations() {
    MongoConnectionRepository connections =
        new MongoConnectionRepository(
            collections.ofTenants(Collections.CONNECTIONS),
            collections.acrossTenants(Collections.CONNECTIONS),
            vault,
            keys);

    Connection stored = connections.save(location, activeConnection()).orElseThrow();
    assertThat(connections.find(location)).contains(stored);
    assertThat(connections.careDue(stored.careAt(), 10)).contains(location);
    assertThat(connections.ofCompany(stored.companyId())).containsExactly(location);
    assertThat(connections.save(location, stored.uninstalled(START))).isPresent();
    assertThat(connections.deleteKey(location)).isZero();

    assertThat(withoutIndex()).isEmpty();
  }

  @Test
  void companiesAndTheirDiscoveries() {
    MongoCompanyRepository companies =
        new MongoCompanyRepository(collections.shared(Collections.COMPANIES), vault, keys);
    MongoDiscoveries discoveries = new MongoDiscoveries(collections.shared(Collections.COMPANIES));
    CompanyGrant grant = new CompanyGrant(company, tokens("1"), true, true, List.of(location));

    Connection stored = companies.save(company, Connection.installed(grant, START)).orElseThrow();
    assertThat(companies.find(company)).contains(stored);
    assertThat(companies.careDue(stored.careAt(), 10)).containsExactly(company);
    assertThat(companies.save(company, stored.uninstalled(START))).isPresent();
    Discovery discovery = discoveries.save(Discovery.first(grant, START)).orElseThrow();
    assertThat(discoveries.find(company)).contains(discovery);
    assertThat(discoveries.save(discovery.progress(Reading.NONE, List.of()))).isPresent();
    assertThat(discoveries.due(START, 10)).containsExactly(company);

    assertThat(withoutIndex()).isEmpty();
  }

  @Test
  void ticketsForStreams() {
    MongoStreamTickets tickets =
        new MongoStreamTickets(collections.ofTenants(Collections.STREAM_TICKETS));

    tickets.issue(location, "ticket", new StreamGrant("somebody", START, START.plusSeconds(1)));
    assertThat(tickets.redeem(location, "ticket", START)).isPresent();

    assertThat(withoutIndex()).isEmpty();
  }

  @Test
  void mirroredRecords() {
    MongoProjectRepository projects =
        new MongoProjectRepository(collections.ofTenants(Collections.PROJECTS));
    MongoAppointmentRepository appointments =
        new MongoAppointmentRepository(collections.ofTenants(Collections.APPOINTMENTS));

    lifeOf(projects, aProject().withId(projects.nextId()).in(location).build());
    lifeOf(appointments, anAppointment().withId(appointments.nextId()).in(location).build());
    projects.list(location, new ProjectQuery(1, "", "k", "won", "p", "s", "c", Set.of()));
    appointments.list(
        location, new AppointmentQuery(1, "", START, START.plusSeconds(1), "c", "u", "k", "new"));
    new MongoPendingPushes<>(collections.acrossTenants(Collections.PROJECTS), ProjectId::new)
        .due(START, 10);

    assertThat(withoutIndex()).isEmpty();
  }

  private <I, G, R extends Mirrored<I, G, R>> void lifeOf(
      MirrorRepository<I, G, R> records, R record) {
    records.save(location, record);
    records.saveAll(location, List.of(record.atVersion(1)));
    records.find(location, record.id());
    records.findCreatesInFlight(location);
    records.counts(location);
    records.countDue(location, START);
    records.remove(location, record.atVersion(2));
  }

  @Test
  void copiesOfWhatOnlyTheCrmChanges() {
    MongoConversationRepository conversations =
        new MongoConversationRepository(collections.ofTenants(Collections.CONVERSATIONS));
    MongoMessageRepository messages =
        new MongoMessageRepository(collections.ofTenants(Collections.MESSAGES));
    DirectoryRepository<CustomValue> values =
        MongoDirectory.customValues(collections.ofTenants(Collections.CUSTOM_VALUES));
    GhlConversationId talk = new GhlConversationId("t1");

    conversations.saveAll(
        location, List.of(new Conversation(talk, "", "", 0, false, "", START, "", "")));
    conversations.find(location, talk);
    conversations.list(location, 1, "1/t0");
    messages.list(location, talk, 1, "1/m0");
    values.replaceAll(
        location, List.of(new CustomValue(new GhlCustomValueId("v1"), "Greeting", "", "Hi")));
    values.replaceAll(location, List.of());
    values.list(location);
    assertThat(conversations.count(location) + messages.count(location)).isOne();
    assertThat(values.count(location)).isZero();
    new MongoCheckpoints(
            collections.ofTenants(Collections.CHECKPOINTS),
            collections.acrossTenants(Collections.CHECKPOINTS))
        .outdated(SetupStep.CALENDARS, START, START, 10);

    assertThat(withoutIndex()).isEmpty();
  }

  @Test
  void whatEveryErasureAsks() {
    MongoErasures erasures =
        new MongoErasures(
            collections.shared(Collections.ERASED_LOCATIONS),
            DATABASE.adapter().secrets(),
            Map.of(),
            System::nanoTime);

    erasures.begin(location, START, START);
    Erasures.Sweep due = erasures.due(START).getFirst();
    Erasures.Sweep moved = erasures.postpone(due, START.plusSeconds(1)).orElseThrow();
    erasures.finish(moved);
    assertThat(erasures.lift(location, START.plusSeconds(1))).isTrue();
    for (String name : Collections.OF_TENANTS) {
      assertThat(collections.ofTenants(name).deleteAll(location)).isZero();
    }
    assertThat(new MongoWebhookQueue(collections).removeMentions(location)).isZero();
    assertThat(new MongoLeases(collections.shared(Collections.LEASES)).removeAll(location.value()))
        .isZero();

    assertThat(withoutIndex()).isEmpty();
  }

  @Test
  void aFilterThatNoIndexBoundsIsFound() {
    collections.shared(Collections.COMPANIES).findOne(new Document("nothing", 1));
    collections
        .shared(Collections.COMPANIES)
        .findOne(new Document("discovery.notBefore", new Document("$exists", false)));

    assertThat(withoutIndex()).hasSize(2);
  }

  /** Collection and filter of each recorded command that no index serves. */
  private List<String> withoutIndex() {
    List<String> found = new ArrayList<>();
    for (BsonDocument command : commands.all()) {
      for (BsonDocument filter : filters(command)) {
        String collection = command.getString(command.getFirstKey()).getValue();
        if (!isServed(filter, firstFields(collection))) {
          found.add(collection + " " + filter.toJson());
        }
      }
    }
    return found;
  }

  private static List<BsonDocument> filters(BsonDocument command) {
    return switch (command.getFirstKey()) {
      case "find" -> List.of(command.getDocument("filter", new BsonDocument()));
      case "findAndModify" -> List.of(command.getDocument("query"));
      case "update" -> queries(command, "updates");
      case "delete" -> queries(command, "deletes");
      default -> List.of();
    };
  }

  private static List<BsonDocument> queries(BsonDocument command, String writes) {
    return command.getArray(writes).stream()
        .map(write -> write.asDocument().getDocument("q"))
        .toList();
  }

  private static boolean isServed(BsonDocument filter, Set<String> firstFields) {
    return filter.entrySet().stream()
        .anyMatch(
            each ->
                switch (each.getKey()) {
                  case "$and" ->
                      each.getValue().asArray().stream()
                          .anyMatch(part -> isServed(part.asDocument(), firstFields));
                  case "$or" ->
                      each.getValue().asArray().stream()
                          .allMatch(part -> isServed(part.asDocument(), firstFields));
                  default -> firstFields.contains(each.getKey()) && isBounding(each.getValue());
                });
  }

  private static boolean isBounding(BsonValue condition) {
    return !condition.isDocument()
        || condition.asDocument().isEmpty()
        || !Set.of("$exists", "$ne").contains(condition.asDocument().getFirstKey());
  }

  private Set<String> firstFields(String collection) {
    Set<String> fields = new TreeSet<>(Set.of("_id"));
    client
        .getDatabase("lpai")
        .getCollection(collection)
        .listIndexes()
        .forEach(index -> fields.add(index.get("key", Document.class).keySet().iterator().next()));
    return fields;
  }

  private static Vault ready(Encryption encryption) {
    encryption.requireMasterKeys();
    return encryption.vault();
  }
}
