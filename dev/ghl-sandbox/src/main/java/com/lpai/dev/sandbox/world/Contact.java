package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * A contact as it is stored: GoHighLevel's field names, absent fields absent.
 *
 * @param dateAdded parsed once, for sorting
 * @param dateUpdated parsed once, for sorting
 */
public record Contact(
    String id, String locationId, Instant dateAdded, Instant dateUpdated, JsonObject json) {

  public static Contact of(JsonObject json) {
    return new Contact(
        json.getString("id"),
        json.getString("locationId"),
        Instant.parse(json.getString("dateAdded")),
        Instant.parse(json.getString("dateUpdated")),
        json);
  }

  /** A string field. */
  public Optional<String> text(String field) {
    return JsonText.text(json, field);
  }

  /** The name as people read it; empty when there is none. */
  public String displayName() {
    return text("name").orElse("");
  }
}
