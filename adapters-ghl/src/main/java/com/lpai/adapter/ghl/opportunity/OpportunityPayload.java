package com.lpai.adapter.ghl.opportunity;

import static com.lpai.adapter.ghl.json.Provider.JSON;

import com.lpai.adapter.ghl.record.FieldWrites;
import com.lpai.domain.project.CrmOpportunities;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.project.ProjectNormalizer;
import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldGroup;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.FieldType;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The bodies that GoHighLevel takes for an opportunity, one for each operation: it refuses every
 * property that the operation does not know (ghl-facts.md 1, 3.2). Our own custom fields are in the
 * group of the CRM's by then, see {@link ProjectNormalizer#inCrmsFields}.
 *
 * <p>No schema is nullable: a text is cleared by an empty one, and an amount by zero.
 */
final class OpportunityPayload {
  /** The reason of a loss goes with the status, in a request of its own. */
  private static final List<ProjectField> IN_THE_RECORD =
      Arrays.stream(ProjectField.values())
          .filter(field -> field != ProjectField.LOST_REASON_ID)
          .toList();

  private static final List<ProjectField> IN_THE_STATUS =
      List.of(ProjectField.STATUS, ProjectField.LOST_REASON_ID);

  /** What an update takes: the status is told by a request of its own. */
  static final FieldTable IN_AN_UPDATE =
      FieldTable.of(
          IN_THE_RECORD.stream()
              .filter(field -> field.access() == FieldAccess.WRITABLE)
              .filter(field -> field != ProjectField.STATUS && !field.crmKey().isEmpty())
              .toArray(ProjectField[]::new),
          FieldGroup.ofValues(ProjectField.CRM_CUSTOM_FIELDS, "id"));

  /** More deals of one contact are not made in one pipeline at one moment. */
  private static final int LOOKED_AT = 100;

  private OpportunityPayload() {}

  /** The body of a create: what has no value is left out. */
  static JsonObject create(LocationId locationId, FieldChanges values) {
    JsonObjectBuilder body = JSON.createObjectBuilder().add("locationId", locationId.value());
    addFields(
        body,
        IN_THE_RECORD,
        FieldWrites.given(values),
        Set.of(FieldAccess.WRITABLE, FieldAccess.CREATE_ONLY));
    addCustomFields(body, FieldWrites.given(values));
    return body.build();
  }

  /** The body of an update: exactly the given fields (traps 61, 62). */
  static JsonObject update(FieldChanges values) {
    JsonObjectBuilder body = JSON.createObjectBuilder();
    addFields(body, IN_THE_RECORD, values, Set.of(FieldAccess.WRITABLE));
    addCustomFields(body, values);
    return body.build();
  }

  /** The body of a change of status, with the reason of a loss. */
  static JsonObject status(FieldChanges values) {
    JsonObjectBuilder body = JSON.createObjectBuilder();
    addFields(body, IN_THE_STATUS, values, Set.of(FieldAccess.WRITABLE));
    return body.build();
  }

  /** The body of a search for what may have been made (ghl-facts.md 3.2: names in snake case). */
  static JsonObject lookUp(LocationId locationId, CrmOpportunities.Sought sought) {
    JsonObject since =
        JSON.createObjectBuilder().add("gte", sought.madeSince().toEpochMilli()).build();
    return JSON.createObjectBuilder()
        .add("locationId", locationId.value())
        .add("limit", LOOKED_AT)
        .add("page", 1)
        .add(
            "filters",
            JSON.createArrayBuilder()
                .add(filter("contact_id", "eq", JSON.createValue(sought.contact().value())))
                .add(filter("pipeline_id", "eq", JSON.createValue(sought.pipeline().value())))
                .add(filter("date_added", "range", since)))
        .build();
  }

  private static JsonObjectBuilder filter(String field, String operator, JsonValue value) {
    return JSON.createObjectBuilder()
        .add("field", field)
        .add("operator", operator)
        .add("value", value);
  }

  private static void addFields(
      JsonObjectBuilder body,
      List<ProjectField> fields,
      FieldChanges values,
      Set<FieldAccess> accepted) {
    FieldWrites.addFields(body, fields, values, accepted, OpportunityPayload::empty);
  }

  private static JsonValue empty(ProjectField field) {
    return field.type() == FieldType.AMOUNT ? JSON.createValue(0) : JSON.createValue("");
  }

  private static void addCustomFields(JsonObjectBuilder body, FieldChanges values) {
    FieldWrites.addCustomFields(
        body, ProjectField.CRM_CUSTOM_FIELDS, values, OpportunityPayload::customValue);
  }

  /** Text, texts or a structure: there is no other form of it. */
  private static JsonValue customValue(FieldValue value) {
    return switch (value) {
      case FieldValue.Cleared cleared -> JSON.createValue("");
      case FieldValue.Amount(BigDecimal amount) -> JSON.createValue(amount.toPlainString());
      case FieldValue.Flag(boolean flag) -> JSON.createValue(String.valueOf(flag));
      case FieldValue.Text text -> FieldWrites.json(text);
      case FieldValue.Day day -> FieldWrites.json(day);
      case FieldValue.Moment moment -> FieldWrites.json(moment);
      case FieldValue.Texts texts -> FieldWrites.json(texts);
      case FieldValue.Structure structure -> FieldWrites.json(structure);
    };
  }
}
