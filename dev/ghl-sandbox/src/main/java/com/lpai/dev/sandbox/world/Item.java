package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * A record as it is stored: GoHighLevel's field names, absent fields absent. It is held as text,
 * which takes a fifth of the memory; what lists are ordered by is parsed once.
 */
public final class Item {
  private final String id;
  private final String locationId;
  private final Instant addedAt;
  private final Instant updatedAt;
  private final String text;

  private Item(String id, String locationId, Instant addedAt, Instant updatedAt, String text) {
    this.id = id;
    this.locationId = locationId;
    this.addedAt = addedAt;
    this.updatedAt = updatedAt;
    this.text = text;
  }

  /** A record with at least {@code id} and {@code locationId}. */
  public static Item of(Kind kind, JsonObject json) {
    return of(kind, json, json.toString());
  }

  /**
   * A record that is stored already.
   *
   * @param text what {@code json} was read from
   */
  static Item of(Kind kind, JsonObject json, String text) {
    return new Item(
        json.getString("id"),
        json.getString("locationId"),
        time(json, kind.added()),
        time(json, kind.updated()),
        text);
  }

  private static Instant time(JsonObject json, String field) {
    return JsonText.text(json, field).map(Instant::parse).orElse(Instant.EPOCH);
  }

  public String id() {
    return id;
  }

  public String locationId() {
    return locationId;
  }

  /** When it was made; 1970 for kinds that do not say. */
  public Instant addedAt() {
    return addedAt;
  }

  /** When it was last changed; 1970 for kinds that do not say. */
  public Instant updatedAt() {
    return updatedAt;
  }

  /** All of it, parsed anew: ask once. */
  public JsonObject json() {
    return JsonText.parseOwn(text);
  }

  /** A string field. */
  public Optional<String> text(String field) {
    return JsonText.text(json(), field);
  }

  String stored() {
    return text;
  }

  @Override
  public String toString() {
    return "Item[" + id + " of " + locationId + "]";
  }
}
