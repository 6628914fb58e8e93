package com.lpai.application.reconcile;

import static com.lpai.application.testing.TestSystem.LOCATION;
import static com.lpai.application.testing.TestSystem.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lpai.application.testing.TestSystem;
import com.lpai.application.work.Chore;
import com.lpai.application.work.Instance;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.reconcile.Delta;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.sync.StorageUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReadingChangesTest {
  private static final FieldName CITY = ContactField.CITY.fieldName();
  private static final FieldValue ROME = FieldValue.text("Rome");

  private final TestSystem system = new TestSystem();

  private List<GhlContactId> installedWith(int contacts) {
    List<GhlContactId> ids = new ArrayList<>();
    for (int i = 0; i < contacts; i++) {
      ids.add(system.crm.has(LOCATION, named("Jane", "jane" + i + "@example.com")));
    }
    install();
    system.time.advance(Duration.ofMinutes(40));
    system.reconcile();
    return ids;
  }

  private void install() {
    system.install();
    system.settle();
    system.reconcile();
  }

  private Delta delta() {
    return system.reconciling.proofs().state(LOCATION).orElseThrow().delta();
  }

  private String cityOf(GhlContactId id) {
    return contact(id).fields().text(CITY);
  }

  private Contact contact(GhlContactId id) {
    return system.contacts.findByCrmId(LOCATION, id).orElseThrow();
  }

  @Test
  void aChangeWhoseWebhookWasLostIsHereAfterTheNextReadingAndCounted() {
    GhlContactId id = installedWith(2).getFirst();
    system.time.advance(Duration.ofMinutes(1));
    system.crm.edits(LOCATION, id, CITY, ROME);

    system.time.advance(Duration.ofMinutes(40));
    system.reconcile();

    assertThat(cityOf(id)).isEqualTo("Rome");
    assertThat(delta().repaired()).isOne();
    assertThat(delta().repairedLast()).isOne();
    assertThat(delta().watermark(MirrorKind.CONTACTS).upTo()).isEqualTo(system.time.instant());
    assertThat(system.pushing.due(10)).as("nothing goes back (trap 45)").isEmpty();
  }

  /** Pages promise no complete list of such elements, so the record is read. */
  @Test
  void anElementThatWasClearedThereUnnoticedIsClearedHere() {
    FieldName roof = FieldName.element(ContactField.CUSTOM_FIELDS, "roof");
    GhlContactId id = system.crm.has(LOCATION, named("Roof", "roof@example.com").with(roof, ROME));
    installedWith(1);
    assertThat(contact(id).fields().get(roof)).isEqualTo(ROME);
    system.time.advance(Duration.ofMinutes(1));
    system.crm.edits(LOCATION, id, roof, FieldValue.cleared());

    system.time.advance(Duration.ofMinutes(40));
    system.reconcile();

    assertThat(contact(id).fields().get(roof).isCleared()).isTrue();
  }

  static List<CrmFailure> failuresOfOneRecord() {
    return List.of(
        new CrmFailure.Rejected(List.of(), "bad request"),
        new CrmFailure.Forbidden("no"),
        new CrmFailure.Unavailable("away"));
  }

  /** The next proof finds it. */
  @ParameterizedTest
  @MethodSource("failuresOfOneRecord")
  void oneRecordThatCannotBeReadKeepsNoOther(CrmFailure failure) {
    FieldName roof = FieldName.element(ContactField.CUSTOM_FIELDS, "roof");
    GhlContactId unreadable =
        system.crm.has(LOCATION, named("Roof", "roof@example.com").with(roof, ROME));
    GhlContactId other = installedWith(1).getFirst();
    system.time.advance(Duration.ofMinutes(1));
    system.crm.edits(LOCATION, unreadable, roof, FieldValue.cleared());
    system.crm.edits(LOCATION, other, CITY, ROME);
    system.crm.breaks("find", failure);
    Instant before = delta().watermark(MirrorKind.CONTACTS).upTo();

    system.time.advance(Duration.ofMinutes(40));
    for (int i = 0; i < 5 && delta().watermark(MirrorKind.CONTACTS).upTo().equals(before); i++) {
      system.reconcile();
      system.time.set(delta().dueAt());
    }

    assertThat(cityOf(other)).isEqualTo("Rome");
    assertThat(delta().watermark(MirrorKind.CONTACTS).upTo()).isAfter(before);
    assertThat(delta().problem()).contains("1 could not be read", failure.message());
  }

  /** The first reading begins where the copy did, not where it ended. */
  @Test
  void theFirstReadingBeginsBeforeTheCopyBegan() {
    install();
    Instant copied =
        system.checkpoints.find(LOCATION, SetupStep.CONTACTS).orElseThrow().completeUpTo();

    system.time.advance(Duration.ofMinutes(40));
    system.crm.breaks("page", new CrmFailure.Unavailable("away"));
    system.reconcile();

    assertThat(delta().watermark(MirrorKind.CONTACTS).since())
        .isEqualTo(copied.minus(ReconcileSettings.STANDARD.overlap()));
    assertThat(delta().problem()).isEqualTo("away");
  }

  @Test
  void aChangeThatTheWebhookBroughtIsNoDrift() {
    GhlContactId id = installedWith(1).getFirst();
    system.time.advance(Duration.ofHours(1));
    system.reconcile();
    long before = delta().repaired();
    system.crm.edits(LOCATION, id, CITY, ROME);
    system.intake.absorbRead(
        LOCATION,
        system.crm.event(LOCATION, id),
        system.time.advance(Duration.ofSeconds(1)),
        Origin.WEBHOOK);

    system.time.advance(Duration.ofHours(1));
    system.reconcile();

    assertThat(cityOf(id)).isEqualTo("Rome");
    assertThat(delta().repaired()).isEqualTo(before);
  }

  /** Trap 56: a page is merged like everything else; what was edited here stays. */
  @Test
  void anEditOfOursIsNotOverwritten() {
    GhlContactId id = installedWith(1).getFirst();
    Contact ours = contact(id);
    system.time.advance(Duration.ofMinutes(5));
    system.contacts.save(
        LOCATION,
        ours.edited(
            FieldChanges.of(CITY, FieldValue.text("Bari")),
            MirrorFixture.SOMEBODY,
            system.time.instant()));
    system.crm.edits(LOCATION, id, ContactField.SOURCE.fieldName(), FieldValue.text("fair"));

    system.time.advance(Duration.ofMinutes(40));
    system.reconcile();

    assertThat(cityOf(id)).isEqualTo("Bari");
    assertThat(contact(id).fields().text(ContactField.SOURCE.fieldName())).isEqualTo("fair");
    assertThat(contact(id).sync().dirty()).containsOnlyKeys(CITY);
  }

  /** A page that was stored is not read again; the watermark waits for the last one. */
  @Test
  void aReadingThatIsInterruptedGoesOnAtItsPageAndItsWatermarkMovesAtTheEnd() {
    List<GhlContactId> ids = installedWith(700);
    Instant before = delta().watermark(MirrorKind.CONTACTS).upTo();
    system.time.advance(Duration.ofMinutes(1));
    ids.forEach(id -> system.crm.edits(LOCATION, id, CITY, ROME));
    system.time.advance(Duration.ofMinutes(40));
    int pages = system.crm.pagesSent();
    system.crm.during(
        "page", () -> system.crm.during("page", () -> system.crm.breaks("page", AWAY)));

    system.reconcile();

    assertThat(delta().watermark(MirrorKind.CONTACTS).upTo()).isEqualTo(before);
    assertThat(delta().watermark(MirrorKind.CONTACTS).cursor()).isNotEmpty();
    assertThat(delta().problem()).isEqualTo("away");
    system.crm.worksAgain("page");
    system.time.advance(Duration.ofMinutes(1));
    system.reconcile();
    assertThat(delta().watermark(MirrorKind.CONTACTS).upTo()).isAfter(before);
    assertThat(system.crm.pagesSent() - pages).isEqualTo(2);
    assertThat(ids).allMatch(id -> cityOf(id).equals("Rome"));
    assertThat(delta().repairedLast()).isEqualTo(700);
  }

  private static final CrmFailure AWAY = new CrmFailure.Unavailable("away");

  /** A crash before each write of the place repeats a page, and skips none. */
  @Test
  void aCrashAnywhereSkipsNothing() {
    List<GhlContactId> ids = installedWith(700);
    for (int crash = 0; crash < 6; crash++) {
      FieldValue city = FieldValue.text("City " + crash);
      system.time.advance(Duration.ofMinutes(1));
      ids.forEach(id -> system.crm.edits(LOCATION, id, CITY, city));
      system.time.advance(Duration.ofHours(5));
      crashesAtSave(crash);

      assertThatThrownBy(system::reconcile).isInstanceOf(StorageUnavailableException.class);
      system.reconcile();

      String wanted = "City " + crash;
      assertThat(ids).allMatch(id -> cityOf(id).equals(wanted));
    }
  }

  private void crashesAtSave(int number) {
    system.reconciliations.beforeNextSave(
        () -> {
          if (number == 0) {
            throw new StorageUnavailableException("crash", new IllegalStateException("crash"));
          }
          crashesAtSave(number - 1);
        });
  }

  @Test
  void whereNothingChangesItIsReadLessAndLessOftenAndAtOnceOftenAgain() {
    GhlContactId id = installedWith(1).getFirst();
    List<Duration> intervals = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      system.time.set(delta().dueAt());
      system.reconcile();
      intervals.add(delta().interval());
    }
    system.time.advance(Duration.ofMinutes(1));
    system.crm.edits(LOCATION, id, CITY, ROME);
    system.time.set(delta().dueAt());
    system.reconcile();

    assertThat(intervals).isSorted();
    assertThat(intervals.getLast()).isEqualTo(ReconcileSettings.STANDARD.quiet());
    assertThat(delta().interval()).isEqualTo(ReconcileSettings.STANDARD.active());
  }

  @Test
  void projectsAreReadByTheirChangesAndAppointmentsThatAreNearByTheirTime() {
    installedWith(1);
    var opportunity =
        system.lists.hasOpportunity(
            FieldChanges.of(ProjectField.TITLE.fieldName(), FieldValue.text("Boiler")));
    var appointment =
        system.lists.hasAppointment("cal1", system.time.instant().plus(Duration.ofDays(2)));
    var far = system.lists.hasAppointment("cal1", system.time.instant().plus(Duration.ofDays(60)));

    system.time.advance(Duration.ofMinutes(40));
    system.reconcile();

    assertThat(system.projects.findByCrmId(LOCATION, opportunity)).isPresent();
    assertThat(system.appointments.findByCrmId(LOCATION, appointment)).isPresent();
    assertThat(system.appointments.findByCrmId(LOCATION, far)).isEmpty();
  }

  @Test
  void aKindThatIsRefusedKeepsNoOtherAndIsNamed() {
    installedWith(1);
    system.crm.breaks("page", new CrmFailure.Forbidden("no contacts for you"));
    var opportunity =
        system.lists.hasOpportunity(
            FieldChanges.of(ProjectField.TITLE.fieldName(), FieldValue.text("Boiler")));
    Instant before = delta().watermark(MirrorKind.CONTACTS).upTo();

    system.time.advance(Duration.ofMinutes(40));
    system.reconcile();

    assertThat(system.projects.findByCrmId(LOCATION, opportunity)).isPresent();
    assertThat(delta().watermark(MirrorKind.CONTACTS).upTo()).isEqualTo(before);
    assertThat(delta().problem()).contains("contacts", "no contacts for you");
  }

  @Test
  void oneInstanceAtATimeReconcilesALocation() {
    installedWith(1);
    Instance other =
        new Instance("instance2", system.time, system.instance.token(), system.instance.jitter());
    system.time.advance(Duration.ofMinutes(40));
    int[] pages = {0};
    system.crm.during(
        "page",
        () -> {
          int before = system.crm.callCount();
          List<Chore> found = system.reconcilingBy(other).chores().due();
          assertThat(found).isNotEmpty();
          found.forEach(chore -> chore.work().run());
          pages[0] = system.crm.callCount() - before;
        });

    system.reconcile();

    assertThat(pages[0]).isZero();
    assertThat(delta().finishedAt()).isEqualTo(system.time.instant());
  }
}
