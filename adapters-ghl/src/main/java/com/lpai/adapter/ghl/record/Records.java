package com.lpai.adapter.ghl.record;

import com.lpai.adapter.ghl.client.GhlAnswer;
import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds records in answers. */
public final class Records {
  private Records() {}

  /**
   * The records of the list under this key, without those that cannot be read or are another
   * location's; empty when there is no list.
   */
  public static <T> Optional<List<T>> listed(
      LocationId locationId,
      GhlAnswer answer,
      String key,
      Function<JsonObject, Optional<T>> reader) {
    return answer.body().get(key) instanceof JsonArray
        ? Optional.of(read(locationId, JsonReads.objects(answer.body(), key), reader))
        : Optional.empty();
  }

  /** These records, without those that cannot be read or are another location's. */
  public static <T> List<T> read(
      LocationId locationId, List<JsonObject> records, Function<JsonObject, Optional<T>> reader) {
    return records.stream()
        .filter(record -> isOf(locationId, record))
        .flatMap(record -> reader.apply(record).stream())
        .toList();
  }

  /** The object under this key; empty when there is none or it is another location's. */
  public static Optional<JsonObject> wrapped(LocationId locationId, GhlAnswer answer, String key) {
    return Optional.of(JsonReads.child(answer.body(), key))
        .filter(record -> !record.isEmpty() && isOf(locationId, record));
  }

  /**
   * What a change answers: the status decides, success flags are spelt in many ways (ghl-facts.md
   * 1). Empty for what is not GoHighLevel's.
   */
  public static <G> Optional<G> accepted(GhlAnswer answer, G id) {
    return answer.json().isPresent() || answer.size() == 0 ? Optional.of(id) : Optional.empty();
  }

  /** Whether a record may be this location's: one that names another is never taken for it. */
  public static boolean isOf(LocationId locationId, JsonObject record) {
    String named = JsonReads.text(record, "locationId");
    return named.isEmpty() || named.equals(locationId.value());
  }

  /**
   * The id under this key; empty when it is absent or unusable.
   *
   * @param constructor throws {@link IllegalArgumentException} for what is no id
   */
  public static <G> Optional<G> id(JsonObject record, String key, Function<String, G> constructor) {
    try {
      return Optional.of(constructor.apply(JsonReads.text(record, key)));
    } catch (IllegalArgumentException unusable) {
      return Optional.empty();
    }
  }
}
