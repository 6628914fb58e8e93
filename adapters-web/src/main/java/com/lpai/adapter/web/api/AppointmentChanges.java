package com.lpai.adapter.web.api;

import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.domain.appointment.AppointmentField;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.Fields;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Set;

/** Reads the body of a create or of a merge patch of an appointment. */
final class AppointmentChanges extends RecordChanges {
  private static final Set<String> SET_BY_SERVER = Set.of("ghlAppointmentId", "ghlContactId");

  private AppointmentChanges(Fields present) {
    super(AppointmentField.TABLE, SET_BY_SERVER, present);
  }

  /**
   * The changes that a body asks for.
   *
   * @param present the appointment's values now; none for a new one
   * @throws ProblemException 400, naming every property that is unknown or not accepted
   */
  static FieldChanges read(JsonObject body, Fields present) {
    return new AppointmentChanges(present).read(body);
  }

  @Override
  boolean isSpecial(String name) {
    return false;
  }

  @Override
  void special(String name, JsonValue value) {
    throw new IllegalStateException("an appointment has plain fields only");
  }
}
