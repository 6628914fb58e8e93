package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.domain.appointment.Appointment;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * An appointment as the REST API shows it (docs/rest-api.md); a field without a value is absent.
 */
final class AppointmentJson {
  private AppointmentJson() {}

  static JsonObject of(Appointment appointment) {
    JsonObjectBuilder json = JSON.createObjectBuilder().add("id", appointment.id().value());
    appointment.crmId().ifPresent(id -> json.add("ghlAppointmentId", id.value()));
    appointment.contact().contactId().ifPresent(id -> json.add("contactId", id.value()));
    RecordJson.addFields(json, appointment);
    RecordJson.addState(json, appointment);
    return json.build();
  }
}
