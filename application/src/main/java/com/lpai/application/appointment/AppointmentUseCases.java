package com.lpai.application.appointment;

import com.lpai.application.contact.ContactLinks;
import com.lpai.application.contact.MissingContacts;
import com.lpai.application.directory.DirectoryReadings;
import com.lpai.application.edit.EditAboutContactUseCase;
import com.lpai.application.edit.EditUseCases;
import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.AppointmentQuery;
import com.lpai.domain.appointment.AppointmentRepository;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.Optional;

/** The door to the appointment use cases. */
public final class AppointmentUseCases {
  private AppointmentUseCases() {}

  /**
   * Taking in what the CRM tells.
   *
   * @param missing for contacts that are named and not here
   */
  public static Intake<GhlAppointmentId> intake(
      AppointmentRepository appointments,
      ContactRepository contacts,
      LocationRepository locations,
      MissingContacts missing,
      Instance instance) {
    return Intake.of(
        appointments,
        locations,
        new AppointmentRules(new ContactLinks(contacts, missing)),
        instance);
  }

  /** Writing appointments here. */
  public static EditAboutContactUseCase<AppointmentId, Appointment> editing(
      AppointmentRepository appointments,
      ContactRepository contacts,
      DirectoryReadings.Stores directory,
      WorkSignals signals,
      Instance instance) {
    return EditUseCases.aboutContacts(
        appointments,
        contacts,
        new AppointmentEditRules(directory.calendars(), directory.users()),
        signals,
        instance);
  }

  public static AppointmentQueries queries(AppointmentRepository appointments) {
    return new AppointmentQueries() {
      @Override
      public Optional<Appointment> find(LocationId locationId, AppointmentId id) {
        return appointments.find(locationId, id).filter(Appointment::isLive);
      }

      @Override
      public Page<Appointment> list(LocationId locationId, AppointmentQuery query) {
        return appointments.list(locationId, query);
      }
    };
  }
}
