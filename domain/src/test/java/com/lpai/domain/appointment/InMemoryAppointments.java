package com.lpai.domain.appointment;

import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.InMemoryRecords;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.MirroredField;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Appointments in memory. */
public final class InMemoryAppointments
    extends InMemoryRecords<AppointmentId, GhlAppointmentId, Appointment>
    implements AppointmentRepository {
  public InMemoryAppointments() {
    super(AppointmentId::new);
  }

  @Override
  public synchronized List<Appointment> findAbout(LocationId locationId, ContactId contact) {
    return of(locationId)
        .filter(Appointment::isLive)
        .filter(each -> each.contact().contactId().equals(Optional.of(contact)))
        .limit(Page.LARGEST)
        .toList();
  }

  @Override
  public List<Appointment> findWithoutContact(
      LocationId locationId, Collection<GhlContactId> named) {
    return of(locationId)
        .filter(Mirrored::isLive)
        .filter(record -> record.contact().contactId().isEmpty())
        .filter(record -> record.ghlContactId().filter(named::contains).isPresent())
        .limit(Page.LARGEST)
        .toList();
  }

  @Override
  public synchronized Page<Appointment> list(LocationId locationId, AppointmentQuery query) {
    List<Appointment> found =
        of(locationId)
            .filter(Mirrored::isLive)
            .filter(appointment -> isWanted(appointment, query))
            .sorted(Comparator.comparing(InMemoryAppointments::place))
            .filter(appointment -> place(appointment).compareTo(query.cursor()) > 0)
            .limit(query.limit() + 1L)
            .toList();
    if (found.size() <= query.limit()) {
      return new Page<>(found, "");
    }
    List<Appointment> page = found.subList(0, query.limit());
    return new Page<>(page, place(page.getLast()));
  }

  private static String place(Appointment appointment) {
    return appointment.start() + " " + appointment.id();
  }

  private static boolean isWanted(Appointment appointment, AppointmentQuery query) {
    return !appointment.start().isBefore(query.from())
        && appointment.start().isBefore(query.to())
        && is(appointment, AppointmentField.CALENDAR_ID, query.calendarId())
        && is(appointment, AppointmentField.USER_ID, query.userId())
        && is(appointment, AppointmentField.STATUS, query.status())
        && (query.phases().isEmpty() || query.phases().contains(appointment.sync().phase()))
        && (query.contactId().isEmpty()
            || appointment
                .contact()
                .contactId()
                .filter(id -> id.value().equals(query.contactId()))
                .isPresent());
  }

  private static boolean is(Appointment appointment, MirroredField field, String wanted) {
    return wanted.isEmpty() || appointment.fields().text(field.fieldName()).equals(wanted);
  }

  @Override
  public synchronized List<Appointment> findBlockedAbout(LocationId locationId, ContactId contact) {
    return of(locationId)
        .filter(Appointment::isLive)
        .filter(each -> each.sync().phase() == SyncPhase.BLOCKED)
        .filter(each -> each.contact().contactId().equals(Optional.of(contact)))
        .toList();
  }
}
