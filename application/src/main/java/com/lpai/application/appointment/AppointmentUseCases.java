package com.lpai.application.appointment;

import com.lpai.application.contact.ContactLinks;
import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Instance;
import com.lpai.domain.appointment.AppointmentRepository;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.location.LocationRepository;

/** The door to the appointment use cases. */
public final class AppointmentUseCases {
  private AppointmentUseCases() {}

  public static Intake<GhlAppointmentId> intake(
      AppointmentRepository appointments,
      ContactRepository contacts,
      LocationRepository locations,
      Instance instance) {
    return Intake.of(
        appointments, locations, new AppointmentRules(new ContactLinks(contacts)), instance);
  }
}
