package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** One kind of record by key, read from memory and written through to the storage. */
public final class Shelf {
  private final ConcurrentSkipListMap<String, JsonObject> records = new ConcurrentSkipListMap<>();
  private final Optional<Map<String, String>> kept;

  /**
   * @param kept where the records outlive the process, empty when they do not; what it already
   *     holds is read now
   */
  Shelf(Optional<Map<String, String>> kept) {
    this.kept = kept;
    kept.ifPresent(all -> all.forEach((key, text) -> records.put(key, JsonText.parseOwn(text))));
  }

  public Optional<JsonObject> get(String key) {
    return Optional.ofNullable(records.get(key));
  }

  public void put(String key, JsonObject record) {
    records.put(key, record);
    kept.ifPresent(it -> it.put(key, record.toString()));
  }

  public void remove(String key) {
    records.remove(key);
    kept.ifPresent(it -> it.remove(key));
  }

  /** All records in the order of their keys. */
  public Collection<JsonObject> all() {
    return List.copyOf(records.values());
  }

  /** All keys in order. */
  public List<String> keys() {
    return List.copyOf(records.keySet());
  }
}
