package com.lpai.adapter.ghl.appointment;

import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.adapter.ghl.record.FieldReads;
import com.lpai.adapter.ghl.record.Records;
import com.lpai.domain.appointment.AppointmentField;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads appointments as a list of events and {@code GET /calendars/events/appointments/{id}} show
 * them, which is the same way (ghl-facts.md 3.3): a field that is absent has no value. In a webhook
 * it is not mentioned (6.7), and neither is an absent contact anywhere: no appointment is without.
 */
public final class AppointmentReader {
  private AppointmentReader() {}

  /**
   * The appointment of a webhook, nested there. A time without an offset would have to be guessed,
   * so it counts as not mentioned, which leads to a read.
   */
  public static Optional<CrmRecord<GhlAppointmentId>> event(JsonObject payload) {
    JsonObject appointment = JsonReads.child(payload, "appointment");
    return Records.id(appointment, "id", GhlAppointmentId::new)
        .map(id -> mentioned(id, appointment));
  }

  private static CrmRecord<GhlAppointmentId> mentioned(
      GhlAppointmentId id, JsonObject appointment) {
    Map<FieldName, FieldValue> fields = new TreeMap<>();
    for (AppointmentField field : AppointmentField.values()) {
      JsonValue value = appointment.get(field.crmKey());
      if (value != null && isSameEverywhere(value, field)) {
        FieldReads.typed(value, field.type(), ZoneOffset.UTC)
            .ifPresent(read -> fields.put(field.fieldName(), read));
      }
    }
    return new CrmRecord<>(id, FieldChanges.of(fields), Set.of(), Instant.EPOCH);
  }

  private static boolean isSameEverywhere(JsonValue value, AppointmentField field) {
    return FieldReads.typed(value, field.type(), ZoneOffset.MIN)
        .equals(FieldReads.typed(value, field.type(), ZoneOffset.MAX));
  }

  /**
   * An appointment; empty when it has no usable id.
   *
   * @param zone the location's: some times are told without an offset
   */
  static Optional<CrmRecord<GhlAppointmentId>> read(JsonObject event, ZoneId zone) {
    return Records.id(event, "id", GhlAppointmentId::new).map(id -> withId(id, event, zone));
  }

  private static CrmRecord<GhlAppointmentId> withId(
      GhlAppointmentId id, JsonObject event, ZoneId zone) {
    Map<FieldName, FieldValue> fields = new TreeMap<>();
    for (AppointmentField field : AppointmentField.values()) {
      if (field != AppointmentField.GHL_CONTACT_ID || event.containsKey(field.crmKey())) {
        FieldReads.typed(event.getOrDefault(field.crmKey(), JsonValue.NULL), field.type(), zone)
            .ifPresent(value -> fields.put(field.fieldName(), value));
      }
    }
    Instant changedAt =
        JsonReads.instant(event.getOrDefault("dateUpdated", JsonValue.NULL), zone)
            .orElse(Instant.EPOCH);
    return new CrmRecord<>(id, FieldChanges.of(fields), Set.of(), changedAt);
  }
}
