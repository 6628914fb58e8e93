package com.lpai.adapter.ghl.opportunity;

import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.adapter.ghl.record.FieldReads;
import com.lpai.adapter.ghl.record.Records;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldType;
import com.lpai.domain.sync.FieldValue;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads opportunities as a search and {@code GET /opportunities/{id}} show them, which is the same
 * way (ghl-facts.md 3.2): a plain field that is absent has no value. In an event it is not
 * mentioned (6.7).
 */
public final class OpportunityReader {
  private static final String FIELD_VALUE = "fieldValue";
  private static final String FIELD_VALUE_DATE = "fieldValueDate";

  /** Spelt both ways: by the schema, and by the article about the search. */
  private static final List<String> CUSTOM_FIELDS = List.of("customFields", "custom_fields");

  private OpportunityReader() {}

  /** The opportunity of an event: flat, with the fields that the event happens to carry. */
  public static Optional<CrmRecord<GhlOpportunityId>> event(JsonObject payload) {
    return read(payload, Optional.empty());
  }

  /** An opportunity; empty when it has no usable id. */
  static Optional<CrmRecord<GhlOpportunityId>> read(JsonObject opportunity) {
    return read(opportunity, Optional.of(JsonValue.NULL));
  }

  private static Optional<CrmRecord<GhlOpportunityId>> read(
      JsonObject opportunity, Optional<JsonValue> absent) {
    return Records.id(opportunity, "id", GhlOpportunityId::new)
        .map(id -> withId(id, opportunity, absent));
  }

  /**
   * The record.
   *
   * @param absent what a plain field is that is not there; empty when that says nothing
   */
  private static CrmRecord<GhlOpportunityId> withId(
      GhlOpportunityId id, JsonObject opportunity, Optional<JsonValue> absent) {
    Map<FieldName, FieldValue> fields = new TreeMap<>();
    for (ProjectField field : ProjectField.values()) {
      if (!field.crmKey().isEmpty()) {
        value(opportunity, field)
            .or(() -> absent)
            .flatMap(value -> FieldReads.typed(value, field.type(), ZoneOffset.UTC))
            .ifPresent(value -> fields.put(field.fieldName(), value));
      }
    }
    Set<String> complete = new TreeSet<>();
    CUSTOM_FIELDS.stream()
        .map(opportunity::get)
        .filter(JsonArray.class::isInstance)
        .forEach(
            listed -> {
              complete.add(ProjectField.CRM_CUSTOM_FIELDS);
              readCustomFields(listed.asJsonArray(), fields);
            });
    if (opportunity.get("followers") instanceof JsonArray followers) {
      complete.add(ProjectField.FOLLOWERS);
      readFollowers(followers, fields);
    }
    return new CrmRecord<>(
            id, FieldChanges.of(fields), complete, JsonReads.instant(opportunity, "updatedAt"))
        .added(JsonReads.instant(opportunity, "createdAt"));
  }

  private static Optional<JsonValue> value(JsonObject opportunity, ProjectField field) {
    JsonObject also =
        field == ProjectField.GHL_CONTACT_ID
            ? JsonReads.child(opportunity, "contact")
            : JsonValue.EMPTY_JSON_OBJECT;
    return Optional.ofNullable(opportunity.get(field.crmKey()))
        .or(() -> Optional.ofNullable(also.get("id")));
  }

  private static void readCustomFields(JsonArray listed, Map<FieldName, FieldValue> fields) {
    for (JsonValue item : listed) {
      if (item instanceof JsonObject field && FieldReads.isElement(JsonReads.text(field, "id"))) {
        FieldName name =
            FieldName.element(ProjectField.CRM_CUSTOM_FIELDS, JsonReads.text(field, "id"));
        customValue(field).ifPresent(value -> fields.put(name, value));
      }
    }
  }

  /** Documented as {@code fieldValue}; real answers say the type in the name (#87). */
  private static Optional<FieldValue> customValue(JsonObject field) {
    return Stream.concat(
            Stream.of(FIELD_VALUE),
            Stream.concat(
                field.keySet().stream().filter(key -> key.startsWith(FIELD_VALUE)),
                Stream.of("value", "field_value")))
        .filter(key -> field.containsKey(key) && !JsonValue.NULL.equals(field.get(key)))
        .findFirst()
        .map(key -> customValue(key, field.getOrDefault(key, JsonValue.NULL)));
  }

  /** A day is a text of the same form, however it is told: such a field holds no time of day. */
  private static FieldValue customValue(String key, JsonValue value) {
    if (key.equals(FIELD_VALUE_DATE)) {
      Optional<FieldValue> day =
          FieldReads.typed(value, FieldType.DAY, ZoneOffset.UTC)
              .or(
                  () ->
                      JsonReads.instant(value, ZoneOffset.UTC)
                          .map(at -> new FieldValue.Day(at.atZone(ZoneOffset.UTC).toLocalDate())));
      if (day.isPresent() && day.get() instanceof FieldValue.Day read) {
        return FieldValue.text(read.value().toString());
      }
    }
    return FieldReads.any(value);
  }

  private static void readFollowers(JsonArray followers, Map<FieldName, FieldValue> fields) {
    for (JsonValue follower : followers) {
      if (follower instanceof JsonString user && FieldReads.isElement(user.getString())) {
        fields.put(
            FieldName.element(ProjectField.FOLLOWERS, user.getString()), new FieldValue.Flag(true));
      }
    }
  }
}
