package com.lpai.domain.appointment;

import com.lpai.domain.contact.AboutContact;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorState;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;

/** An appointment as we hold it. */
public final class Appointment extends AboutContact<AppointmentId, GhlAppointmentId, Appointment> {

  public Appointment(MirrorState<AppointmentId, GhlAppointmentId> state, ContactReference contact) {
    super(state, contact);
  }

  /** An appointment that a user made here; it is pushed as soon as it is stored. */
  public static Appointment createdHere(
      AppointmentId id,
      LocationId locationId,
      ContactReference contact,
      FieldChanges values,
      Origin by,
      Instant now) {
    return new Appointment(MirrorState.createdHere(id, locationId, values, by, now), contact);
  }

  /** An appointment that the CRM had first, before anything of it is merged in. */
  public static Appointment foundInCrm(
      AppointmentId id, LocationId locationId, GhlAppointmentId crmId, Instant now) {
    return new Appointment(
        MirrorState.foundInCrm(id, locationId, crmId, now), ContactReference.none());
  }

  @Override
  protected Appointment with(
      MirrorState<AppointmentId, GhlAppointmentId> changed, ContactReference about) {
    return new Appointment(changed, about);
  }

  @Override
  protected Appointment self() {
    return this;
  }

  @Override
  protected FieldName ghlContactField() {
    return AppointmentField.GHL_CONTACT_ID.fieldName();
  }

  @Override
  public FieldTable table() {
    return AppointmentField.TABLE;
  }

  /** When it begins; {@link Instant#EPOCH} when that is not known. */
  public Instant start() {
    return fields().get(AppointmentField.START.fieldName()) instanceof FieldValue.Moment(Instant at)
        ? at
        : Instant.EPOCH;
  }
}
