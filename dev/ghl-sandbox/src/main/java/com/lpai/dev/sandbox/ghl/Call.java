package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.world.Grant;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A call that has passed the gate: its token is good for this endpoint. */
record Call(Request request, Map<String, String> variables, Grant grant) {

  String variable(String name) {
    return variables.getOrDefault(name, "");
  }

  /** The JSON body; an empty object when there is none, as GoHighLevel's server takes it. */
  JsonObject body() {
    if (!hasJson()) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    return JsonText.parse(request.body())
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .orElseThrow(
            () -> new Refused(Errors.badRequest("Unexpected token in JSON at position 0")));
  }

  /** Refuses query parameters that the endpoint does not know. */
  void allowQuery(Set<String> known) {
    List<String> unknown =
        request.query().keySet().stream()
            .filter(name -> !known.contains(name))
            .map(name -> "property " + name + " should not exist")
            .toList();
    Errors.refuseIfAny(unknown);
  }

  /** Whether there is a JSON body at all. */
  boolean hasJson() {
    return request.body().length > 0
        && request.header("Content-Type").map(type -> type.contains("json")).orElse(false);
  }

  /** A query parameter that must be epoch milliseconds written in digits. */
  Optional<Instant> millis(String name, List<String> complaints) {
    Optional<String> text = request.queryValue(name).filter(it -> it.matches("\\d{1,15}"));
    if (text.isEmpty()) {
      complaints.add(name + " must be a number string");
    }
    return text.map(it -> Instant.ofEpochMilli(Long.parseLong(it)));
  }

  /** A query parameter that is a number written in digits. */
  int number(String name, int otherwise, List<String> complaints) {
    Optional<String> text = request.queryValue(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.get().matches("\\d{1,9}")) {
      complaints.add(name + " must be a number string");
      return otherwise;
    }
    return Integer.parseInt(text.get());
  }

  /** The location that a query parameter must name, and that must be the token's. */
  String requiredLocation(String name) {
    Optional<String> locationId = request.queryValue(name);
    if (locationId.isEmpty()) {
      throw new Refused(
          Errors.unprocessable(List.of(name + " should not be empty", name + " must be a string")));
    }
    requireLocation(locationId.get());
    return locationId.get();
  }

  /** Refuses a location that is not the token's. */
  void requireLocation(String locationId) {
    if (!grant.locationId().equals(locationId)) {
      throw new Refused(Errors.forbidden());
    }
  }
}
