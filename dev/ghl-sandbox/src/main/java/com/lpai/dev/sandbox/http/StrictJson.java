package com.lpai.dev.sandbox.http;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads an object property by property and refuses what nobody asked for. All errors are {@link
 * IllegalArgumentException}s whose message names the property.
 */
public final class StrictJson {
  private final JsonObject object;
  private final Set<String> read = new HashSet<>();

  public StrictJson(JsonObject object) {
    this.object = object;
  }

  /**
   * Reads the body of a request.
   *
   * @throws IllegalArgumentException when it is no JSON object
   */
  public static StrictJson of(Request request) {
    return JsonText.parse(request.body())
        .filter(JsonObject.class::isInstance)
        .map(it -> new StrictJson(it.asJsonObject()))
        .orElseThrow(() -> new IllegalArgumentException("the body must be a JSON object"));
  }

  /** A string that must be there. */
  public String text(String name) {
    return optionalText(name)
        .orElseThrow(() -> new IllegalArgumentException("property " + name + " is required"));
  }

  public Optional<String> optionalText(String name) {
    Optional<JsonValue> value = value(name);
    if (value.isPresent() && !(value.get() instanceof JsonString)) {
      throw new IllegalArgumentException("property " + name + " must be a string");
    }
    return value.map(it -> ((JsonString) it).getString()).filter(it -> !it.isEmpty());
  }

  /** A whole number of 0 or more. */
  public Optional<Long> optionalCount(String name) {
    Optional<JsonValue> value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof JsonNumber number
        && number.isIntegral()
        && number.bigIntegerValueExact().bitLength() < Long.SIZE
        && number.longValueExact() >= 0) {
      return Optional.of(number.longValueExact());
    }
    throw new IllegalArgumentException("property " + name + " must be a whole number from 0 on");
  }

  /** Such a number below a limit. */
  public int count(String name, int otherwise, int most) {
    long count = optionalCount(name).orElse((long) otherwise);
    if (count > most) {
      throw new IllegalArgumentException("property " + name + " must be at most " + most);
    }
    return (int) count;
  }

  /** A number from 0 to 1. */
  public double share(String name, double otherwise) {
    Optional<JsonValue> value = value(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    if (value.get() instanceof JsonNumber number
        && number.doubleValue() >= 0
        && number.doubleValue() <= 1) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException("property " + name + " must be a number from 0 to 1");
  }

  public boolean flag(String name, boolean otherwise) {
    Optional<JsonValue> value = value(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    return switch (value.get().getValueType()) {
      case TRUE -> true;
      case FALSE -> false;
      default -> throw new IllegalArgumentException("property " + name + " must be true or false");
    };
  }

  public Optional<JsonObject> optionalObject(String name) {
    Optional<JsonValue> value = value(name);
    if (value.isPresent() && value.get().getValueType() != JsonValue.ValueType.OBJECT) {
      throw new IllegalArgumentException("property " + name + " must be an object");
    }
    return value.map(JsonValue::asJsonObject);
  }

  /** A list of strings; empty when the property is absent. */
  public Optional<List<String>> optionalTexts(String name) {
    Optional<JsonValue> value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof JsonArray items
        && items.stream().allMatch(JsonString.class::isInstance)) {
      return Optional.of(
          items.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList());
    }
    throw new IllegalArgumentException("property " + name + " must be a list of strings");
  }

  /** One of these texts; the first when the property is absent. */
  public String choice(String name, List<String> known) {
    String chosen = optionalText(name).orElse(known.getFirst());
    if (!known.contains(chosen)) {
      throw new IllegalArgumentException(
          "property " + name + " must be one of " + String.join(", ", known));
    }
    return chosen;
  }

  /** Any value that is present and not null. */
  public Optional<JsonValue> value(String name) {
    read.add(name);
    return Optional.ofNullable(object.get(name)).filter(it -> !JsonValue.NULL.equals(it));
  }

  /** Ends the reading: what has not been read is unknown. */
  public void nothingElse() {
    Set<String> unknown = new TreeSet<>(object.keySet());
    unknown.removeAll(read);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown property "
              + String.join(", ", unknown)
              + "; known are "
              + String.join(", ", new TreeSet<>(read)));
    }
  }
}
