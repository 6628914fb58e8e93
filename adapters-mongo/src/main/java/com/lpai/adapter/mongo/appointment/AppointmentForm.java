package com.lpai.adapter.mongo.appointment;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.mirror.ContactReferences;
import com.lpai.adapter.mongo.mirror.MirrorForm;
import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentField;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.MirrorState;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;

/** An appointment's document holds whom it is about beside its fields. */
final class AppointmentForm implements MirrorForm<AppointmentId, GhlAppointmentId, Appointment> {
  @Override
  public String kind() {
    return "appointment";
  }

  @Override
  public String crmIdField() {
    return "ghlAppointmentId";
  }

  @Override
  public FieldTable table() {
    return AppointmentField.TABLE;
  }

  @Override
  public Function<String, AppointmentId> ids() {
    return AppointmentId::new;
  }

  @Override
  public Function<String, GhlAppointmentId> crmIds() {
    return GhlAppointmentId::new;
  }

  @Override
  public Appointment record(
      MirrorState<AppointmentId, GhlAppointmentId> state, StoredDocument stored) {
    return new Appointment(state, ContactReferences.read(stored));
  }

  @Override
  public void writeOwnParts(Appointment appointment, Document document) {
    ContactReferences.write(appointment.contact(), document);
  }

  @Override
  public List<String> ownParts() {
    return List.of(ContactReferences.CONTACT_ID);
  }
}
