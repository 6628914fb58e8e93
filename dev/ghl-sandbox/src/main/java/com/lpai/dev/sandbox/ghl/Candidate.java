package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.Item;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** A record that a search looks at: read once, and only when times alone do not decide. */
final class Candidate {
  private final Item item;
  private Optional<JsonObject> json = Optional.empty();

  Candidate(Item item) {
    this.item = item;
  }

  Item item() {
    return item;
  }

  JsonObject json() {
    JsonObject read = json.orElseGet(item::json);
    json = Optional.of(read);
    return read;
  }

  JsonValue value(String field) {
    return json().getOrDefault(field, JsonValue.NULL);
  }

  /** A text field in lower case; empty when there is none. */
  String lower(String field) {
    return JsonText.text(json(), field).orElse("").toLowerCase(Locale.ROOT);
  }
}
