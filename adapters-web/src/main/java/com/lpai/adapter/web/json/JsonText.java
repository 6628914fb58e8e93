package com.lpai.adapter.web.json;

import static com.lpai.adapter.web.json.Provider.JSON;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** JSON as one text that compares equal when it means the same: sorted names, no blanks. */
public final class JsonText {
  private static final int LARGEST_PRECISION = 34;
  private static final int LARGEST_SCALE = 6_000;

  private JsonText() {}

  /** The canonical text. */
  public static String canonical(JsonValue value) {
    return sorted(value).toString();
  }

  /** What {@link #canonical} wrote. */
  public static JsonValue parse(String canonical) {
    try (JsonReader reader = JSON.createReader(new StringReader(canonical))) {
      return reader.readValue();
    }
  }

  private static JsonValue sorted(JsonValue value) {
    return switch (value) {
      case JsonObject object -> {
        JsonObjectBuilder builder = JSON.createObjectBuilder();
        Map<String, JsonValue> members = new TreeMap<>(object);
        members.forEach((name, member) -> builder.add(name, sorted(member)));
        yield builder.build();
      }
      case JsonArray array -> {
        JsonArrayBuilder builder = JSON.createArrayBuilder();
        array.forEach(item -> builder.add(sorted(item)));
        yield builder.build();
      }
      default -> value;
    };
  }

  /** True when the database can hold every number and text in it. */
  public static boolean isStorable(JsonValue value) {
    return switch (value) {
      case JsonObject object ->
          object.keySet().stream().allMatch(JsonText::isStorable)
              && object.values().stream().allMatch(JsonText::isStorable);
      case JsonArray array -> array.stream().allMatch(JsonText::isStorable);
      case JsonNumber number -> isStorable(number.bigDecimalValue());
      case JsonString string -> isStorable(string.getString());
      default -> true;
    };
  }

  /** True when a decimal of the database (Decimal128) can hold it. */
  public static boolean isStorable(BigDecimal number) {
    return number.precision() <= LARGEST_PRECISION && Math.abs(number.scale()) <= LARGEST_SCALE;
  }

  /** False for a text with U+0000 or half a character, which no UTF-8 can carry. */
  public static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
