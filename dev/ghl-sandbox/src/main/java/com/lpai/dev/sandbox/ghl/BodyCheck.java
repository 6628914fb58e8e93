package com.lpai.dev.sandbox.ghl;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Checks a body property by property, as GoHighLevel's server does: what is wrong is gathered, and
 * what nobody named is unknown (ghl-facts.md 1).
 */
final class BodyCheck {
  private final JsonObject body;
  private final Set<String> known = new HashSet<>();
  private final List<String> complaints = new ArrayList<>();

  BodyCheck(JsonObject body) {
    this.body = body;
  }

  /** Texts that must be there. */
  BodyCheck required(String... names) {
    for (String name : names) {
      if (body.getOrDefault(name, JsonValue.NULL) instanceof JsonString text
          && !text.getString().isEmpty()) {
        known.add(name);
      } else {
        known.add(name);
        complaints.add(name + " should not be empty");
        complaints.add(name + " must be a string");
      }
    }
    return this;
  }

  BodyCheck texts(String... names) {
    return each(names, JsonString.class::isInstance, " must be a string");
  }

  BodyCheck numbers(String... names) {
    return each(
        names,
        JsonNumber.class::isInstance,
        " must be a number conforming to the specified constraints");
  }

  BodyCheck flags(String... names) {
    return each(
        names,
        it -> it.getValueType() == ValueType.TRUE || it.getValueType() == ValueType.FALSE,
        " must be a boolean value");
  }

  BodyCheck objects(String... names) {
    return each(names, JsonObject.class::isInstance, " must be an object");
  }

  /** Lists of texts. */
  BodyCheck textLists(String... names) {
    return each(
        names,
        it ->
            it instanceof JsonArray items && items.stream().allMatch(JsonString.class::isInstance),
        " must be an array of strings");
  }

  /** A text that is one of these, where it is sent. */
  BodyCheck oneOf(String name, List<String> values) {
    return each(
        new String[] {name},
        it -> it instanceof JsonString text && values.contains(text.getString()),
        " must be one of the following values: " + String.join(", ", values));
  }

  /** A property that is checked elsewhere. */
  BodyCheck known(String... names) {
    known.addAll(List.of(names));
    return this;
  }

  /** Something else that is wrong. */
  BodyCheck complain(List<String> more) {
    complaints.addAll(more);
    return this;
  }

  /** The body; refused with 422 when anything is wrong with it. */
  JsonObject checked() {
    List<String> all = new ArrayList<>();
    body.keySet().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> all.add("property " + name + " should not exist"));
    all.addAll(complaints);
    Errors.refuseIfAny(all);
    return body;
  }

  private BodyCheck each(String[] names, Predicate<JsonValue> good, String complaint) {
    for (String name : names) {
      known.add(name);
      JsonValue value = body.get(name);
      if (value != null && !good.test(value)) {
        complaints.add(name + complaint);
      }
    }
    return this;
  }
}
