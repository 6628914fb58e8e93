package com.lpai.domain.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.GhlCalendarId;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link CrmAppointments} promises of writes. */
public interface CrmAppointmentsContract {
  /** A time that no calendar offers. */
  Instant AT_NIGHT = Instant.parse("2027-03-07T03:07:00Z");

  CrmAppointments appointments();

  LocationId location();

  /** A contact that the CRM has; another one each time. */
  GhlContactId aContact();

  /** A calendar that the CRM has, with somebody in its team. */
  GhlCalendarId calendar();

  private FieldChanges visit(GhlContactId contact, Instant start) {
    return set(AppointmentField.TITLE, "Visit")
        .with(set(AppointmentField.CALENDAR_ID, calendar().value()))
        .with(set(AppointmentField.GHL_CONTACT_ID, contact.value()))
        .with(from(start));
  }

  private static FieldChanges from(Instant start) {
    return FieldChanges.of(AppointmentField.START.fieldName(), new FieldValue.Moment(start))
        .with(
            AppointmentField.END.fieldName(),
            new FieldValue.Moment(start.plus(Duration.ofMinutes(40))));
  }

  private static FieldChanges set(AppointmentField field, String text) {
    return FieldChanges.of(field.fieldName(), FieldValue.text(text));
  }

  private static <T> T done(CrmResult<T> result) {
    assertThat(result).isInstanceOf(CrmResult.Done.class);
    return ((CrmResult.Done<T>) result).value();
  }

  private CrmResult<CrmRecord<GhlAppointmentId>> found(GhlAppointmentId id) {
    return appointments().find(location(), id, ZoneId.of("UTC"), CallPriority.USER);
  }

  private Fields fields(GhlAppointmentId id) {
    return Fields.NONE.apply(done(found(id)).fields());
  }

  /** Trap 66: the id is read where it is, and the calendar need not offer the time. */
  @Test
  default void whatWasCreatedIsReadAsItWasSent() {
    FieldChanges visit = visit(aContact(), AT_NIGHT);
    GhlAppointmentId id = done(appointments().create(location(), visit));

    assertThat(fields(id).values()).containsAllEntriesOf(visit.values());
  }

  @Test
  default void whatWasCreatedIsListedAtOnce() {
    Instant start = AT_NIGHT.plus(Duration.ofDays(1));
    GhlAppointmentId id = done(appointments().create(location(), visit(aContact(), start)));

    List<CrmRecord<GhlAppointmentId>> listed =
        done(
            appointments()
                .inWindow(
                    location(),
                    calendar(),
                    start,
                    start.plus(Duration.ofMinutes(1)),
                    ZoneId.of("UTC"),
                    CallPriority.USER));

    assertThat(listed).extracting(CrmRecord::id).contains(id);
  }

  @Test
  default void anUpdateChangesWhatItSaysAndNothingElse() {
    FieldChanges visit = visit(aContact(), AT_NIGHT.plus(Duration.ofDays(2)));
    GhlAppointmentId id = done(appointments().create(location(), visit));

    done(appointments().update(location(), id, set(AppointmentField.TITLE, "Second visit")));

    assertThat(fields(id).values())
        .containsAllEntriesOf(visit.with(set(AppointmentField.TITLE, "Second visit")).values());
  }

  @Test
  default void anAppointmentIsMovedWhetherOrNotTheTimeIsFree() {
    GhlAppointmentId id =
        done(
            appointments()
                .create(location(), visit(aContact(), AT_NIGHT.plus(Duration.ofDays(3)))));
    FieldChanges moved = from(AT_NIGHT.plus(Duration.ofDays(4)));

    done(appointments().update(location(), id, moved));

    assertThat(fields(id).values()).containsAllEntriesOf(moved.values());
  }

  /** Trap 70: what we call scheduled is told in the CRM's word. */
  @Test
  default void aStatusIsToldInTheCrmsWord() {
    GhlAppointmentId id =
        done(
            appointments()
                .create(location(), visit(aContact(), AT_NIGHT.plus(Duration.ofDays(5)))));

    done(appointments().update(location(), id, set(AppointmentField.STATUS, "scheduled")));

    assertThat(fields(id).text(AppointmentField.STATUS.fieldName())).isEqualTo("new");
  }

  @Test
  default void whatWasDeletedIsNotFound() {
    GhlAppointmentId id =
        done(
            appointments()
                .create(location(), visit(aContact(), AT_NIGHT.plus(Duration.ofDays(6)))));

    done(appointments().delete(location(), id));

    assertThat(failure(found(id))).isInstanceOf(CrmFailure.NotFound.class);
    assertThat(
            failure(appointments().update(location(), id, set(AppointmentField.TITLE, "Too late"))))
        .isInstanceOf(CrmFailure.NotFound.class);
    assertThat(failure(appointments().delete(location(), id)))
        .isInstanceOf(CrmFailure.NotFound.class);
  }

  private static CrmFailure failure(CrmResult<?> result) {
    assertThat(result).isInstanceOf(CrmResult.Failed.class);
    return ((CrmResult.Failed<?>) result).failure();
  }
}
