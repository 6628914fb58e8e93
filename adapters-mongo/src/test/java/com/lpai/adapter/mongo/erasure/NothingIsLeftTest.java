package com.lpai.adapter.mongo.erasure;

import static com.lpai.domain.connection.ConnectionFixture.tokens;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.mongo.MongoAdapter;
import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.domain.access.OperatorAccount;
import com.lpai.domain.access.StreamGrant;
import com.lpai.domain.appointment.AppointmentFixture;
import com.lpai.domain.company.Discovery;
import com.lpai.domain.connection.CompanyGrant;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionFixture;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactFixture;
import com.lpai.domain.conversation.ConversationFixture;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.conversation.OutgoingMessageFixture;
import com.lpai.domain.crm.PageText;
import com.lpai.domain.crm.PermitStock;
import com.lpai.domain.defaults.Defaults;
import com.lpai.domain.defaults.Library;
import com.lpai.domain.defaults.Template;
import com.lpai.domain.defaults.Terms;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.CustomValue;
import com.lpai.domain.directory.GhlCalendarId;
import com.lpai.domain.directory.GhlCustomFieldId;
import com.lpai.domain.directory.GhlCustomValueId;
import com.lpai.domain.directory.GhlPipelineId;
import com.lpai.domain.directory.GhlUserId;
import com.lpai.domain.directory.Pipeline;
import com.lpai.domain.directory.User;
import com.lpai.domain.erasure.Erasures;
import com.lpai.domain.idempotency.IdempotencyKey;
import com.lpai.domain.idempotency.KeptRequest;
import com.lpai.domain.location.Location;
import com.lpai.domain.project.ProjectFixture;
import com.lpai.domain.reconcile.Cause;
import com.lpai.domain.reconcile.Difference;
import com.lpai.domain.reconcile.Nature;
import com.lpai.domain.reconcile.Reconciliation;
import com.lpai.domain.reconcile.SeenIds;
import com.lpai.domain.setup.Checkpoint;
import com.lpai.domain.setup.FetchedPage;
import com.lpai.domain.setup.PagePlace;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.WebhookFixture;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookStatus;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Erasing, held against every collection that the database has. A new collection fails here until
 * {@link #fill} stores something of a location in it, and then until it is erased.
 */
class NothingIsLeftTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  /** Collections that know no location. */
  private static final Set<String> OF_NO_LOCATION =
      Set.of(
          Collections.OAUTH_STATES,
          Collections.OPERATORS,
          Collections.INSTANCES,
          Collections.SECRETS,
          Collections.MASTER_KEYS,
          Collections.SCHEMA);

  private final MongoAdapter adapter = DATABASE.adapter();
  private final Erasures erasures = adapter.erasures();
  private final LocationId mine = TenantFixture.anyLocation();
  private final LocationId other = TenantFixture.anyLocation();
  private MongoClient client;

  @BeforeEach
  void open() {
    client = DATABASE.client();
    adapter.oauthStates().issue(UUID.randomUUID().toString(), START);
    adapter.operatorAccounts().create(new OperatorAccount("operator", "hash"));
    adapter.heartbeats().beat("instance-1");
    fill(mine);
    fill(other);
    erasures.begin(mine, START, START.plusSeconds(120));
    erasures.begin(other, START, START.plusSeconds(120));
  }

  @AfterEach
  void close() {
    client.close();
  }

  private void fill(LocationId location) {
    CompanyId company = TenantFixture.anyCompany();
    CompanyGrant grant =
        new CompanyGrant(company, tokens("1"), true, true, List.of(location, otherThan(location)));
    Contact contact = ContactFixture.aContact().in(location).build();
    adapter.contacts().save(location, contact);
    adapter.projects().save(location, ProjectFixture.aProject().in(location).build());
    adapter
        .outgoingMessages()
        .save(location, OutgoingMessageFixture.anOutgoingMessage().in(location).build());
    adapter
        .idempotencyKeys()
        .keep(
            location,
            new IdempotencyKey("somebody", "contacts", UUID.randomUUID().toString()),
            new KeptRequest("body", "id", false, START.plusSeconds(60)),
            START);
    adapter.appointments().save(location, AppointmentFixture.anAppointment().in(location).build());
    adapter.users().replaceAll(location, List.of(new User(new GhlUserId("u1"), "Ann", "", "")));
    adapter
        .calendars()
        .replaceAll(
            location,
            List.of(
                new Calendar(
                    new GhlCalendarId("c1"), "Calls", "", "", "", true, 0, "", "", List.of())));
    adapter
        .pipelines()
        .replaceAll(location, List.of(new Pipeline(new GhlPipelineId("p1"), "Sales", List.of())));
    adapter
        .customFields()
        .replaceAll(
            location,
            List.of(
                new CustomField(
                    new GhlCustomFieldId("f1"),
                    CustomField.Model.CONTACT,
                    "Size",
                    "contact.size",
                    "TEXT",
                    0,
                    List.of())));
    adapter
        .customValues()
        .replaceAll(
            location, List.of(new CustomValue(new GhlCustomValueId("v1"), "Greeting", "", "Hi")));
    adapter.conversations().saveAll(location, List.of(ConversationFixture.silent("t1")));
    adapter
        .messages()
        .saveAll(
            location,
            List.of(
                new Message(
                    new GhlMessageId("m1"),
                    new GhlConversationId("t1"),
                    "",
                    "TYPE_SMS",
                    "",
                    "",
                    "",
                    "",
                    List.of(),
                    "",
                    "",
                    START)));
    adapter
        .defaults()
        .putWhereAbsent(
            location,
            new Defaults(
                List.of(new Terms("Terms", "…", "1")),
                List.of(new Template(Template.Kind.SMS, "Reminder", "", "…")),
                List.of(new Library("Labour", List.of()))));
    adapter
        .streamTickets()
        .issue(
            location,
            UUID.randomUUID().toString(),
            new StreamGrant("somebody", START, START.plusSeconds(30)),
            START);
    assertThat(adapter.locations().save(location, Location.installed(location, company, START)))
        .isPresent();
    assertThat(
            adapter
                .checkpoints()
                .replace(
                    location,
                    SetupStep.CONTACTS,
                    Checkpoint.NONE,
                    new Checkpoint(1, Checkpoint.Pass.COPY, "c", 1, START, START)))
        .isTrue();
    assertThat(
            adapter
                .fetchedPages()
                .keep(
                    location,
                    SetupStep.CONTACTS,
                    new FetchedPage(
                        new PagePlace(1, Checkpoint.Pass.COPY, "c", START),
                        START,
                        PageText.of(new byte[] {1}))))
        .isTrue();
    assertThat(
            adapter
                .reconciliations()
                .save(location, Reconciliation.planned(START, Duration.ofMinutes(15), START)))
        .isPresent();
    SeenIds seen = new SeenIds();
    seen.add("g1");
    adapter.differences().keepSeen(location, 1, MirrorKind.CONTACTS, 0, seen);
    adapter
        .differences()
        .put(
            location,
            1,
            List.of(
                Difference.suspected(
                    MirrorKind.CONTACTS,
                    Nature.MISSING_HERE,
                    Cause.WEBHOOK_LOST,
                    "",
                    "g1",
                    START)));
    assertThat(
            adapter
                .connections()
                .save(location, Connection.installed(ConnectionFixture.grant(location), START)))
        .isPresent();
    assertThat(adapter.companies().save(company, Connection.installed(grant, START))).isPresent();
    Discovery discovery = adapter.discoveries().save(Discovery.first(grant, START)).orElseThrow();
    assertThat(adapter.discoveries().save(discovery.waiting("no " + location, START))).isPresent();
    PermitStock permits = PermitStock.untouched(100, Duration.ofSeconds(10));
    assertThat(adapter.permitsOfLocations().save(location, permits)).isPresent();
    for (String work : List.of("setup:", "reconcile:", "connect:", "token:", "erase:")) {
      adapter.leases().acquire(work + location, "somebody", START, Duration.ofSeconds(10));
    }
    adapter.leases().acquire("jobs", "somebody", START, Duration.ofSeconds(10));
    accept(WebhookFixture.anEvent(location, "c1"), WebhookStatus.PENDING);
    for (WebhookQueue.Claim claim :
        adapter.webhookQueue().claim(START, START.plusSeconds(30), 10, Set.of())) {
      WebhookQueue.Result done = new WebhookQueue.Result.Finished(WebhookStatus.DONE, "applied");
      adapter
          .webhookQueue()
          .settleAll(
              claim,
              List.of(new WebhookQueue.Settled(claim.events().getFirst(), done, START)),
              START);
    }
    accept(WebhookFixture.anEvent(location, "c1"), WebhookStatus.PENDING);
    adapter.webhookQueue().claim(START, START.plusSeconds(30), 10, Set.of());
    accept(WebhookFixture.anEvent(location, "c2"), WebhookStatus.PENDING);
    accept(userOfSeveral(location, otherThan(location)), WebhookStatus.QUARANTINED);
    accept(userOfSeveral(otherThan(location), location), WebhookStatus.QUARANTINED);
  }

  private static LocationId otherThan(LocationId location) {
    return new LocationId("x" + location);
  }

  private static WebhookFixture userOfSeveral(LocationId one, LocationId another) {
    String body = "{\"type\":\"UserCreate\",\"locations\":[\"" + one + "\",\"" + another + "\"]}";
    return WebhookFixture.anEvent(Envelope.NO_LOCATION, "c", UUID.randomUUID().toString(), body);
  }

  private void accept(WebhookFixture event, WebhookStatus status) {
    adapter.webhookQueue().accept(event.envelope(), event.body(), status, START);
  }

  @Test
  void aLocationIsInEveryCollectionButThoseThatKnowNone() {
    Set<String> expected = new TreeSet<>(collections());
    expected.removeAll(OF_NO_LOCATION);

    assertThat(mentions(mine).keySet()).containsExactlyElementsOf(expected);
    assertThat(collections())
        .as("a collection that is empty is not proved to know no location")
        .allMatch(name -> database().getCollection(name).estimatedDocumentCount() > 0);
  }

  @Test
  void nothingOfAnErasedLocationIsLeftAndNothingElseIsMissing() {
    Map<String, Integer> others = mentions(other);

    Map<String, Long> removed = erasures.removeAll(mine);
    erasures.finish(new Erasures.Sweep(mine, START, START.plusSeconds(120)));

    assertThat(mentions(mine)).isEmpty();
    assertThat(mentions(other)).isEqualTo(others);
    assertThat(removed)
        .containsEntry(Collections.KEY_VAULT, 1L)
        .containsEntry(Collections.CONNECTIONS, 1L)
        .containsEntry(Collections.CONTACTS, 1L)
        .containsEntry(Collections.WEBHOOK_QUEUE, 5L)
        .containsEntry(Collections.COMPANIES, 1L)
        .containsEntry(Collections.CALL_PERMITS, 1L)
        .containsEntry(Collections.LEASES, 5L);
    assertThat(erasures.removeAll(mine).values()).containsOnly(0L);
  }

  @Test
  void aConnectionWhoseTokensWereTamperedWithIsErasedToo() {
    database()
        .getCollection(Collections.CONNECTIONS)
        .updateOne(
            Filters.eq("locationId", mine.value()), Updates.set("tokens.access", "no ciphertext"));

    Map<String, Long> removed = erasures.removeAll(mine);

    assertThat(removed)
        .containsEntry(Collections.KEY_VAULT, 1L)
        .containsEntry(Collections.CONNECTIONS, 1L);
    assertThat(adapter.connections().find(mine)).isEmpty();
  }

  @Test
  void anIdThatIsPartOfALongerOneIsNotTaken() {
    LocationId longer = otherThan(mine);

    erasures.removeAll(mine);

    assertThat(mentions(longer)).containsEntry(Collections.COMPANIES, 1);
  }

  @Test
  void aLocationOfManyDocumentsIsErasedToo() {
    List<Contact> many = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      many.add(ContactFixture.aContact().in(mine).build());
    }
    adapter.contacts().saveAll(mine, many);

    Map<String, Long> removed = erasures.removeAll(mine);

    assertThat(removed).containsEntry(Collections.CONTACTS, 2_501L);
    assertThat(mentions(mine).keySet()).containsExactly(Collections.ERASED_LOCATIONS);
  }

  private MongoDatabase database() {
    return client.getDatabase("lpai");
  }

  private Set<String> collections() {
    return database().listCollectionNames().into(new TreeSet<>());
  }

  /** By collection, how many documents hold this id, wherever in their bytes. */
  private Map<String, Integer> mentions(LocationId location) {
    Map<String, Integer> mentions = new TreeMap<>();
    for (String name : collections()) {
      for (RawBsonDocument document :
          database().getCollection(name, RawBsonDocument.class).find()) {
        if (holds(document, location)) {
          mentions.merge(name, 1, Integer::sum);
        }
      }
    }
    return mentions;
  }

  private static boolean holds(RawBsonDocument document, LocationId location) {
    ByteBuffer bytes = document.getByteBuffer().asNIO();
    String text = StandardCharsets.ISO_8859_1.decode(bytes).toString();
    return text.replace(otherThan(location).value(), "").contains(location.value());
  }
}
