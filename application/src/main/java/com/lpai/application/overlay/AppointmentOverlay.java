package com.lpai.application.overlay;

import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.AppointmentQuery;
import com.lpai.domain.appointment.AppointmentRepository;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

final class AppointmentOverlay extends MirrorOverlay<AppointmentId, GhlAppointmentId, Appointment>
    implements AppointmentRepository {
  private final AppointmentRepository stored;

  AppointmentOverlay(AppointmentRepository stored) {
    super(stored);
    this.stored = stored;
  }

  @Override
  Optional<String> contactOf(Appointment appointment) {
    return appointment.contact().contactId().map(ContactId::value);
  }

  @Override
  public List<Appointment> findAbout(LocationId locationId, ContactId contact) {
    return stored.findAbout(locationId, contact);
  }

  @Override
  public List<Appointment> findWithoutContact(
      LocationId locationId, Collection<GhlContactId> named) {
    return stored.findWithoutContact(locationId, named);
  }

  @Override
  public Page<Appointment> list(LocationId locationId, AppointmentQuery query) {
    return stored.list(locationId, query);
  }

  @Override
  public List<Appointment> findBlockedAbout(LocationId locationId, ContactId contact) {
    return stored.findBlockedAbout(locationId, contact);
  }
}
