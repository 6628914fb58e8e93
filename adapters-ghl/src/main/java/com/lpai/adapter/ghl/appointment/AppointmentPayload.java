package com.lpai.adapter.ghl.appointment;

import static com.lpai.adapter.ghl.json.Provider.JSON;

import com.lpai.adapter.ghl.record.FieldWrites;
import com.lpai.domain.appointment.AppointmentField;
import com.lpai.domain.appointment.AppointmentStatus;
import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.FieldType;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The bodies that GoHighLevel takes for an appointment, one for each operation (ghl-facts.md 1,
 * 3.3). Times are told with their offset.
 *
 * <p>No schema is nullable: a text is cleared by an empty one; a time cannot be cleared, and null
 * lets GoHighLevel say so.
 */
final class AppointmentPayload {
  private static final List<AppointmentField> FIELDS = List.of(AppointmentField.values());

  /** What an update takes. */
  static final FieldTable IN_AN_UPDATE =
      FieldTable.of(
          FIELDS.stream()
              .filter(field -> field.access() == FieldAccess.WRITABLE)
              .toArray(AppointmentField[]::new));

  private AppointmentPayload() {}

  /** The body of a create: what has no value is left out. */
  static JsonObject create(LocationId locationId, FieldChanges values) {
    JsonObjectBuilder body = JSON.createObjectBuilder().add("locationId", locationId.value());
    add(body, FieldWrites.given(values), Set.of(FieldAccess.WRITABLE, FieldAccess.CREATE_ONLY));
    return body.build();
  }

  /** The body of an update: exactly the given fields. */
  static JsonObject update(FieldChanges values) {
    JsonObjectBuilder body = JSON.createObjectBuilder();
    add(body, values, Set.of(FieldAccess.WRITABLE));
    return body.build();
  }

  private static void add(JsonObjectBuilder body, FieldChanges values, Set<FieldAccess> accepted) {
    FieldWrites.addFields(
        body, FIELDS, inTheCrmsWords(values), accepted, AppointmentPayload::empty);
    boolean moves =
        Stream.of(AppointmentField.START, AppointmentField.END, AppointmentField.CALENDAR_ID)
            .anyMatch(field -> values.mentions(field.fieldName()));
    if (moves) {
      // Our word counts, even where the calendar offers no free slot.
      body.add("ignoreFreeSlotValidation", true);
    }
  }

  /** Trap 70: what we call scheduled is "new" there. */
  private static FieldChanges inTheCrmsWords(FieldChanges values) {
    return values
        .get(AppointmentField.STATUS.fieldName())
        .filter(FieldValue.Text.class::isInstance)
        .map(status -> ((FieldValue.Text) status).value())
        .flatMap(AppointmentStatus::named)
        .map(
            status ->
                values.with(AppointmentField.STATUS.fieldName(), FieldValue.text(status.crmWord())))
        .orElse(values);
  }

  private static JsonValue empty(AppointmentField field) {
    return field.type() == FieldType.MOMENT ? JsonValue.NULL : JSON.createValue("");
  }
}
