package com.lpai.domain.appointment;

import static com.lpai.domain.appointment.AppointmentFixture.anAppointment;
import static com.lpai.domain.appointment.AppointmentFixture.anyGhlAppointmentId;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.contact.AboutContactRepositoryContract;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.SaveOutcome;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.sync.SyncState;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link AppointmentRepository} promises. Each test has locations of its own. */
public interface AppointmentRepositoryContract
    extends AboutContactRepositoryContract<AppointmentId, GhlAppointmentId, Appointment> {
  /** The repository under test; other tests' locations may be in it. */
  AppointmentRepository appointments();

  @Override
  default AppointmentRepository records() {
    return appointments();
  }

  @Override
  default AppointmentFixture aRecord() {
    return anAppointment();
  }

  @Override
  default GhlAppointmentId anyCrmId() {
    return anyGhlAppointmentId();
  }

  @Override
  default AppointmentId unknownId() {
    return new AppointmentId("no-such-id");
  }

  @Override
  default FieldName textField() {
    return AppointmentField.TITLE.fieldName();
  }

  @Test
  default void anAppointmentComesBackAsItWas() {
    Appointment appointment =
        in(TenantFixture.anyLocation())
            .linkedTo(anyGhlAppointmentId())
            .about(new ContactId("507f1f77bcf86cd799439011"))
            .startingAt(START)
            .with(AppointmentField.END.fieldName(), new FieldValue.Moment(START.plusSeconds(1800)))
            .with(AppointmentField.STATUS, "rescheduled")
            .with(AppointmentField.GHL_CONTACT_ID, "ghl-contact")
            .build();

    Appointment stored = saved(appointment);

    assertThat(appointments().find(appointment.locationId(), appointment.id())).contains(stored);
    assertThat(stored.flagged()).containsExactly(AppointmentField.STATUS.fieldName());
  }

  @Test
  default void appointmentsOfASpanAreListedByTheirBeginning() {
    LocationId location = TenantFixture.anyLocation();
    Appointment late = saved(in(location).startingAt(START.plusSeconds(60)));
    Appointment first = saved(in(location).startingAt(START));
    Appointment second = saved(in(location).startingAt(START));
    saved(in(location).startingAt(START.minusMillis(1)));
    saved(in(location).startingAt(START.plusSeconds(61)));
    saved(in(location).startingAt(START).deletedInCrm(START));

    List<Appointment> shown = new ArrayList<>();
    String cursor = "";
    do {
      Page<Appointment> page =
          appointments()
              .list(location, AppointmentQuery.between(START, START.plusSeconds(61), 1, cursor));
      assertThat(page.items()).hasSize(1);
      shown.addAll(page.items());
      cursor = page.nextCursor();
    } while (!cursor.isEmpty());

    assertThat(shown).containsExactly(first, second, late);
    assertThat(all(TenantFixture.anyLocation(), "", "", "", "")).isEmpty();
  }

  @Test
  default void filtersNarrowTheList() {
    LocationId location = TenantFixture.anyLocation();
    ContactId ann = new ContactId("507f1f77bcf86cd799439011");
    Appointment one =
        saved(
            in(location)
                .startingAt(START)
                .about(ann)
                .with(AppointmentField.CALENDAR_ID, "c1")
                .with(AppointmentField.USER_ID, "u1")
                .with(AppointmentField.STATUS, "confirmed"));
    Appointment other =
        saved(in(location).startingAt(START).with(AppointmentField.CALENDAR_ID, "c2"));

    assertThat(all(location, "", "", "", "")).containsExactlyInAnyOrder(one, other);
    assertThat(all(location, "c1", "", "", "")).containsExactly(one);
    assertThat(all(location, "", "u1", "", "")).containsExactly(one);
    assertThat(all(location, "", "", ann.value(), "")).containsExactly(one);
    assertThat(all(location, "", "", "", "confirmed")).containsExactly(one);
    assertThat(all(location, "c2", "u1", "", "")).isEmpty();
  }

  private List<Appointment> all(
      LocationId location, String calendar, String user, String contact, String status) {
    return appointments()
        .list(
            location,
            new AppointmentQuery(
                10, "", START, START.plusSeconds(3600), calendar, user, contact, status, Set.of()))
        .items();
  }

  @Test
  default void thoseInSomeStatesAreListedByTheirBeginning() {
    LocationId location = TenantFixture.anyLocation();
    SyncState refused = SyncState.SYNCED.failed("The slot is taken.");
    SyncState waits = SyncState.SYNCED.blocked(START, "It waits.");
    saved(in(location).startingAt(START));
    Appointment late = saved(in(location).startingAt(START.plusSeconds(9)).withSync(refused));
    Appointment early = saved(in(location).startingAt(START.plusSeconds(1)).withSync(waits));
    saved(in(location).startingAt(START).withSync(refused).deletedHere(START));
    saved(in(TenantFixture.anyLocation()).startingAt(START).withSync(refused));

    assertThat(inStates(location, "", SyncPhase.FAILED, SyncPhase.BLOCKED).items())
        .containsExactly(early);
    String cursor = inStates(location, "", SyncPhase.FAILED, SyncPhase.BLOCKED).nextCursor();
    assertThat(inStates(location, cursor, SyncPhase.FAILED, SyncPhase.BLOCKED).items())
        .containsExactly(late);
    assertThat(inStates(location, "", SyncPhase.FAILED).items()).containsExactly(late);
    assertThat(inStates(location, "", SyncPhase.PENDING).items()).isEmpty();
  }

  private Page<Appointment> inStates(LocationId location, String cursor, SyncPhase... phases) {
    return appointments()
        .list(
            location,
            new AppointmentQuery(
                1, cursor, START, START.plusSeconds(60), "", "", "", "", Set.of(phases)));
  }

  @Test
  default void whatWaitsForAContactIsFound() {
    LocationId location = TenantFixture.anyLocation();
    ContactId ann = new ContactId("507f1f77bcf86cd799439011");
    SyncState blocked = SyncState.SYNCED.blocked(START, "It waits.");
    Appointment waiting = saved(in(location).about(ann).withSync(blocked));
    saved(in(location).about(ann).pendingSince(START));
    saved(in(location).about(new ContactId("507f1f77bcf86cd799439012")).withSync(blocked));
    saved(in(location).withSync(blocked));
    saved(in(location).about(ann).withSync(blocked).deletedHere(START));
    saved(in(TenantFixture.anyLocation()).about(ann).withSync(blocked));

    assertThat(appointments().findBlockedAbout(location, ann)).containsExactly(waiting);
  }

  private AppointmentFixture in(LocationId location) {
    return anAppointment().withId(appointments().nextId()).in(location);
  }

  private Appointment saved(AppointmentFixture fixture) {
    return saved(fixture.build());
  }

  private Appointment saved(Appointment appointment) {
    assertThat(appointments().save(appointment.locationId(), appointment))
        .isEqualTo(new SaveOutcome.Saved<>(appointment.atVersion(1)));
    return appointment.atVersion(1);
  }
}
