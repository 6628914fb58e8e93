package com.lpai.application.webhook;

import static com.lpai.application.testing.TestSystem.LOCATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import com.lpai.application.overlay.RecordChange;
import com.lpai.application.overlay.RecordChange.Effect;
import com.lpai.application.overlay.RecordChange.FieldChange;
import com.lpai.application.overlay.RecordChange.Kind;
import com.lpai.application.testing.TestSystem;
import com.lpai.application.webhook.TryWebhooksUseCase.Read;
import com.lpai.application.webhook.TryWebhooksUseCase.Tried;
import com.lpai.application.webhook.TryWebhooksUseCase.WhatIf;
import com.lpai.application.webhook.TryWebhooksUseCase.Would;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookEvent;
import com.lpai.domain.webhook.WebhookRetention;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TryWebhooksServiceTest {
  private static final RecordKind CONTACT = RecordKind.CONTACT;
  private static final RecordKind PROJECT = RecordKind.PROJECT;
  private static final RecordKind APPOINTMENT = RecordKind.APPOINTMENT;
  private static final GhlConversationId TALK = new GhlConversationId("talk1");
  private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

  // ---- the difference

  @Test
  void differenceIsShownOfRecordsOfEveryKind() {
    TestSystem system = anHourAfterACopyOfOneOfEach();
    changesOfEveryKind(system);

    WhatIf whatIf = ofAll(system);

    assertThat(whatIf.events()).extracting(Tried::would).containsOnly(Would.DONE);
    assertThat(whatIf.reads()).isEmpty();
    assertThat(whatIf.records())
        .extracting(RecordChange::kind)
        .containsExactly(
            Kind.CONTACT, Kind.PROJECT, Kind.APPOINTMENT, Kind.CONVERSATION, Kind.MESSAGE);
    RecordChange contact = whatIf.records().getFirst();
    assertThat(contact.id()).isEqualTo(CONTACT.stored(system, "c1").orElseThrow().id().toString());
    assertThat(contact.crmId()).isEqualTo("c1");
    assertThat(contact.effect()).isEqualTo(Effect.CHANGED);
    assertThat(contact.fields())
        .containsExactly(
            new FieldChange(
                CONTACT.title().value(), FieldValue.text("Ann"), FieldValue.text("Bob")));
    RecordChange message = whatIf.records().getLast();
    assertThat(message.effect()).isEqualTo(Effect.CREATED);
    assertThat(message.fields())
        .contains(new FieldChange("body", FieldValue.cleared(), FieldValue.text("Hi there")));
  }

  @Test
  void nothingIsChangedAndNobodyIsAsked() {
    TestSystem system = anHourAfterACopyOfOneOfEach();
    changesOfEveryKind(system);
    CONTACT.receive(system, "w10", "unknown", CONTACT.named("Eve"), 3600);
    CONTACT.receiveDeletion(system, "w11", "c2", 3600);
    receive(system, "w12", new WebhookEvent.ConversationDeleted(new GhlConversationId("talk2")));
    for (String type : List.of("INSTALL", "UNINSTALL", "LocationCreate", "LocationUpdate")) {
      system.receive("w-" + type + "|" + type + "|loc1|3600");
    }
    system.receive("w13|UserUpdate|u1|3600");
    system.receive("w14|Broken|x|3600");
    List<Object> before = everythingOf(system);

    WhatIf first = ofAll(system);
    WhatIf second = ofAll(system);

    assertThat(everythingOf(system)).isEqualTo(before);
    assertThat(first.records()).hasSizeGreaterThan(5);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void processingComesToWhatWasPredicted() {
    TestSystem system = anHourAfterACopyOfOneOfEach();
    changesOfEveryKind(system);
    CONTACT.receive(system, "w20", "c1", CONTACT.named("Cleo"), 3700);
    CONTACT.receiveDeletion(system, "w21", "c2", 3600);
    WhatIf predicted = ofAll(system);
    List<String> outcomes = predicted.events().stream().map(Tried::outcome).toList();

    system.drainWebhooks();

    assertThat(inOrder(system)).extracting(QueuedWebhook::outcome).isEqualTo(outcomes);
    assertThat(after(predicted, "c1", CONTACT.title().value())).isEqualTo(FieldValue.text("Cleo"));
    assertMirrored(CONTACT.stored(system, "c1"), predicted, "c1");
    assertMirrored(PROJECT.stored(system, "o1"), predicted, "o1");
    assertMirrored(APPOINTMENT.stored(system, "a1"), predicted, "a1");
    assertThat(after(predicted, "c2", "deletedInGhl")).isEqualTo(new FieldValue.Flag(true));
    assertThat(CONTACT.isLive(system, "c2")).isFalse();
    Conversation talk = system.conversations.find(LOCATION, TALK).orElseThrow();
    assertThat(after(predicted, "talk1", "lastMessageBody"))
        .isEqualTo(FieldValue.text(talk.lastMessageBody().orElseThrow()))
        .isEqualTo(FieldValue.text("Hi there"));
    assertThat(system.messages.list(LOCATION, TALK, 10, "").items())
        .extracting(Message::body)
        .contains("Hi there");
    assertThat(ofAll(system).records()).as("told once more, it is nothing new").isEmpty();
  }

  @Test
  void laterEventsBuildOnWhatEarlierOnesWouldHaveStored() {
    TestSystem system = anHourAfterACopyOfOneOfEach();
    CONTACT.receive(system, "w1", "c1", CONTACT.named("Bob"), 3600);
    CONTACT.receive(system, "w2", "c1", CONTACT.named("Ann"), 3601);

    WhatIf whatIf = ofAll(system);

    assertThat(whatIf.events()).extracting(Tried::outcome).containsOnly("applied");
    assertThat(whatIf.records()).as("Ann before, Ann afterwards").isEmpty();
  }

  @Test
  void deletedConversationWouldTakeWhatWasToldOfItWithIt() {
    TestSystem system = anHourAfterACopyOfOneOfEach();
    receive(system, "w1", new WebhookEvent.MessageAdded(message("m1", "Hello")));
    receive(system, "w2", new WebhookEvent.ConversationDeleted(TALK));

    WhatIf whatIf = ofAll(system);

    assertThat(whatIf.records())
        .extracting(RecordChange::kind, RecordChange::crmId, RecordChange::effect)
        .containsExactly(tuple(Kind.CONVERSATION, "talk1", Effect.REMOVED));
  }

  // ---- what cannot be told, or is not tried

  @Test
  void whatOnlyAReadCanTellIsNamed() {
    TestSystem system = anHourAfterACopyOfOneOfEach();
    int calls = system.crm.callCount();
    CONTACT.receive(system, "w1", "unknown", CONTACT.named("Eve"), 3600);
    system.receive("w2|UserUpdate|u1|3600");
    system.receive("w3|LocationUpdate|loc1|3600");
    PROJECT.receive(
        system,
        "w4",
        "o1",
        PROJECT
            .named("Roof")
            .with(ProjectField.GHL_CONTACT_ID.fieldName(), FieldValue.text("nobody-yet")),
        3600);

    WhatIf whatIf = ofAll(system);

    assertThat(whatIf.events())
        .extracting(Tried::would)
        .containsExactly(Would.READ, Would.READ, Would.READ, Would.DONE);
    assertThat(whatIf.events().getFirst().outcome()).isEqualTo("would be read from GoHighLevel");
    assertThat(whatIf.reads())
        .containsExactlyInAnyOrder(
            new Read(Read.What.CONTACT, "unknown"),
            new Read(Read.What.USERS, ""),
            new Read(Read.What.LOCATION, "loc1"),
            new Read(Read.What.CONTACT, "nobody-yet"));
    assertThat(system.crm.callCount()).isEqualTo(calls);
  }

  @Test
  void eventsOfTheAppAreNamedAndNotRun() {
    TestSystem system = TestSystem.installed();
    system.receive("w1|INSTALL|loc1|1");
    system.receive("w2|UNINSTALL|loc1|2");
    system.receive("w3|LocationCreate|loc1|3");

    assertThat(ofAll(system).events())
        .extracting(Tried::would, Tried::outcome)
        .containsExactly(
            tuple(Would.APP, "would be handled as an installation"),
            tuple(Would.APP, "would be handled as an uninstallation"),
            tuple(Would.APP, "would be handled as a new location"));
  }

  @Test
  void deadEventIsTriedAsIfItHadNeverBeen() {
    TestSystem system = anHourAfterACopyOfOneOfEach();
    system.receive("w1|Broken|c1|3600");
    for (int i = 0; i < 3; i++) {
      system.drainWebhooks();
      system.time.advance(Duration.ofMinutes(1));
    }
    EventsToTry dead =
        new EventsToTry(
            Set.of(WebhookStatus.DEAD), "", Optional.empty(), Instant.EPOCH, Instant.MAX);

    WhatIf still = system.trying.of(LOCATION, dead);
    system.webhooks.body("w1", "Broken", "c1", CONTACT.changed("c1", CONTACT.named("Bob")), "3600");
    WhatIf mended = system.trying.of(LOCATION, dead);

    assertThat(still.events())
        .extracting(Tried::would, Tried::outcome)
        .containsExactly(tuple(Would.FAULT, "IllegalStateException while it was applied"));
    assertThat(mended.events()).extracting(Tried::would).containsExactly(Would.DONE);
    assertThat(after(mended, "c1", CONTACT.title().value())).isEqualTo(FieldValue.text("Bob"));
  }

  @Test
  void appliedEventsAreTriedUntilTheirBodiesGo() {
    TestSystem system = anHourAfterACopyOfOneOfEach();
    CONTACT.receive(system, "w1", "c1", CONTACT.named("Bob"), 3600);
    system.drainWebhooks();
    EventsToTry done =
        new EventsToTry(
            Set.of(WebhookStatus.DONE), "", Optional.empty(), Instant.EPOCH, Instant.MAX);

    WhatIf before = system.trying.of(LOCATION, done);
    system.time.advance(WebhookRetention.STANDARD.bodies());
    system.queue.sweep(WebhookRetention.STANDARD, system.time.instant(), 100);
    WhatIf afterwards = system.trying.of(LOCATION, done);

    assertThat(before.events()).extracting(Tried::outcome).containsExactly("echo: nothing new");
    assertThat(afterwards.events()).extracting(Tried::would).containsExactly(Would.GONE);
    assertThat(before.records()).isEmpty();
  }

  @Test
  void whatIsNotThereIsNamedAndOtherLocationsAreNotLookedInto() {
    TestSystem system = anHourAfterACopyOfOneOfEach();
    CONTACT.receive(system, "w1", "c1", CONTACT.named("Bob"), 3600);
    List<String> ids = List.of(inOrder(system).getFirst().id(), "no-such-event");

    WhatIf ours = system.trying.of(LOCATION, ids);
    WhatIf theirs = system.trying.of(new LocationId("other"), ids);

    assertThat(ours.events()).extracting(Tried::would).containsExactly(Would.DONE, Would.UNKNOWN);
    assertThat(theirs.events()).extracting(Tried::would).containsOnly(Would.UNKNOWN);
    assertThat(theirs.records()).isEmpty();
  }

  @Test
  void noMoreThanTheLimitAreTriedAndItIsSaidThatThereAreMore() {
    TestSystem system = anHourAfterACopyOfOneOfEach();
    for (int i = 0; i <= TryWebhooksUseCase.MOST; i++) {
      system.receive("w" + i + "|InvoiceCreate|x" + i + "|1");
    }
    system.drainWebhooks();
    List<String> ids = inOrder(system).stream().map(QueuedWebhook::id).toList();
    EventsToTry skipped =
        new EventsToTry(
            Set.of(WebhookStatus.SKIPPED), "", Optional.empty(), Instant.EPOCH, Instant.MAX);

    WhatIf whatIf = system.trying.of(LOCATION, skipped);

    assertThat(whatIf.events()).extracting(Tried::id).isEqualTo(ids.subList(1, ids.size()));
    assertThat(whatIf.more()).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> system.trying.of(LOCATION, ids));
  }

  /** Values are personal data. */
  @Test
  void noValueIsInTheTextOfAResult() {
    TestSystem system = anHourAfterACopyOfOneOfEach();
    changesOfEveryKind(system);

    assertThat(ofAll(system).toString()).doesNotContain("Bob", "Ann", "Hi there");
  }

  // ---- the language of these tests

  private static TestSystem anHourAfterACopyOfOneOfEach() {
    TestSystem system = new TestSystem();
    CONTACT.crmHas(system, "c1", CONTACT.named("Ann"));
    CONTACT.crmHas(
        system,
        "c2",
        CONTACT.named("Dan").with(FieldName.of("email"), FieldValue.text("dan@example.com")));
    PROJECT.crmHas(system, "o1", PROJECT.named("Roof"));
    APPOINTMENT.crmHas(system, "a1", APPOINTMENT.named("Visit"));
    system.lists.hasMessage(TALK.value(), "m1");
    system.lists.hasMessage("talk2", "m9");
    system.install();
    system.settle();
    system.time.advance(Duration.ofHours(1));
    return system;
  }

  private static void changesOfEveryKind(TestSystem system) {
    CONTACT.receive(system, "w1", "c1", CONTACT.named("Bob"), 3600);
    PROJECT.receive(system, "w2", "o1", PROJECT.named("Roof and gutter"), 3600);
    APPOINTMENT.receive(system, "w3", "a1", APPOINTMENT.named("Second visit"), 3600);
    receive(system, "w4", new WebhookEvent.MessageAdded(message("m2", "Hi there")));
  }

  private static Message message(String id, String body) {
    return new Message(
        new GhlMessageId(id),
        TALK,
        "ghl1",
        "TYPE_SMS",
        "inbound",
        "delivered",
        body,
        "text/plain",
        List.of(),
        "",
        "",
        TEN.plusSeconds(3600));
  }

  private static void receive(TestSystem system, String webhookId, WebhookEvent meaning) {
    system.receive(system.webhooks.body(webhookId, "ConversationEvent", "talk1", meaning, "3600"));
  }

  private static List<QueuedWebhook> inOrder(TestSystem system) {
    return system.queue.recent(LOCATION, 1_000).stream()
        .sorted(Comparator.comparing(QueuedWebhook::id))
        .toList();
  }

  private static WhatIf ofAll(TestSystem system) {
    return system.trying.of(LOCATION, inOrder(system).stream().map(QueuedWebhook::id).toList());
  }

  private static FieldValue after(WhatIf whatIf, String crmId, String field) {
    return whatIf.records().stream()
        .filter(record -> record.crmId().equals(crmId))
        .flatMap(record -> record.fields().stream())
        .filter(change -> change.name().equals(field))
        .map(FieldChange::after)
        .findFirst()
        .orElseThrow();
  }

  private static void assertMirrored(
      Optional<Mirrored<?, ?, ?>> stored, WhatIf predicted, String crmId) {
    List<FieldChange> changes =
        predicted.records().stream()
            .filter(record -> record.crmId().equals(crmId))
            .flatMap(record -> record.fields().stream())
            .toList();
    assertThat(changes)
        .isNotEmpty()
        .allSatisfy(
            change ->
                assertThat(stored.orElseThrow().fields().get(FieldName.of(change.name())))
                    .isEqualTo(change.after()));
  }

  /** Whatever a look could have changed. */
  private static List<Object> everythingOf(TestSystem system) {
    List<Object> all = new ArrayList<>();
    for (RecordKind kind : RecordKind.values()) {
      all.add(kind.records(system).writes());
      for (String id : List.of("c1", "c2", "o1", "a1", "unknown")) {
        all.add(kind.stored(system, id));
      }
      all.add(kind.records(system).counts(LOCATION));
    }
    all.add(system.conversations.list(LOCATION, 100, ""));
    for (String talk : List.of("talk1", "talk2")) {
      all.add(system.messages.list(LOCATION, new GhlConversationId(talk), 100, ""));
    }
    all.add(system.locations.all());
    all.add(system.users.list(LOCATION));
    all.add(system.connections.find(LOCATION));
    all.add(system.setups.unfinished());
    all.add(system.queue.recent(LOCATION, 1_000));
    all.add(system.queue.depth());
    all.add(system.crm.callCount());
    return all;
  }
}
