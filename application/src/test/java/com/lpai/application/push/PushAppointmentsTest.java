package com.lpai.application.push;

import static com.lpai.application.testing.TestSystem.LOCATION;
import static com.lpai.application.testing.TestSystem.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.application.edit.EditOutcome;
import com.lpai.application.edit.FieldProblem;
import com.lpai.application.testing.InMemoryCrm.Call;
import com.lpai.application.testing.InMemoryCrm.Fault;
import com.lpai.application.testing.TestSystem;
import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentField;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.GhlCalendarId;
import com.lpai.domain.sync.ConflictPolicy;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.sync.SyncPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Appointments that are written here are told GoHighLevel (spec 6). */
class PushAppointmentsTest {
  private static final Instant NINE = Instant.parse("2026-12-01T09:00:00Z");

  private final TestSystem system = TestSystem.installed();
  private final Contact ann =
      stored(
          system.editing.create(LOCATION, named("Ann", "a@example.com"), MirrorFixture.SOMEBODY));

  private static <R> R stored(EditOutcome<R> outcome) {
    assertThat(outcome).isInstanceOf(EditOutcome.Stored.class);
    return ((EditOutcome.Stored<R>) outcome).record();
  }

  private static FieldChanges at(AppointmentField field, Instant time) {
    return FieldChanges.of(field.fieldName(), new FieldValue.Moment(time));
  }

  private static FieldChanges set(AppointmentField field, String text) {
    return FieldChanges.of(field.fieldName(), FieldValue.text(text));
  }

  private static FieldChanges anHourFrom(Instant start) {
    return set(AppointmentField.CALENDAR_ID, "cal1")
        .with(at(AppointmentField.START, start))
        .with(at(AppointmentField.END, start.plus(Duration.ofHours(1))));
  }

  private Appointment made(FieldChanges values) {
    return stored(
        system.editingAppointments.create(LOCATION, about(), values, MirrorFixture.SOMEBODY));
  }

  private ContactReference about() {
    return new ContactReference.Resolved(ann.id());
  }

  private void edits(Appointment appointment, FieldChanges changes) {
    stored(
        system.editingAppointments.edit(
            LOCATION,
            appointment.id(),
            ContactReference.none(),
            changes,
            OptionalLong.empty(),
            MirrorFixture.SOMEBODY));
  }

  private Appointment now(Appointment appointment) {
    return system.appointments.find(LOCATION, appointment.id()).orElseThrow();
  }

  private Fields onlyThere() {
    Map<GhlAppointmentId, Fields> held = system.lists.appointmentsHeld();
    assertThat(held).hasSize(1);
    return held.values().iterator().next();
  }

  private void settleAfter(Duration duration) {
    system.time.advance(duration);
    system.settle();
  }

  private void isSynced(Appointment appointment) {
    assertThat(now(appointment).sync().problem()).isEmpty();
    assertThat(now(appointment).sync().phase()).isEqualTo(SyncPhase.SYNCED);
  }

  @Test
  void appointmentIsMadeThereAfterItsContact() {
    Appointment appointment = made(anHourFrom(NINE));

    system.settle();

    isSynced(appointment);
    assertThat(onlyThere().text(AppointmentField.GHL_CONTACT_ID.fieldName()))
        .isEqualTo(
            system.contacts.find(LOCATION, ann.id()).flatMap(Contact::crmId).orElseThrow().value());
  }

  /** A status that nobody chose is GoHighLevel's to choose. */
  @Test
  void trap69StatusIsNotForced() {
    made(anHourFrom(NINE));
    system.settle();

    assertThat(system.crm.calls("createAppointment").getFirst().values().values())
        .doesNotContainKey(AppointmentField.STATUS.fieldName());
  }

  @Test
  void scheduledIsNewThere() {
    made(anHourFrom(NINE).with(set(AppointmentField.STATUS, "Scheduled")));
    system.settle();

    assertThat(onlyThere().text(AppointmentField.STATUS.fieldName())).isEqualTo("new");
  }

  @ParameterizedTest
  @ValueSource(strings = {"active", "completed", "booked"})
  void statusThatGoHighLevelDoesNotTakeIsRefusedWithThoseThatItTakes(String status) {
    assertThat(problems(anHourFrom(NINE).with(set(AppointmentField.STATUS, status))))
        .containsExactly(
            new FieldProblem(
                "status",
                "It is one of scheduled, confirmed, cancelled, showed, noshow, invalid."));
  }

