package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Request;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a request for tokens: a form, or JSON (ghl-facts.md 2.2). */
final class TokenFields {
  private TokenFields() {}

  static Map<String, String> of(Request request) {
    boolean isJson =
        request.header("Content-Type").map(type -> type.contains("json")).orElse(false);
    if (!isJson) {
      return request.form();
    }
    Map<String, String> fields = new LinkedHashMap<>();
    JsonText.parse(request.body())
        .filter(JsonObject.class::isInstance)
        .ifPresent(
            body ->
                body.asJsonObject()
                    .forEach(
                        (name, value) ->
                            fields.put(
                                name,
                                value instanceof JsonString text
                                    ? text.getString()
                                    : value.toString())));
    return fields;
  }

  /** Adds a complaint for each of the names that has no value. */
  static void require(Map<String, String> fields, List<String> names, List<String> complaints) {
    for (String name : names) {
      if (fields.getOrDefault(name, "").isEmpty()) {
        complaints.add(name + " should not be empty");
        complaints.add(name + " must be a string");
      }
    }
  }
}
