package com.lpai.application.appointment;

import com.lpai.application.contact.ContactLinks;
import com.lpai.application.mirror.IntakeRules;
import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentField;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.AppointmentNormalizer;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;

/** How appointments are taken in: known by the CRM's id alone, about the contact that it names. */
final class AppointmentRules implements IntakeRules<AppointmentId, GhlAppointmentId, Appointment> {
  private final AppointmentNormalizer normalizer = new AppointmentNormalizer();
  private final ContactLinks links;

  AppointmentRules(ContactLinks links) {
    this.links = links;
  }

  @Override
  public MirrorKind kind() {
    return MirrorKind.APPOINTMENTS;
  }

  @Override
  public SetupStep step() {
    return SetupStep.APPOINTMENTS;
  }

  @Override
  public List<FieldName> identifying() {
    return List.of(AppointmentField.CALENDAR_ID.fieldName(), AppointmentField.START.fieldName());
  }

  @Override
  public CrmRecord<GhlAppointmentId> normalised(
      Location location, CrmRecord<GhlAppointmentId> said) {
    return normalizer.normalise(said);
  }

  @Override
  public Appointment foundInCrm(
      AppointmentId id, LocationId locationId, GhlAppointmentId crmId, Instant now) {
    return Appointment.foundInCrm(id, locationId, crmId, now);
  }

  @Override
  public List<Resolved<Appointment>> resolved(
      LocationId locationId, List<Appointment> appointments) {
    return links.resolved(locationId, appointments);
  }
}
