package com.lpai.dev.sandbox.http;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** JSON in and out. One provider for all: looking it up for each value costs more than parsing. */
public final class JsonText {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final JsonReaderFactory READERS = JSON.createReaderFactory(Map.of());

  private JsonText() {}

  public static JsonObjectBuilder object() {
    return JSON.createObjectBuilder();
  }

  public static JsonObjectBuilder object(JsonObject start) {
    return JSON.createObjectBuilder(start);
  }

  public static JsonArrayBuilder array() {
    return JSON.createArrayBuilder();
  }

  public static JsonArrayBuilder array(Collection<?> items) {
    return JSON.createArrayBuilder(items);
  }

  public static JsonString string(String value) {
    return JSON.createValue(value);
  }

  public static JsonValue number(long value) {
    return JSON.createValue(value);
  }

  /** A number as it is written in digits. */
  public static JsonValue decimal(String digits) {
    return JSON.createValue(new BigDecimal(digits));
  }

  /** Parses bytes as UTF-8; empty when they are not JSON. */
  public static Optional<JsonValue> parse(byte[] bytes) {
    try (JsonReader reader =
        READERS.createReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
      return Optional.of(reader.readValue());
    } catch (JsonException malformed) {
      return Optional.empty();
    }
  }

  /**
   * Parses a body that must be an object.
   *
   * @throws IllegalArgumentException when it is not
   */
  public static JsonObject parseObject(byte[] bytes) {
    return parse(bytes)
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .orElseThrow(() -> new IllegalArgumentException("the body must be a JSON object"));
  }

  /** Parses a record that we have written ourselves. */
  public static JsonObject parseOwn(String text) {
    try (JsonReader reader = READERS.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  public static byte[] bytes(JsonValue value) {
    return value.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The text of a property; empty when it is absent, null or not a string. */
  public static Optional<String> text(JsonObject object, String property) {
    return object.get(property) instanceof JsonString found
        ? Optional.of(found.getString())
        : Optional.empty();
  }
}
