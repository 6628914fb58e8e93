package com.lpai.application.webhook;

import static com.lpai.application.testing.TestSystem.LOCATION;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.application.testing.TestSystem;
import com.lpai.domain.contact.AboutContact;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Events about every kind of mirrored record: the same rules for all (spec 6, order). */
class RecordEventsTest {
  private static final String ID = "crm1";

  @ParameterizedTest
  @EnumSource
  void changeThatIsNewerThanAllWeKnowIsAppliedWithoutARead(RecordKind kind) {
    TestSystem system = anHourAfterTheCopyOf(kind);

    kind.receive(system, "w1", ID, kind.named("Anna", "Oslo"), 3600);
    system.settle();

    assertThat(kind.text(system, ID, kind.title())).isEqualTo("Anna");
    assertThat(kind.reads(system)).isZero();
    assertThat(outcomes(system)).containsExactly("applied");
  }

  /** Trap 41: in the guide an update that comes before its create is lost. */
  @ParameterizedTest
  @EnumSource
  void trap41UpdateOfAnUnknownRecordStoresItByOneRead(RecordKind kind) {
    TestSystem system = TestSystem.installed();
    kind.crmHas(system, ID, kind.named("Ann", "Oslo"));

    kind.receive(system, "w1", ID, kind.named("Ann"), 1);
    kind.receive(system, "w2", ID, kind.named("Ann", "Oslo"), 0);
    system.settle();

    assertThat(kind.text(system, ID, kind.place())).isEqualTo("Oslo");
    assertThat(kind.reads(system)).isEqualTo(1);
    assertThat(outcomes(system)).containsExactly("read from GoHighLevel", "covered by a read");
  }

  /** Trap 42: in the guide an old event overwrites new data. */
  @ParameterizedTest
  @EnumSource
  void trap42LateOlderEventChangesNothing(RecordKind kind) {
    TestSystem system = anHourAfterTheCopyOf(kind);
    kind.crmHas(system, ID, kind.named("Anna", "Rome"));
    kind.receive(system, "w2", ID, kind.named("Anna", "Rome"), 3600);
    system.settle();
    Instant before = kind.stored(system, ID).orElseThrow().updatedAt();
    system.time.advance(Duration.ofMinutes(5));

    kind.receive(system, "w1", ID, kind.named("Ann", "Bari"), 1800);
    system.settle();

    assertThat(kind.text(system, ID, kind.title())).isEqualTo("Anna");
    assertThat(kind.text(system, ID, kind.place())).isEqualTo("Rome");
    assertThat(kind.stored(system, ID).orElseThrow().updatedAt()).isEqualTo(before);
    assertThat(kind.reads(system)).isEqualTo(1);
  }

  /** A, B and A again, of which the second comes last: what tells nothing new was heard, too. */
  @ParameterizedTest
  @EnumSource
  void eventThatIsOlderThanAnEchoIsNotBelieved(RecordKind kind) {
    TestSystem system = anHourAfterTheCopyOf(kind);
    kind.crmHas(system, ID, kind.named("Anna", "Oslo"));
    kind.receive(system, "w1", ID, kind.named("Anna", "Oslo"), 3600);
    system.settle();
    Instant before = kind.stored(system, ID).orElseThrow().updatedAt();
    system.time.advance(Duration.ofMinutes(2));

    kind.receive(system, "w3", ID, kind.named("Anna", "Oslo"), 3700);
    system.settle();
    kind.receive(system, "w2", ID, kind.named("Bea", "Oslo"), 3650);
    system.settle();

    assertThat(kind.text(system, ID, kind.title())).isEqualTo("Anna");
    assertThat(kind.reads(system)).isEqualTo(1);
    assertThat(kind.stored(system, ID).orElseThrow().updatedAt())
        .as("an echo is no change")
        .isEqualTo(before);
  }

  /** GoHighLevel's clock is far ahead of ours, so that the time of a read says little. */
  @ParameterizedTest
  @EnumSource
  void eventThatIsOlderThanOneThatAReadCoveredIsNotBelieved(RecordKind kind) {
    TestSystem system = anHourAfterTheCopyOf(kind);
    kind.receive(system, "w1", ID, kind.named("Anna", "Oslo"), 5000);
    system.settle();
    kind.crmHas(system, ID, kind.named("Cleo", "Oslo"));
    kind.receive(system, "w2", ID, kind.named("Bea", "Oslo"), 4990);
    kind.receive(system, "w4", ID, kind.named("Cleo", "Oslo"), 5100);
    system.settle();

    kind.receive(system, "w3", ID, kind.named("Dora", "Oslo"), 5050);
    system.settle();

    assertThat(kind.text(system, ID, kind.title())).isEqualTo("Cleo");
    assertThat(kind.reads(system)).isEqualTo(2);
  }

