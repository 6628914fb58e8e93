package com.lpai.adapter.mongo.schema;

import static com.lpai.domain.appointment.AppointmentFixture.anAppointment;
import static com.lpai.domain.appointment.AppointmentFixture.anyGhlAppointmentId;
import static com.lpai.domain.connection.ConnectionFixture.activeConnection;
import static com.lpai.domain.connection.ConnectionFixture.tokens;
import static com.lpai.domain.contact.ContactFixture.aContact;
import static com.lpai.domain.contact.ContactFixture.anyGhlContactId;
import static com.lpai.domain.conversation.OutgoingMessageFixture.anOutgoingMessage;
import static com.lpai.domain.project.ProjectFixture.aProject;
import static com.lpai.domain.project.ProjectFixture.anyGhlOpportunityId;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.mongo.RecordedCommands;
import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.access.MongoStreamTickets;
import com.lpai.adapter.mongo.appointment.MongoAppointmentRepository;
import com.lpai.adapter.mongo.company.MongoCompanyRepository;
import com.lpai.adapter.mongo.company.MongoDiscoveries;
import com.lpai.adapter.mongo.connection.MongoConnectionRepository;
import com.lpai.adapter.mongo.contact.MongoContactRepository;
import com.lpai.adapter.mongo.conversation.MongoConversationRepository;
import com.lpai.adapter.mongo.conversation.MongoMessageRepository;
import com.lpai.adapter.mongo.defaults.MongoDefaults;
import com.lpai.adapter.mongo.directory.MongoDirectory;
import com.lpai.adapter.mongo.encryption.Encryption;
import com.lpai.adapter.mongo.encryption.MasterKeys;
import com.lpai.adapter.mongo.encryption.Vault;
import com.lpai.adapter.mongo.erasure.MongoErasures;
import com.lpai.adapter.mongo.idempotency.MongoIdempotencyKeys;
import com.lpai.adapter.mongo.location.MongoLocationRepository;
import com.lpai.adapter.mongo.message.MongoOutgoingMessageRepository;
import com.lpai.adapter.mongo.mirror.MongoPendingPushes;
import com.lpai.adapter.mongo.permit.MongoPermitLedger;
import com.lpai.adapter.mongo.project.MongoProjectRepository;
import com.lpai.adapter.mongo.reconcile.MongoDifferences;
import com.lpai.adapter.mongo.reconcile.MongoReconciliations;
import com.lpai.adapter.mongo.setup.MongoCheckpoints;
import com.lpai.adapter.mongo.setup.MongoFetchedPages;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.SharedCollection;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.adapter.mongo.webhook.MongoWebhookHistory;
import com.lpai.adapter.mongo.webhook.MongoWebhookQueue;
import com.lpai.domain.access.StreamGrant;
import com.lpai.domain.appointment.AppointmentQuery;
import com.lpai.domain.company.Discovery;
import com.lpai.domain.company.Reading;
import com.lpai.domain.connection.CompanyGrant;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.contact.AboutContactRepository;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactQuery;
import com.lpai.domain.conversation.ConversationFixture;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.OutgoingMessageId;
import com.lpai.domain.crm.PageText;
import com.lpai.domain.crm.PermitStock;
import com.lpai.domain.directory.CustomValue;
import com.lpai.domain.directory.DirectoryRepository;
import com.lpai.domain.directory.GhlCustomValueId;
import com.lpai.domain.erasure.Erasures;
import com.lpai.domain.idempotency.IdempotencyKey;
import com.lpai.domain.idempotency.KeptRequest;
import com.lpai.domain.location.Location;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectQuery;
import com.lpai.domain.reconcile.Cause;
import com.lpai.domain.reconcile.Difference;
import com.lpai.domain.reconcile.Nature;
import com.lpai.domain.reconcile.Reconciliation;
import com.lpai.domain.reconcile.SeenIds;
import com.lpai.domain.setup.Checkpoint;
import com.lpai.domain.setup.FetchedPage;
import com.lpai.domain.setup.PagePlace;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.ConflictQuery;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.MirrorRepository;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.Standing;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.sync.SyncState;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.webhook.KeptEvents;
import com.lpai.domain.webhook.WebhookFixture;
import com.lpai.domain.webhook.WebhookLogQuery;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookRetention;
import com.lpai.domain.webhook.WebhookStatus;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is asked for at any time is found by an index, and comes out of it in order. */
class QueriesUseIndexesTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Set<SyncPhase> SOME = Set.of(SyncPhase.PENDING, SyncPhase.FAILED);
  private static final Bson BY_ID = Sorts.ascending("_id");

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
  void keysOfRequestsThatMayBeRepeated() {
    MongoIdempotencyKeys keys =
        new MongoIdempotencyKeys(collections.ofTenants(Collections.IDEMPOTENCY_KEYS));
    IdempotencyKey key = new IdempotencyKey("frontend", "contacts", "key");
    KeptRequest first = new KeptRequest("body", "id", false, START.plusSeconds(1));
    KeptRequest second = new KeptRequest("body", "id", false, START.plusSeconds(2));

    keys.keep(location, key, first, START);
    keys.made(location, key, "id");
    assertThat(keys.find(location, key, START)).isPresent();
    assertThat(keys.keep(location, key, second, START.plusSeconds(1))).isEqualTo(second);

    assertThat(withoutIndex()).isEmpty();
  }

  @Test
  void ticketsForStreams() {
    MongoStreamTickets tickets =
        new MongoStreamTickets(collections.ofTenants(Collections.STREAM_TICKETS));

    StreamGrant grant = new StreamGrant("somebody", START, START.plusSeconds(1));
    tickets.issue(location, "ticket", grant, START);
    assertThat(tickets.redeem(location, "ticket", START)).isPresent();
    tickets.issue(location, "expires", grant, START);
    tickets.issue(location, "sweeps", grant, START.plusSeconds(1));

    assertThat(withoutIndex()).isEmpty();
  }

  @Test
  void mirroredRecords() {
    MongoProjectRepository projects =
        new MongoProjectRepository(collections.ofTenants(Collections.PROJECTS));
    MongoAppointmentRepository appointments =
        new MongoAppointmentRepository(collections.ofTenants(Collections.APPOINTMENTS));

    lifeOf(
        projects,
        aProject().linkedTo(anyGhlOpportunityId()).withId(projects.nextId()).in(location).build());
    lifeOf(
        appointments,
        anAppointment()
            .linkedTo(anyGhlAppointmentId())
            .withId(appointments.nextId())
            .in(location)
            .build());
    MongoPendingPushes<ProjectId> pushes =
        new MongoPendingPushes<>(collections.acrossTenants(Collections.PROJECTS), ProjectId::new);
    pushes.due(START, 10);
    pushes.undecided(10);
    ContactId contact = new ContactId("507f1f77bcf86cd799439011");
    MongoOutgoingMessageRepository messages =
        new MongoOutgoingMessageRepository(collections.ofTenants(Collections.OUTGOING_MESSAGES));
    for (AboutContactRepository<?, ?, ?> about : List.of(projects, appointments, messages)) {
      about.findBlockedAbout(location, contact);
      about.findAbout(location, contact);
      about.findWithoutContact(location, List.of(anyGhlContactId(), anyGhlContactId()));
    }

    assertThat(withoutIndex()).isEmpty();
  }

  @Test
  void messagesThatFailed() {
    MongoOutgoingMessageRepository messages =
        new MongoOutgoingMessageRepository(collections.ofTenants(Collections.OUTGOING_MESSAGES));
    messages.save(
        location,
        anOutgoingMessage()
            .withId(messages.nextId())
            .in(location)
            .withSync(SyncState.SYNCED.failed("refused"))
            .build());

    assertThat(
            new MongoPendingPushes<>(
                    collections.acrossTenants(Collections.OUTGOING_MESSAGES),
                    OutgoingMessageId::new)
                .failed(10))
        .containsEntry(location, 1L);

    assertThat(withoutIndex()).isEmpty();
  }

  private <I, G, R extends Mirrored<I, G, R>> void lifeOf(
      MirrorRepository<I, G, R> records, R record) {
    records.save(location, record);
    records.saveAll(location, List.of(record.atVersion(1)));
    records.find(location, record.id());
    records.findByCrmIds(location, record.crmId().stream().toList());
    records.findCreatesInFlight(location);
    records.countLinked(location);
    records.findNotReadSince(location, "g", START, 10);
    records.findWithConflicts(location, new ConflictQuery("", Set.of()), "", 10);
    records.findWithConflicts(
        location, new ConflictQuery("email", Set.of(ConflictQuery.State.OPEN)), "", 10);
    Page<Standing<I, G>> standings = records.standings(location, "", 1);
    records.standings(location, standings.nextCursor(), 1);
    records.standings(location, records.standings(location, "", 2).nextCursor(), 2);
    records.counts(location);
    records.countDue(location, START);
    records.removeCopy(location, record.atVersion(1));
    records.removeCopy(location, record.atVersion(2));
    records.remove(location, record.atVersion(2));
  }

  @Test
  void reconciliation() {
    MongoReconciliations reconciliations =
        new MongoReconciliations(
            collections.ofTenants(Collections.RECONCILIATIONS),
            collections.acrossTenants(Collections.RECONCILIATIONS));
    MongoDifferences differences =
        new MongoDifferences(
            collections.ofTenants(Collections.PROOF_PAGES),
            collections.ofTenants(Collections.PROOF_DIFFERENCES));
    Difference one =
        Difference.suspected(
            MirrorKind.CONTACTS, Nature.MISSING_HERE, Cause.WEBHOOK_LOST, "", "g1", START);

    Reconciliation planned = Reconciliation.planned(START, Duration.ofMinutes(15), START);
    Reconciliation stored = reconciliations.save(location, planned).orElseThrow();
    assertThat(reconciliations.save(location, stored)).isPresent();
    assertThat(reconciliations.find(location)).isPresent();
    reconciliations.due(START, 10);
    reconciliations.countDue(START);
    differences.keepSeen(location, 1, MirrorKind.CONTACTS, 0, new SeenIds());
    differences.seen(location, 1, MirrorKind.CONTACTS);
    differences.put(location, 1, List.of(one));
    differences.find(location, 1, one.id());
    differences.list(location, 1, Set.of(), Set.of(Difference.Stage.SUSPECTED), "a", 10);
    differences.list(
        location, 1, Set.of(MirrorKind.CONTACTS), Set.of(Difference.Stage.OPEN), "a", 10);
    differences.count(location, 1, MirrorKind.CONTACTS, Set.of(Difference.Stage.SUSPECTED));
    differences.remove(location, 1, List.of(one.id()));
    differences.tidy(location, 2);

    assertThat(withoutIndex()).isEmpty();
  }

  @Test
  void listsOfContactsByEachFilter() {
    MongoContactRepository contacts =
        new MongoContactRepository(collections.ofTenants(Collections.CONTACTS));

    lifeOf(
        contacts,
        aContact().linkedTo(anyGhlContactId()).withId(contacts.nextId()).in(location).build());
    contacts.findUnlinked(location, List.of("a@b.c", "d@e.f"), List.of("+1614"));
    for (String cursor : cursors(contacts.nextId().value())) {
      contacts.list(location, ContactQuery.all(1, cursor));
      contacts.list(location, new ContactQuery(1, cursor, "k", "", "", "", Set.of()));
      contacts.list(location, new ContactQuery(1, cursor, "", "a@b.c", "", "", Set.of()));
      contacts.list(location, new ContactQuery(1, cursor, "", "", "+1614", "", Set.of()));
      contacts.list(location, new ContactQuery(1, cursor, "", "", "", "vip", Set.of()));
      contacts.list(location, new ContactQuery(1, cursor, "", "", "", "", SOME));
      contacts.list(location, new ContactQuery(1, cursor, "k", "a@b.c", "+1614", "vip", SOME));
    }

    assertThat(withoutIndex()).isEmpty();
  }

  @Test
  void listsOfProjectsByEachFilter() {
    MongoProjectRepository projects =
        new MongoProjectRepository(collections.ofTenants(Collections.PROJECTS));

    for (String cursor : cursors(projects.nextId().value())) {
      projects.list(location, ProjectQuery.all(1, cursor));
      projects.list(location, new ProjectQuery(1, cursor, "k", "", "", "", "", Set.of()));
      projects.list(location, new ProjectQuery(1, cursor, "", "won", "", "", "", Set.of()));
      projects.list(location, new ProjectQuery(1, cursor, "", "", "p", "", "", Set.of()));
      projects.list(location, new ProjectQuery(1, cursor, "", "", "", "s", "", Set.of()));
      projects.list(location, new ProjectQuery(1, cursor, "", "", "p", "s", "", Set.of()));
      projects.list(location, new ProjectQuery(1, cursor, "", "", "", "", "c", Set.of()));
      projects.list(location, new ProjectQuery(1, cursor, "", "", "", "", "", SOME));
      projects.list(location, new ProjectQuery(1, cursor, "k", "won", "p", "s", "c", SOME));
    }

    assertThat(withoutIndex()).isEmpty();
  }

  /** A span of time bounds what is looked at, whatever else is asked for. */
  @Test
  void listsOfAppointmentsByEachFilter() {
    MongoAppointmentRepository appointments =
        new MongoAppointmentRepository(collections.ofTenants(Collections.APPOINTMENTS));
    Instant end = START.plusSeconds(1);

    for (String cursor : cursors("1_" + appointments.nextId().value())) {
      appointments.list(location, AppointmentQuery.between(START, end, 1, cursor));
      appointments.list(
          location, new AppointmentQuery(1, cursor, START, end, "c", "", "", "", Set.of()));
      appointments.list(
          location, new AppointmentQuery(1, cursor, START, end, "", "u", "", "", Set.of()));
      appointments.list(
          location, new AppointmentQuery(1, cursor, START, end, "", "", "k", "", Set.of()));
      appointments.list(
          location, new AppointmentQuery(1, cursor, START, end, "", "", "", "new", Set.of()));
      appointments.list(
          location,
          new AppointmentQuery(
              1, cursor, START, end, "", "", "", "", Set.of(SyncPhase.FAILED, SyncPhase.BLOCKED)));
    }

    assertThat(withoutIndex()).isEmpty();
  }

  private static List<String> cursors(String ofALaterPage) {
    return List.of("", ofALaterPage);
  }

  @Test
  void whatALocationIsAndStartsWith() {
    MongoLocationRepository locations =
        new MongoLocationRepository(
            collections.ofTenants(Collections.LOCATIONS),
            collections.acrossTenants(Collections.LOCATIONS));
    MongoDefaults defaults =
        new MongoDefaults(
            collections.ofTenants(Collections.TERMS),
            collections.ofTenants(Collections.TEMPLATES),
            collections.ofTenants(Collections.LIBRARIES));

    Location stored =
        locations.save(location, Location.installed(location, company, START)).orElseThrow();
    assertThat(locations.save(location, stored)).isPresent();
    assertThat(locations.find(location)).isPresent();
    locations.withUnfinishedSetup();
    defaults.find(location);

    assertThat(withoutIndex()).isEmpty();
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

    conversations.saveAll(location, List.of(ConversationFixture.silent(talk.value())));
    conversations.find(location, talk);
    conversations.findAll(location, List.of(talk));
    conversations.list(location, 1, "1_t0");
    conversations.between(location, START, START.plusSeconds(1), 10);
    conversations.remove(location, talk);
    messages.removeAll(location, talk);
    messages.list(location, talk, 1, "1_m0");
    values.replaceAll(
        location, List.of(new CustomValue(new GhlCustomValueId("v1"), "Greeting", "", "Hi")));
    values.replaceAll(location, List.of());
    values.list(location);
    assertThat(conversations.count(location) + messages.count(location)).isZero();
    assertThat(values.count(location)).isZero();
    new MongoCheckpoints(
            collections.ofTenants(Collections.CHECKPOINTS),
            collections.acrossTenants(Collections.CHECKPOINTS))
        .outdated(SetupStep.CALENDARS, START, START, 10);
    MongoFetchedPages pages = new MongoFetchedPages(collections.ofTenants(Collections.SETUP_PAGES));
    PagePlace place = new PagePlace(1, Checkpoint.Pass.COPY, "", START);
    pages.keep(
        location, SetupStep.CONTACTS, new FetchedPage(place, START, PageText.of(new byte[0])));
    assertThat(pages.find(location, SetupStep.CONTACTS, place)).isPresent();
    pages.remove(location, SetupStep.CONTACTS);

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

    // Leases are not asked about here: they are few, and an erasure looks through them all.
    assertThat(withoutIndex()).isEmpty();
  }

  @Test
  void permits() {
    MongoPermitLedger<LocationId> ledger =
        new MongoPermitLedger<>(
            collections.shared(Collections.CALL_PERMITS),
            "location",
            LocationId::value,
            LocationId::new);

    PermitStock first =
        ledger.save(location, PermitStock.untouched(100, Duration.ofSeconds(10))).orElseThrow();
    assertThat(ledger.save(location, first.withHeld("one", 8))).isPresent();
    assertThat(ledger.find(location)).isPresent();
    assertThat(ledger.changedSince(START)).isNotEmpty();
    assertThat(ledger.remove(location)).isEqualTo(1);

    assertThat(withoutIndex()).isEmpty();
  }

  @Test
  void webhooks() {
    MongoWebhookQueue queue = new MongoWebhookQueue(collections);
    WebhookFixture event = WebhookFixture.anEvent(location, "c1");

    queue.accept(event.envelope(), event.body(), WebhookStatus.PENDING, START);
    queue.accept(event.envelope(), event.body(), WebhookStatus.PENDING, START);
    WebhookQueue.Result later =
        new WebhookQueue.Result.Later(START, WebhookQueue.Reason.CRM_AWAY, "away");
    for (Instant end : List.of(START.plusSeconds(30), START)) {
      WebhookQueue.Claim claim = queue.claim(START, end, 10, Set.of()).getFirst();
      assertThat(queue.prolong(claim, end)).isTrue();
      assertThat(queue.settleAll(claim, settled(claim, later), START)).isTrue();
    }
    WebhookFixture behind = WebhookFixture.anEvent(location, "c1");
    queue.accept(behind.envelope(), behind.body(), WebhookStatus.PENDING, START);
    WebhookQueue.Claim claim = queue.claim(START, START.plusSeconds(30), 10, Set.of()).getFirst();
    assertThat(claim.events()).hasSize(2);
    assertThat(queue.settleAll(claim, settled(claim, waits()), START)).isTrue();
    WebhookFixture last = WebhookFixture.anEvent(location, "c1");
    queue.accept(last.envelope(), last.body(), WebhookStatus.PENDING, START);
    assertThat(queue.claim(START, START.plusSeconds(30), 10, Set.of())).isEmpty();
    queue.wake(location, Set.of(WebhookQueue.Reason.CRM_AWAY), START.minusSeconds(1));
    queue.wake(location, START);
    queue.replay(location, claim.events().getFirst().id(), START);
    queue.recent(location, 10);
    queue.depth();
    queue.dead(10);

    assertThat(withoutIndex()).isEmpty();
  }

  @Test
  void whatBecameOfWebhooks() {
    MongoWebhookHistory history = new MongoWebhookHistory(collections);
    Instant end = START.plusSeconds(1);
    for (String cursor : cursors("1_x")) {
      for (Set<WebhookStatus> statuses :
          List.of(
              Set.<WebhookStatus>of(),
              Set.of(WebhookStatus.DEAD),
              Set.of(WebhookStatus.DEAD, WebhookStatus.DONE))) {
        history.log(location, new WebhookLogQuery(1, cursor, "", statuses, START, end));
        history.log(location, new WebhookLogQuery(1, cursor, "t", statuses, Instant.MIN, end));
      }
    }
    KeptEvents some =
        new KeptEvents(
            KeptEvents.STATUSES, "t", Optional.of(WebhookQueue.Reason.FAULT), START, end);
    WebhookFixture event = WebhookFixture.anEvent(location, "c1");
    new MongoWebhookQueue(collections)
        .accept(event.envelope(), event.body(), WebhookStatus.QUARANTINED, START);
    for (KeptEvents which : List.of(some, KeptEvents.in(WebhookStatus.QUARANTINED))) {
      history.kept(location, which, 1, "");
      history.kept(location, which, 1, "x");
      history.replay(location, which, START, 1);
    }
    for (KeptEvents which : List.of(some, KeptEvents.in(WebhookStatus.DEAD))) {
      history.discard(location, which, 1);
    }
    history.discard(location, "x");
    history.find(location, "x");
    history.sweep(WebhookRetention.STANDARD, START, 10);

    assertThat(withoutIndex()).isEmpty();
  }

  private static WebhookQueue.Result waits() {
    return new WebhookQueue.Result.Later(
        START.plusSeconds(9), WebhookQueue.Reason.CRM_AWAY, "away");
  }

  private static List<WebhookQueue.Settled> settled(
      WebhookQueue.Claim claim, WebhookQueue.Result result) {
    return claim.events().stream()
        .map(event -> new WebhookQueue.Settled(event, result, START))
        .toList();
  }

  // ---- what this test must find

  @Test
  void aFilterThatNoIndexBoundsIsFound() {
    SharedCollection companies = collections.shared(Collections.COMPANIES);
    companies.findOne(new Document("nothing", 1));
    companies.findOne(new Document("discovery.notBefore", new Document("$exists", false)));
    companies.findOne(Filters.regex("_id", "1$"));
    companies.findOne(Filters.or(Filters.eq("_id", "1"), Filters.eq("nothing", 1)));

    assertThat(withoutIndex()).hasSize(4).allMatch(each -> each.endsWith(": no index"));
  }

  @Test
  void aFilterThatIsBoundedByItsLocationAloneIsFound() {
    TenantCollection projects = collections.ofTenants(Collections.PROJECTS);
    Bson isLive = Filters.eq("live", true);
    projects.count(location, Filters.eq("title", "Kitchen"));
    projects.count(location, Filters.and(isLive, Filters.eq("title", "Kitchen")));
    projects.updateMany(
        location, Filters.ne("status", "won"), new Document("$set", Map.of("x", 1)));

    assertThat(withoutIndex())
        .hasSize(3)
        .anyMatch(each -> each.contains("title") && each.contains("live"));
  }

  @Test
  void anOrderThatNoIndexGivesIsFound() {
    TenantCollection projects = collections.ofTenants(Collections.PROJECTS);
    Bson byTitle = Sorts.ascending("title");
    projects.find(location, Filters.eq("live", true), Find.sortedBy(byTitle).limitedTo(1));
    projects.find(location, new Document(), Find.sortedBy(BY_ID).limitedTo(1));
    collections
        .ofTenants(Collections.APPOINTMENTS)
        .find(
            location,
            Filters.and(
                Filters.eq("live", true),
                Filters.eq("contactId", "k"),
                Filters.gte("start", START),
                Filters.lt("start", START.plusSeconds(1))),
            Find.sortedBy(Sorts.ascending("start", "title")).limitedTo(1));

    assertThat(withoutIndex()).hasSize(3).allMatch(each -> each.endsWith(": no index"));
  }

  @Test
  void anIndexThatFindsWithoutItsOrderIsFound() {
    collections
        .ofTenants(Collections.APPOINTMENTS)
        .find(
            location,
            Filters.and(
                Filters.eq("live", true),
                Filters.eq("formerGhlIds", "f"),
                Filters.gte("start", START),
                Filters.lt("start", START.plusSeconds(1))),
            Find.sortedBy(Sorts.ascending("start", "_id")).limitedTo(1));

    assertThat(withoutIndex())
        .singleElement()
        .asString()
        .endsWith(": no index on formerGhlIds gives the order");
  }

  /** Each recorded command that no index serves, and why. */
  private List<String> withoutIndex() {
    List<String> found = new ArrayList<>();
    for (BsonDocument command : commands.all()) {
      for (IndexUse.Query query : IndexUse.Query.of(command)) {
        new IndexUse(client.getDatabase("lpai").getCollection(query.collection()).listIndexes())
            .objection(query)
            .ifPresent(found::add);
      }
    }
    return found;
  }

  private static Vault ready(Encryption encryption) {
    encryption.requireMasterKeys();
    return encryption.vault();
  }
}