  private List<FieldProblem> problems(FieldChanges values) {
    return system.editingAppointments.create(LOCATION, about(), values, MirrorFixture.SOMEBODY)
            instanceof EditOutcome.Refused<Appointment>(List<FieldProblem> problems)
        ? problems
        : List.of();
  }

  @Test
  void whatIsNoAppointmentIsRefused() {
    assertThat(problems(FieldChanges.NONE))
        .extracting(FieldProblem::field)
        .containsExactly("calendarId", "start");
    assertThat(problems(anHourFrom(NINE).with(at(AppointmentField.END, NINE))))
        .extracting(FieldProblem::field)
        .containsExactly("end");
    assertThat(problems(anHourFrom(NINE).with(set(AppointmentField.CALENDAR_ID, "cal9"))))
        .containsExactly(
            new FieldProblem(
                "calendarId", "GoHighLevel has no such id here; it is one of cal1 (Calls cal1)."));
    assertThat(problems(anHourFrom(NINE).with(set(AppointmentField.USER_ID, "nobody"))))
        .extracting(FieldProblem::field)
        .containsExactly("userId");
  }

  @Test
  void userIsOneOfTheCalendarsTeam() {
    system.calendars.replaceAll(
        LOCATION,
        List.of(
            new Calendar(
                new GhlCalendarId("cal1"),
                "Calls",
                "",
                "",
                "",
                true,
                30,
                "mins",
                "",
                List.of("user7"))));

    assertThat(problems(anHourFrom(NINE).with(set(AppointmentField.USER_ID, "user1"))))
        .containsExactly(
            new FieldProblem(
                "userId", "GoHighLevel has no such id here; it is one of user7 (user7)."));
    assertThat(problems(anHourFrom(NINE).with(set(AppointmentField.USER_ID, "user7")))).isEmpty();
  }

  @Test
  void movedAppointmentIsAsLongAsBeforeOnBothSides() {
    Appointment appointment = made(anHourFrom(NINE));
    system.settle();
    Instant ten = NINE.plus(Duration.ofHours(1));

    edits(appointment, at(AppointmentField.START, ten));
    system.settle();

    isSynced(appointment);
    FieldValue end = new FieldValue.Moment(ten.plus(Duration.ofHours(1)));
    assertThat(now(appointment).fields().get(AppointmentField.END.fieldName())).isEqualTo(end);
    assertThat(onlyThere().get(AppointmentField.END.fieldName())).isEqualTo(end);
  }

  @Test
  void trap62ChangeOfTheTitleSendsTheTitleOnly() {
    Appointment appointment = made(anHourFrom(NINE));
    system.settle();

    edits(appointment, set(AppointmentField.TITLE, "Visit"));
    system.settle();

    assertThat(system.crm.calls("updateAppointment"))
        .extracting(Call::values)
        .containsExactly(set(AppointmentField.TITLE, "Visit"));
  }

  @Test
  void trap66And68CreateWhoseAnswerIsLostIsFoundByContactAndTime() {
    system.settle();
    system.crm.nextCreate(new Fault.LoseAnswer());
    Appointment appointment = made(anHourFrom(NINE));
    system.settle();
    assertThat(now(appointment).crmId()).isEmpty();

    settleAfter(Duration.ofSeconds(36));

    isSynced(appointment);
    assertThat(system.crm.calls("createAppointment")).hasSize(1);
    assertThat(now(appointment).crmId())
        .contains(system.lists.appointmentsHeld().keySet().iterator().next());
  }

  private void hasOneOf(String contact) {
    system.lists.editsAppointment(
        system.lists.hasAppointment("cal1", NINE), set(AppointmentField.GHL_CONTACT_ID, contact));
  }

  /** The list leaves out whose it is, and the appointment itself tells; then it is taken in. */
  @Test
  void appointmentWhoseContactIsNotListedIsReadAndFound() {
    system.settle();
    system.lists.listsNoContacts();
    system.crm.nextCreate(new Fault.LoseAnswer());
    Appointment appointment = made(anHourFrom(NINE));
    system.settle();

    settleAfter(Duration.ofSeconds(36));

    isSynced(appointment);
    assertThat(system.crm.calls("createAppointment")).hasSize(1);
    assertThat(system.crm.calls("event")).hasSize(2);
  }