  /** Late, equal, without time, or stale: the record is read once, and what it says counts. */
  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource({
    "CONTACT,3599", "CONTACT,3600", "CONTACT,''", "CONTACT,-604801",
    "PROJECT,3599", "PROJECT,3600", "PROJECT,''", "PROJECT,-604801",
    "APPOINTMENT,3599", "APPOINTMENT,3600", "APPOINTMENT,''", "APPOINTMENT,-604801"
  })
  void eventThatCannotBeTrustedToBeNewerLeadsToOneRead(RecordKind kind, String secondsAfterTen) {
    TestSystem system = anHourAfterTheCopyOf(kind);
    kind.receive(system, "w1", ID, kind.named("Anna", "Oslo"), 3600);
    system.settle();
    kind.crmHas(system, ID, kind.named("Annabel", "Oslo"));

    kind.receive(system, "w2", ID, kind.named("Other", "Oslo"), secondsAfterTen);
    system.settle();

    assertThat(kind.text(system, ID, kind.title())).isEqualTo("Annabel");
    assertThat(kind.reads(system)).isEqualTo(1);
  }

  /** Stale events lead to a read even where they tell what we hold (spec 7.3). */
  @ParameterizedTest
  @EnumSource
  void staleEventLeadsToOneReadWhateverItTells(RecordKind kind) {
    TestSystem system = anHourAfterTheCopyOf(kind);
    kind.crmHas(system, ID, kind.named("Annabel", "Oslo"));

    kind.receive(system, "w1", ID, kind.named("Ann", "Oslo"), -Duration.ofDays(8).toSeconds());
    system.settle();

    assertThat(kind.text(system, ID, kind.title())).isEqualTo("Annabel");
    assertThat(kind.reads(system)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void eventNearAReadOfTheRecordIsNotBelieved(RecordKind kind) {
    TestSystem system = copyOf(kind);
    system.time.advance(Duration.ofMinutes(9));
    kind.crmHas(system, ID, kind.named("Annabel", "Oslo"));

    kind.receive(system, "w1", ID, kind.named("Other", "Oslo"), 9 * 60);
    system.settle();

    assertThat(kind.text(system, ID, kind.title())).isEqualTo("Annabel");
  }

  /** Trap 45: a person's edit right after our push is no echo of it. */
  @ParameterizedTest
  @EnumSource
  void trap45EditOfAPersonOneSecondAfterOurPushSurvives(RecordKind kind) {
    TestSystem system = anHourAfterTheCopyOf(kind);
    kind.pushedAt(system, ID, kind.named("Ours", "Oslo"), system.time.instant());
    kind.crmHas(system, ID, kind.named("Theirs", "Oslo"));
    system.time.advance(Duration.ofSeconds(1));

    kind.receive(system, "w1", ID, kind.named("Ours", "Oslo"), 3600);
    kind.receive(system, "w2", ID, kind.named("Theirs", "Oslo"), 3601);
    system.settle();

    assertThat(kind.text(system, ID, kind.title())).isEqualTo("Theirs");
    assertThat(outcomes(system)).containsExactly("echo: nothing new", "read from GoHighLevel");
  }

  /** What we pushed first comes back after what we pushed later. */
  @ParameterizedTest
  @EnumSource
  void valueOfAnEarlierPushOfOursLeadsToARead(RecordKind kind) {
    TestSystem system = anHourAfterTheCopyOf(kind);
    kind.pushedAt(system, ID, kind.named("First", "Oslo"), system.time.instant());
    system.time.advance(Duration.ofSeconds(20));
    kind.pushedAt(system, ID, kind.named("Second", "Oslo"), system.time.instant());
    kind.crmHas(system, ID, kind.named("Second", "Oslo"));

    kind.receive(system, "w1", ID, kind.named("First", "Oslo"), 3601);
    system.settle();

    assertThat(kind.text(system, ID, kind.title())).isEqualTo("Second");
    assertThat(kind.reads(system)).isEqualTo(1);
  }

  /** Trap 45: in the guide an echo looks like a change and is pushed back. */
  @ParameterizedTest
  @EnumSource
  void trap45EchoLeavesTheDocumentAsItIs(RecordKind kind) {
    TestSystem system = copyOf(kind);
    Mirrored<?, ?, ?> before = kind.stored(system, ID).orElseThrow();
    int writes = kind.records(system).writes();
    system.time.advance(Duration.ofSeconds(1));

    kind.receive(system, "w1", ID, kind.named("Ann", "Oslo"), 1);
    system.settle();

    assertThat(kind.stored(system, ID).orElseThrow()).isEqualTo(before);
    assertThat(kind.records(system).writes()).isEqualTo(writes);
    assertThat(before.sync().phase()).isEqualTo(SyncPhase.SYNCED);
    assertThat(kind.reads(system)).isZero();
    assertThat(outcomes(system)).containsExactly("echo: nothing new");
  }

  /** Trap 45: what came in is not sent back. */
  @ParameterizedTest
  @EnumSource
  void trap45AppliedChangeIsNotPushedBack(RecordKind kind) {
    TestSystem system = anHourAfterTheCopyOf(kind);

    kind.receive(system, "w1", ID, kind.named("Anna", "Oslo"), 3600);
    system.settle();

    assertThat(kind.stored(system, ID).orElseThrow().sync().phase()).isEqualTo(SyncPhase.SYNCED);
    assertThat(kind.records(system).countDue(LOCATION, system.time.instant())).isZero();
  }

  /** Trap 43: a deletion comes with an update, which may say that it is the later one. */
  @ParameterizedTest
  @EnumSource
  void trap43UpdateAfterADeletionDoesNotBringTheRecordBack(RecordKind kind) {
    TestSystem system = anHourAfterTheCopyOf(kind);
    kind.crmRemoves(system, ID);

    kind.receiveDeletion(system, "w1", ID, 3600);
    kind.receive(system, "w2", ID, kind.named("Ann", "Oslo"), 3602);
    system.settle();
    kind.receive(system, "w3", ID, kind.named("Anna", "Oslo"), 7200);
    system.settle();

    assertThat(kind.isLive(system, ID)).isFalse();
    assertThat(kind.stored(system, ID)).as("kept, and hidden").isPresent();
    assertThat(outcomes(system))
        .containsExactly(
            "deleted in GoHighLevel",
            "GoHighLevel no longer has it",
            "GoHighLevel no longer has it");
  }

  /** Trap 43: the update may come first as well. */
  @ParameterizedTest
  @EnumSource
  void trap43DeletionAfterAnUpdateThatClaimsToBeLaterIsFoundOutByARead(RecordKind kind) {
    TestSystem system = anHourAfterTheCopyOf(kind);
    kind.crmRemoves(system, ID);

    kind.receive(system, "w1", ID, kind.named("Anna", "Oslo"), 3602);
    kind.receiveDeletion(system, "w2", ID, 3600);
    system.settle();

    assertThat(kind.isLive(system, ID)).isFalse();
    assertThat(kind.reads(system)).isEqualTo(1);
  }

  /** Trap 43: a read proves that it exists. */
  @ParameterizedTest
  @EnumSource
  void trap43OnlyAReadBringsADeletedRecordBack(RecordKind kind) {
    TestSystem system = anHourAfterTheCopyOf(kind);
    kind.receiveDeletion(system, "w1", ID, 3600);
    system.settle();
    assertThat(kind.isLive(system, ID)).isFalse();

    kind.receive(system, "w2", ID, kind.named("Anna", "Oslo"), 7200);
    system.settle();

    assertThat(kind.isLive(system, ID)).isTrue();
    assertThat(kind.text(system, ID, kind.title())).as("what the read said").isEqualTo("Ann");
  }

  @ParameterizedTest
  @EnumSource
  void lateDeletionOfWhatTheCrmHasIsNotBelieved(RecordKind kind) {
    TestSystem system = anHourAfterTheCopyOf(kind);
    kind.receive(system, "w2", ID, kind.named("Ann", "Rome"), 3600);
    system.settle();
    kind.crmHas(system, ID, kind.named("Ann", "Rome"));

    kind.receiveDeletion(system, "w1", ID, 1800);
    system.settle();

    assertThat(kind.isLive(system, ID)).isTrue();
    assertThat(kind.reads(system)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void recordThatTheCrmDoesNotFindIsLookedUpTwiceBeforeItCountsAsDeleted(RecordKind kind) {
    TestSystem system = copyOf(kind);
    kind.crmRemoves(system, ID);

    kind.receive(system, "w1", ID, kind.named("Anna", "Oslo"), 1);
    kind.receive(system, "w2", ID, kind.named("Annabel", "Oslo"), 2);
    system.settle();
    assertThat(kind.isLive(system, ID)).isTrue();
    system.time.advance(Duration.ofSeconds(30));
    system.settle();

    assertThat(kind.isLive(system, ID)).isFalse();
    assertThat(kind.reads(system)).isEqualTo(2);
  }

  /** What an event tells of, the CRM's answers may not show at once. */
  @ParameterizedTest
  @EnumSource
  void unknownRecordThatIsNotFoundAtOnceIsLookedUpAgain(RecordKind kind) {
    TestSystem system = TestSystem.installed();
    kind.receive(system, "w1", ID, kind.named("Ann"), 1);
    kind.receive(system, "w2", ID, kind.named("Ann", "Oslo"), 2);
    system.settle();
    assertThat(outcomes(system))
        .containsExactly(
            "GoHighLevel does not find it; it is looked up again", "waits for an earlier event");

    kind.crmHas(system, ID, kind.named("Ann", "Oslo"));
    system.time.advance(Duration.ofSeconds(30));
    system.settle();

    assertThat(kind.text(system, ID, kind.place())).isEqualTo("Oslo");
    assertThat(kind.reads(system)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void eventOfAnUnknownRecordThatIsNotFoundTwiceIsSkipped(RecordKind kind) {
    TestSystem system = TestSystem.installed();
    kind.receive(system, "w1", ID, kind.named("Ann"), 1);
    system.settle();
    system.time.advance(Duration.ofSeconds(30));
    system.settle();

    assertThat(outcomes(system)).containsExactly("GoHighLevel no longer has it");
    assertThat(system.queue.depth()).isEqualTo(Map.of(WebhookStatus.SKIPPED, 1L));
    assertThat(kind.reads(system)).isEqualTo(2);
  }

  /** A fault of ours is no look at the record. */
  @ParameterizedTest
  @EnumSource
  void recordThatIsNotFoundAfterAFaultIsLookedUpOnceMore(RecordKind kind) {
    TestSystem system = copyOf(kind);
    kind.crmRemoves(system, ID);
    failsTwice(system, kind.call());
    kind.receive(system, "w1", ID, kind.named("Anna", "Oslo"), 1);
    system.settle();
    system.time.advance(Duration.ofMinutes(1));

    system.settle();
    assertThat(kind.isLive(system, ID)).isTrue();
    system.time.advance(Duration.ofMinutes(1));
    system.settle();
    assertThat(kind.isLive(system, ID)).isFalse();
  }

  private static void failsTwice(TestSystem system, String call) {
    system.crm.during(
        call,
        () -> {
          system.crm.during(
              call,
              () -> {
                throw new IllegalStateException("a fault of ours");
              });
          throw new IllegalStateException("a fault of ours");
        });
  }

  /** A look long ago, since which the record was seen, is not the first of two. */
  @ParameterizedTest
  @EnumSource
  void recordThatWasSeenSinceItWasMissedIsLookedUpTwiceAgain(RecordKind kind) {
    TestSystem system = copyOf(kind);
    kind.crmRemoves(system, ID);
    kind.receive(system, "w1", ID, kind.named("Anna", "Oslo"), 1);
    system.settle();
    kind.crmHas(system, ID, kind.named("Ann", "Oslo"));
    system.time.advance(Duration.ofSeconds(30));
    system.settle();
    kind.crmRemoves(system, ID);

    kind.receive(system, "w2", ID, kind.named("Anna", "Oslo"), 40);
    system.settle();

    assertThat(kind.isLive(system, ID)).isTrue();
  }

  /** An element that was cleared there is missing in the list of an event. */
  @Test
  void elementThatAnEventLeavesOutOfItsListIsRead() {
    TestSystem system = new TestSystem();
    FieldName shoe = FieldName.element(ContactField.CUSTOM_FIELDS, "shoe");
    RecordKind.CONTACT.crmHas(
        system, ID, RecordKind.CONTACT.named("Ann", "Oslo").with(shoe, FieldValue.text("42")));
    system.install();
    system.settle();
    system.time.advance(Duration.ofHours(1));

    receiveShowing(system, "w1", Set.of(), 3600);
    system.settle();
    assertThat(RecordKind.CONTACT.reads(system)).as("this kind of event shows none").isZero();
    RecordKind.CONTACT.crmHas(system, ID, RecordKind.CONTACT.named("Ann", "Oslo"));
    receiveShowing(system, "w2", Set.of(ContactField.CUSTOM_FIELDS), 3601);
    system.settle();

    assertThat(RecordKind.CONTACT.reads(system)).isEqualTo(1);
    assertThat(RecordKind.CONTACT.text(system, ID, shoe)).isEmpty();
  }

  /** What the CRM has not got yet is not missing in its events. */
  @Test
  void elementThatWasAddedHereIsNotReadForEveryEvent() {
    RecordKind kind = RecordKind.CONTACT;
    TestSystem system = anHourAfterTheCopyOf(kind);
    FieldName shoe = FieldName.element(ContactField.CUSTOM_FIELDS, "shoe");
    Contact contact = system.contacts.findByCrmId(LOCATION, new GhlContactId(ID)).orElseThrow();
    system.contacts.save(
        LOCATION,
        contact.edited(
            FieldChanges.of(shoe, FieldValue.text("42")),
            MirrorFixture.SOMEBODY,
            system.time.instant()));

    receiveShowing(system, "w1", Set.of(ContactField.CUSTOM_FIELDS), 3600);
    system.drainWebhooks();

    assertThat(kind.reads(system)).isZero();
  }

  private static void receiveShowing(
      TestSystem system, String webhookId, Set<String> groups, long secondsAfterTen) {
    system.receive(
        system.webhooks.about(
            webhookId,
            "ContactUpdate",
            new CrmRecord<>(
                new GhlContactId(ID),
                RecordKind.CONTACT.named("Ann", "Oslo"),
                Set.of(),
                groups,
                Instant.EPOCH,
                Map.of()),
            secondsAfterTen));
  }

  /** Trap 44: absent, null and a value are three things. */
  @ParameterizedTest
  @EnumSource
  void trap44AbsentFieldIsReadAndNullClears(RecordKind kind) {
    TestSystem system = anHourAfterTheCopyOf(kind);
    kind.crmHas(system, ID, kind.named("Anna", "Oslo"));

    kind.receive(system, "w1", ID, kind.named("Anna"), 3600);
    system.settle();
    assertThat(kind.text(system, ID, kind.title())).isEqualTo("Anna");
    assertThat(kind.text(system, ID, kind.place())).isEqualTo("Oslo");
    assertThat(kind.reads(system)).isEqualTo(1);

    system.time.advance(Duration.ofHours(1));
    kind.receive(
        system, "w2", ID, kind.named("Anna").with(kind.place(), FieldValue.cleared()), 7200);
    system.settle();
    assertThat(kind.text(system, ID, kind.place())).isEmpty();
    assertThat(kind.reads(system)).isEqualTo(1);
  }

  /** What is present counts at once, although the read that is due has to wait. */
  @ParameterizedTest
  @EnumSource
  void presentFieldsAreAppliedAlthoughTheReadOfTheAbsentOnesMustWait(RecordKind kind) {
    TestSystem system = anHourAfterTheCopyOf(kind);
    kind.crmHas(system, ID, kind.named("Anna"));
    system.crm.breaks(kind.call(), new CrmFailure.Throttled(Duration.ofSeconds(10), "no permit"));

    kind.receive(system, "w1", ID, kind.named("Anna"), 3600);
    system.settle();
    assertThat(kind.text(system, ID, kind.title())).isEqualTo("Anna");
    assertThat(outcomes(system)).containsExactly("no permit");

    system.crm.worksAgain(kind.call());
    system.time.advance(Duration.ofSeconds(10));
    system.settle();
    assertThat(outcomes(system)).containsExactly("read from GoHighLevel");
  }

  @ParameterizedTest
  @EnumSource
  void oneReadCoversAllEventsOfARecordAtHand(RecordKind kind) {
    TestSystem system = copyOf(kind);
    kind.crmHas(system, ID, kind.named("Ann9", "Oslo"));
    for (int i = 0; i < 10; i++) {
      kind.receive(system, "w" + i, ID, kind.named("Ann" + i, "Oslo"), i);
    }

    system.settle();

    assertThat(kind.text(system, ID, kind.title())).isEqualTo("Ann9");
    assertThat(kind.reads(system)).isEqualTo(1);
    assertThat(system.queue.depth()).isEqualTo(Map.of(WebhookStatus.DONE, 10L));
  }

  /**
   * An event that seems to have come before the last read, because the clock of the instance that
   * took it in is slow, is read all the same: no clock decides that something is known already.
   */
  @ParameterizedTest
  @EnumSource
  void eventThatCameByASlowClockIsNotTakenForKnown(RecordKind kind) {
    TestSystem system = copyOf(kind);
    Instant slow = system.time.instant();
    system.time.advance(Duration.ofMinutes(30));
    kind.receive(system, "w1", ID, kind.named("Ann1", "Oslo"), 0);
    kind.crmHas(system, ID, kind.named("Ann1", "Oslo"));
    system.settle();
    kind.crmHas(system, ID, kind.named("Ann2", "Oslo"));
    Instant now = system.time.instant();
    system.time.set(slow);
    kind.receive(system, "w2", ID, kind.named("Ann2", "Oslo"), 1);
    system.time.set(now);

    system.settle();

    assertThat(kind.text(system, ID, kind.title())).isEqualTo("Ann2");
  }

  /** A Create event overtakes the answer of our own create. */
  @ParameterizedTest
  @EnumSource
  void eventOfARecordThatWeAreJustCreatingWaitsForTheAnswer(RecordKind kind) {
    TestSystem system = anHourAfterTheCopyOf(kind);
    kind.creates(system, kind.named("Ours"), system.time.instant().plusSeconds(30));
    kind.crmHas(system, "crm2", kind.named("Ours"));

    kind.receive(system, "w1", "crm2", kind.named("Ours"), 3600);
    kind.receive(system, "w2", "crm2", kind.named("Ours", "Oslo"), 3601);
    system.drainWebhooks();

    assertThat(kind.stored(system, "crm2")).isEmpty();
    assertThat(kind.reads(system)).isZero();
    assertThat(outcomes(system))
        .containsExactly("waits for the answer to our own create", "waits for an earlier event");
  }

  @ParameterizedTest
  @EnumSource
  void eventOfAnotherRecordDoesNotWaitForOurCreate(RecordKind kind) {
    TestSystem system = anHourAfterTheCopyOf(kind);
    kind.creates(system, kind.named("Ours"), system.time.instant().plusSeconds(30));
    FieldChanges other = kind.named("Other").with(elsewhere(kind), FieldValue.text("x"));
    kind.crmHas(system, "crm3", other);

    kind.receive(system, "w1", "crm3", other, 3600);
    system.drainWebhooks();

    assertThat(kind.stored(system, "crm3")).isPresent();
  }

  /** By this field the two records of the test above are told apart. */
  private static FieldName elsewhere(RecordKind kind) {
    return switch (kind) {
      case CONTACT -> FieldName.of("lastName");
      case PROJECT -> ProjectField.PIPELINE_ID.fieldName();
      case APPOINTMENT -> FieldName.of("calendarId");
    };
  }

  /** A batch of events costs one lookup and one write of all, however many records it is about. */
  @ParameterizedTest
  @EnumSource
  void eventsOfManyRecordsAreOneBatch(RecordKind kind) {
    TestSystem system = new TestSystem();
    for (int i = 0; i < 30; i++) {
      kind.crmHas(system, "many" + i, kind.named("Ann", "Oslo"));
    }
    system.install();
    system.settle();
    system.time.advance(Duration.ofHours(1));
    int writes = kind.records(system).writes();

    ApplyEventsTest.apply(
        system,
        events -> {
          for (int i = 0; i < 30; i++) {
            for (int k = 0; k < 3; k++) {
              kind.receive(events, "w" + i + "-" + k, "many" + i, named(kind, i, k), 3600 + k);
            }
          }
        });

    for (int i = 0; i < 30; i++) {
      assertThat(kind.text(system, "many" + i, kind.title())).isEqualTo("Ann " + i + "-2");
    }
    assertThat(kind.records(system).writes() - writes).isEqualTo(30);
    assertThat(kind.records(system).largestBatch()).isEqualTo(30);
    assertThat(kind.reads(system)).isZero();
  }

  private static FieldChanges named(RecordKind kind, int record, int edit) {
    return kind.named("Ann " + record + "-" + edit, "Oslo");
  }

  // ---- what only opportunities are like

  /** Their events show no custom fields: news that show nothing new are about those. */
  @Test
  void changeOfACustomFieldOfAnOpportunityCostsOneReadAndABurstOfThemNotMore() {
    RecordKind kind = RecordKind.PROJECT;
    TestSystem system = anHourAfterTheCopyOf(kind);
    FieldName custom = FieldName.element(ProjectField.CRM_CUSTOM_FIELDS, "cf9");
    kind.crmHas(system, ID, kind.named("Ann", "Oslo").with(custom, FieldValue.text("red")));

    kind.receive(system, "w1", ID, kind.named("Ann", "Oslo"), 3600);
    system.settle();
    system.time.advance(Duration.ofMinutes(1));
    kind.receive(system, "w2", ID, kind.named("Ann", "Oslo"), 3660);
    system.settle();

    assertThat(kind.text(system, ID, custom)).isEqualTo("red");
    assertThat(kind.reads(system)).isEqualTo(1);
  }

  /** One change of an opportunity gives several events (ghl-facts.md 6.5). */
  @Test
  void twinOfAnAppliedEventCostsNoRead() {
    RecordKind kind = RecordKind.PROJECT;
    TestSystem system = anHourAfterTheCopyOf(kind);

    kind.receive(system, "w1", ID, kind.named("Anna", "Oslo"), 3600);
    kind.receive(system, "w2", ID, kind.named("Anna", "Oslo"), 3601);
    system.settle();
    kind.receive(system, "w3", ID, kind.named("Anna", "Oslo"), 3602);
    system.settle();

    assertThat(kind.reads(system)).isZero();
    assertThat(outcomes(system))
        .containsExactly("applied", "echo: nothing new", "echo: nothing new");
  }

  /** The reason of a loss comes with the status, and no event shows it. */
  @Test
  void statusThatAnEventChangesIsReadForWhatComesWithIt() {
    RecordKind kind = RecordKind.PROJECT;
    TestSystem system = anHourAfterTheCopyOf(kind);
    FieldChanges lost = lostForItsPrice(kind, system);

    kind.receive(system, "w1", ID, lost, 3600);
    system.settle();

    assertThat(kind.text(system, ID, ProjectField.STATUS.fieldName())).isEqualTo("lost");
    assertThat(kind.text(system, ID, ProjectField.LOST_REASON_ID.fieldName())).isEqualTo("price");
    assertThat(kind.reads(system)).isEqualTo(1);
  }

  /** The event is applied by then, and looks as if it told nothing new. */
  @Test
  void whatComesWithAStatusIsReadThoughTheFirstReadFails() {
    RecordKind kind = RecordKind.PROJECT;
    TestSystem system = anHourAfterTheCopyOf(kind);
    FieldChanges lost = lostForItsPrice(kind, system);
    failsTwice(system, kind.call());

    kind.receive(system, "w1", ID, lost, 3600);
    system.settle();
    assertThat(kind.text(system, ID, ProjectField.STATUS.fieldName())).isEqualTo("lost");
    for (int i = 0; i < 2; i++) {
      system.time.advance(Duration.ofMinutes(1));
      system.settle();
    }

    assertThat(kind.text(system, ID, ProjectField.LOST_REASON_ID.fieldName())).isEqualTo("price");
    kind.receive(system, "w2", ID, lost, 3601);
    system.settle();
    assertThat(outcomes(system)).containsExactly("read from GoHighLevel", "echo: nothing new");
  }

  /** What an event shows of it, which leaves out why. */
  private static FieldChanges lostForItsPrice(RecordKind kind, TestSystem system) {
    FieldChanges lost =
        kind.named("Ann", "Oslo").with(ProjectField.STATUS.fieldName(), FieldValue.text("lost"));
    kind.crmHas(
        system, ID, lost.with(ProjectField.LOST_REASON_ID.fieldName(), FieldValue.text("price")));
    return lost;
  }

  /** The contact that an opportunity names comes in the same batch, and after it. */
  @Test
  void opportunityIsAboutTheContactThatCameWithIt() {
    TestSystem system = TestSystem.installed();
    RecordKind.CONTACT.crmHas(system, "c1", RecordKind.CONTACT.named("Ann"));
    FieldChanges said =
        RecordKind.PROJECT
            .named("Roof")
            .with(ProjectField.GHL_CONTACT_ID.fieldName(), FieldValue.text("c1"));
    RecordKind.PROJECT.crmHas(system, "o1", said);

    ApplyEventsTest.apply(
        system,
        events -> {
          RecordKind.PROJECT.receive(events, "w1", "o1", said, 1);
          RecordKind.CONTACT.receive(events, "w2", "c1", RecordKind.CONTACT.named("Ann"), 1);
        });

    Project project =
        system.projects.findByCrmId(LOCATION, new GhlOpportunityId("o1")).orElseThrow();
    assertThat(project.contact().contactId())
        .isEqualTo(system.contacts.findByCrmId(LOCATION, new GhlContactId("c1")).map(Mirrored::id));
  }

  /** A word that nobody knows stays as it came, and is shown (spec 5). */
  @ParameterizedTest
  @EnumSource(names = {"PROJECT", "APPOINTMENT"})
  void statusThatNobodyKnowsIsKeptAndFlagged(RecordKind kind) {
    TestSystem system = anHourAfterTheCopyOf(kind);
    FieldName status = FieldName.of("status");
    FieldChanges odd = kind.named("Ann", "Oslo").with(status, FieldValue.text("odd"));
    kind.crmHas(system, ID, odd);

    kind.receive(system, "w1", ID, odd, 3600);
    system.settle();

    assertThat(kind.text(system, ID, status)).isEqualTo("odd");
    assertThat(kind.stored(system, ID).orElseThrow().flagged()).containsExactly(status);
  }

  // ---- what is about a contact

  /** Contact and opportunity are made at once, and the opportunity's event is applied first. */
  @ParameterizedTest
  @EnumSource(names = {"PROJECT", "APPOINTMENT"})
  void recordBringsItsContactThatNoEventHasToldOfYet(RecordKind kind) {
    TestSystem system = TestSystem.installed();
    RecordKind.CONTACT.crmHas(system, "c1", RecordKind.CONTACT.named("Ann"));
    kind.crmHas(system, ID, aboutC1(kind));

    kind.receive(system, "w1", ID, aboutC1(kind), 1);
    system.settle();
    system.time.advance(Duration.ofSeconds(1));
    RecordKind.CONTACT.receive(system, "w2", "c1", RecordKind.CONTACT.named("Ann"), 1);
    system.settle();

    assertThat(contactOf(system, kind))
        .isPresent()
        .isEqualTo(system.contacts.findByCrmId(LOCATION, new GhlContactId("c1")).map(Mirrored::id));
    assertThat(RecordKind.CONTACT.reads(system)).isEqualTo(1);
    assertThat(outcomes(system)).containsExactly("read from GoHighLevel", "echo: nothing new");
  }

  @ParameterizedTest
  @EnumSource(names = {"PROJECT", "APPOINTMENT"})
  void recordWhoseContactCannotBeBroughtNowIsStoredAndFindsItLater(RecordKind kind) {
    TestSystem system = TestSystem.installed();
    kind.crmHas(system, ID, aboutC1(kind));
    kind.receive(system, "w1", ID, aboutC1(kind), 1);
    system.settle();
    assertThat(contactOf(system, kind)).isEmpty();
    assertThat(kind.isLive(system, ID)).isTrue();

    RecordKind.CONTACT.crmHas(system, "c1", RecordKind.CONTACT.named("Ann"));
    RecordKind.CONTACT.receive(system, "w2", "c1", RecordKind.CONTACT.named("Ann"), 2);
    system.settle();

    assertThat(contactOf(system, kind)).as("linked by the contact's own event").isPresent();
    assertThat(outcomes(system)).containsExactly("read from GoHighLevel", "read from GoHighLevel");
  }

  /** Its values are stored at once; the event is over when the contact is here, too. */
  @ParameterizedTest
  @EnumSource(names = {"PROJECT", "APPOINTMENT"})
  void recordWaitsForItsContactThatCannotBeAskedForNow(RecordKind kind) {
    TestSystem system = TestSystem.installed();
    RecordKind.CONTACT.crmHas(system, "c1", RecordKind.CONTACT.named("Ann"));
    kind.crmHas(system, ID, aboutC1(kind));
    system.crm.breaks("find", new CrmFailure.Unavailable("503"));

    kind.receive(system, "w1", ID, aboutC1(kind), 1);
    kind.receive(system, "w2", ID, aboutC1(kind), 2);
    system.settle();
    assertThat(kind.isLive(system, ID)).isTrue();
    assertThat(contactOf(system, kind)).isEmpty();
    assertThat(outcomes(system)).containsExactly("read from GoHighLevel", "503");

    system.crm.worksAgain("find");
    system.time.advance(Duration.ofSeconds(5));
    system.settle();
    assertThat(contactOf(system, kind)).isPresent();
    assertThat(outcomes(system)).containsExactly("read from GoHighLevel", "echo: nothing new");
  }

  /** The same where the event itself was believed. */
  @ParameterizedTest
  @EnumSource(names = {"PROJECT", "APPOINTMENT"})
  void changedRecordWaitsForItsContactThatCannotBeAskedForNow(RecordKind kind) {
    TestSystem system = anHourAfterTheCopyOf(kind);
    RecordKind.CONTACT.crmHas(system, "c1", RecordKind.CONTACT.named("Ann"));
    FieldChanges said =
        kind.named("Anna", "Oslo").with(FieldName.of("ghlContactId"), FieldValue.text("c1"));
    system.crm.breaks("find", new CrmFailure.Throttled(Duration.ofSeconds(7), "no permit"));

    kind.receive(system, "w1", ID, said, 3600);
    system.settle();
    assertThat(kind.text(system, ID, kind.title())).isEqualTo("Anna");
    assertThat(outcomes(system)).containsExactly("no permit");

    system.crm.worksAgain("find");
    system.time.advance(Duration.ofSeconds(7));
    system.settle();
    assertThat(contactOf(system, kind)).isPresent();
    assertThat(outcomes(system)).containsExactly("echo: nothing new");
  }

  private static FieldChanges aboutC1(RecordKind kind) {
    return kind.named("Roof").with(FieldName.of("ghlContactId"), FieldValue.text("c1"));
  }

  private static Optional<ContactId> contactOf(TestSystem system, RecordKind kind) {
    return ((AboutContact<?, ?, ?>) kind.stored(system, ID).orElseThrow()).contact().contactId();
  }

  // ---- the language of these tests

  private static TestSystem copyOf(RecordKind kind) {
    TestSystem system = new TestSystem();
    kind.crmHas(system, ID, kind.named("Ann", "Oslo"));
    system.install();
    system.settle();
    return system;
  }

  private static TestSystem anHourAfterTheCopyOf(RecordKind kind) {
    TestSystem system = copyOf(kind);
    system.time.advance(Duration.ofHours(1));
    return system;
  }

  /** What became of the events, in the order of their acceptance. */
  private static List<String> outcomes(TestSystem system) {
    return system.queue.recent(LOCATION, 100).stream()
        .sorted(Comparator.comparing(QueuedWebhook::id))
        .map(QueuedWebhook::outcome)
        .toList();
  }
}
