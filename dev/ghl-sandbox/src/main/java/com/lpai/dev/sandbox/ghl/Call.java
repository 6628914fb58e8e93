package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.world.Grant;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
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
    boolean isJson =
        request.header("Content-Type").map(type -> type.contains("json")).orElse(false);
    if (!isJson || request.body().length == 0) {
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

  /** Refuses a location that is not the token's. */
  void requireLocation(String locationId) {
    if (!grant.locationId().equals(locationId)) {
      throw new Refused(Errors.forbidden());
    }
  }
}