  @Test
  void appointmentThatIsReadAndAnothersIsNotAdopted() {
    system.settle();
    system.lists.listsNoContacts();
    hasOneOf("somebody");
    system.crm.nextCreate(new Fault.Refuse(new CrmFailure.OutcomeUnknown("reset")));
    Appointment appointment = made(anHourFrom(NINE));
    system.settle();

    settleAfter(Duration.ofSeconds(36));

    isSynced(appointment);
    assertThat(system.lists.appointmentsHeld()).hasSize(2);
  }

  @Test
  void severalOfNobodyKnowsWhomAreShownToAPerson() {
    system.settle();
    system.lists.listsNoContacts();
    hasOneOf("somebody");
    system.crm.nextCreate(new Fault.LoseAnswer());
    Appointment appointment = made(anHourFrom(NINE));
    system.settle();

    settleAfter(Duration.ofSeconds(36));
    settleAfter(Duration.ofHours(2));

    assertThat(now(appointment).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(appointment).sync().problem())
        .startsWith("Please check: GoHighLevel does not say whose these appointments");
    assertThat(system.crm.calls("createAppointment")).hasSize(1);
  }

  /** It names no contact wherever it is asked: nothing is taken, and nothing is booked twice. */
  @Test
  void oneThatNamesNobodyIsShownToAPerson() {
    system.settle();
    GhlAppointmentId nobodys = system.lists.hasAppointment("cal1", NINE);
    system.crm.nextCreate(new Fault.Refuse(new CrmFailure.OutcomeUnknown("reset")));
    Appointment appointment = made(anHourFrom(NINE));
    system.settle();

    settleAfter(Duration.ofSeconds(36));

    assertThat(now(appointment).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(appointment).sync().problem()).endsWith(nobodys.value());
    assertThat(system.crm.calls("createAppointment")).hasSize(1);
  }

  /** Somebody else's appointment at the same time is no match. */
  @Test
  void appointmentOfAnotherContactAtThatTimeIsNotAdopted() {
    system.settle();
    hasOneOf("somebody");
    system.crm.nextCreate(new Fault.Refuse(new CrmFailure.OutcomeUnknown("reset")));
    Appointment appointment = made(anHourFrom(NINE));
    system.settle();

    settleAfter(Duration.ofSeconds(36));

    isSynced(appointment);
    assertThat(system.crm.calls("createAppointment")).hasSize(2);
    assertThat(system.lists.appointmentsHeld()).hasSize(2);
  }

  @Test
  void trap67RefusalIsShownAndTheNextEditTriesAgain() {
    system.settle();
    system.crm.nextCreate(
        new Fault.Refuse(new CrmFailure.Rejected(List.of(), "The calendar is full.")));
    Appointment appointment = made(anHourFrom(NINE));
    system.settle();
    assertThat(now(appointment).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(appointment).sync().problem()).isEqualTo("The calendar is full.");

    edits(appointment, at(AppointmentField.START, NINE.plus(Duration.ofHours(3))));
    system.settle();

    isSynced(appointment);
  }

  /** GoHighLevel told the word once, and refuses it from us. */
  @Test
  void appointmentIsCreatedAnewWithoutAWordThatGoHighLevelDoesNotTake() {
    Appointment appointment = made(anHourFrom(NINE));
    system.settle();
    GhlAppointmentId gone = system.lists.appointmentsHeld().keySet().iterator().next();
    Appointment told = now(appointment);
    system.appointments.save(
        LOCATION,
        told.merged(
            new CrmRecord<>(
                gone, set(AppointmentField.STATUS, "completed"), Set.of(), Instant.EPOCH),
            told.trace(),
            ConflictPolicy.OURS,
            Origin.WEBHOOK,
            system.time.instant()));
    system.lists.deletesAppointment(gone);
    edits(appointment, set(AppointmentField.TITLE, "Visit"));
    system.settle();

    system.editingAppointments.retry(LOCATION, appointment.id());
    system.settle();

    isSynced(appointment);
    assertThat(system.crm.calls("createAppointment").getLast().values().values())
        .doesNotContainKey(AppointmentField.STATUS.fieldName());
    assertThat(onlyThere().text(AppointmentField.TITLE.fieldName())).isEqualTo("Visit");
  }

  @Test
  void deletedAppointmentIsDeletedThere() {
    Appointment appointment = made(anHourFrom(NINE));
    system.settle();

    system.editingAppointments.delete(LOCATION, appointment.id(), OptionalLong.empty());
    system.settle();

    assertThat(system.lists.appointmentsHeld()).isEmpty();
  }
}
