package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.Book;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The custom fields of an opportunity: stored as {@code {id, value}}, written by id or by key
 * without its prefix, and read in one of several spellings (ghl-facts.md 3.2, #87).
 */
final class CustomFieldValues {
  private static final Set<String> KNOWN = Set.of("id", "key", "field_value");
  private static final String PREFIX = "opportunity.";

  private final Book definitions;

  CustomFieldValues(Book definitions) {
    this.definitions = definitions;
  }

  /** What is wrong with the {@code customFields} of a body. */
  List<String> complaints(JsonObject body) {
    JsonValue given = body.getOrDefault("customFields", JsonValue.EMPTY_JSON_ARRAY);
    if (!(given instanceof JsonArray items)) {
      return List.of("customFields must be an array");
    }
    List<String> complaints = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String place = "customFields." + i + ".";
      if (items.get(i) instanceof JsonObject item) {
        complain(place, item, complaints);
      } else {
        complaints.add("each value in nested property customFields must be an object");
      }
    }
    return complaints;
  }

  private void complain(String place, JsonObject item, List<String> complaints) {
    item.keySet().stream()
        .filter(name -> !KNOWN.contains(name))
        .forEach(name -> complaints.add(place + "property " + name + " should not exist"));
    if (id(item).isEmpty()) {
      complaints.add(place + "id must be a string, or key that of a custom field");
    }
    JsonValue value = item.getOrDefault("field_value", JsonValue.NULL);
    boolean good =
        switch (value) {
          case JsonString text -> true;
          case JsonArray list -> list.stream().allMatch(JsonString.class::isInstance);
          case JsonObject files -> true;
          default -> false;
        };
    if (!good) {
      complaints.add(place + "field_value must be a string, an array of strings or an object");
    }
  }

  /** The stored fields after a write: merged one by one, an empty value clears. */
  JsonArray merged(JsonArray before, JsonArray sent) {
    Map<String, JsonValue> byId = new LinkedHashMap<>();
    before.getValuesAs(JsonObject.class).forEach(it -> byId.put(it.getString("id"), it));
    for (JsonObject item : sent.getValuesAs(JsonObject.class)) {
      String id = id(item).orElseThrow();
      JsonValue value = item.getOrDefault("field_value", JsonValue.NULL);
      boolean cleared =
          value.equals(JsonText.string("")) || value.equals(JsonValue.EMPTY_JSON_ARRAY);
      if (cleared) {
        byId.remove(id);
      } else {
        byId.put(id, JsonText.object().add("id", id).add("value", typed(id, value)).build());
      }
    }
    JsonArrayBuilder after = JsonText.array();
    byId.values().forEach(after::add);
    return after.build();
  }

  /**
   * The fields as they are read.
   *
   * @param form fieldValue as the schema has it, typed, or both
   */
  JsonArray read(JsonArray stored, String form) {
    JsonArrayBuilder fields = JsonText.array();
    for (JsonObject item : stored.getValuesAs(JsonObject.class)) {
      String id = item.getString("id");
      JsonValue value = item.getOrDefault("value", JsonValue.NULL);
      JsonObjectBuilder field = JsonText.object().add("id", id);
      if (!form.equals("typed")) {
        field.add("fieldValue", value);
      }
      if (!form.equals("fieldValue")) {
        addTyped(field, dataType(id), value);
      }
      fields.add(field);
    }
    return fields.build();
  }

  private static void addTyped(JsonObjectBuilder field, String dataType, JsonValue value) {
    Optional<Long> day = dataType.equals("DATE") ? millis(value) : Optional.empty();
    if (day.isPresent()) {
      field.add("type", "date").add("fieldValueDate", day.get());
      return;
    }
    switch (value) {
      case JsonNumber number -> field.add("type", "number").add("fieldValueNumber", number);
      case JsonArray list -> field.add("type", "array").add("fieldValueArray", list);
      case JsonObject files -> field.add("type", "object").add("fieldValueObject", files);
      default -> field.add("type", "string").add("fieldValueString", value);
    }
  }

  private static Optional<Long> millis(JsonValue value) {
    try {
      return value instanceof JsonString text && text.getString().length() >= 10
          ? Optional.of(
              LocalDate.parse(text.getString().substring(0, 10))
                  .atStartOfDay(ZoneOffset.UTC)
                  .toInstant()
                  .toEpochMilli())
          : Optional.empty();
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }

  private JsonValue typed(String id, JsonValue value) {
    boolean isNumeric = Set.of("NUMERICAL", "MONETORY").contains(dataType(id));
    return isNumeric
            && value instanceof JsonString text
            && text.getString().matches("-?\\d{1,15}(\\.\\d{1,6})?")
        ? JsonText.decimal(text.getString())
        : value;
  }

  private String dataType(String id) {
    return definitions.find(id).flatMap(it -> it.text("dataType")).orElse("");
  }

  private Optional<String> id(JsonObject item) {
    Optional<String> id = JsonText.text(item, "id").filter(it -> !it.isEmpty());
    if (id.isPresent()) {
      return id;
    }
    return JsonText.text(item, "key")
        .flatMap(key -> definitions.allBy("fieldKey", PREFIX + key).stream().findFirst())
        .map(definition -> definition.id());
  }
}
