package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonObject;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The records of one kind in all locations. */
public final class Books {
  private final Kind kind;
  private final Optional<Map<String, String>> kept;
  private final InstantSource clock;
  private final Settings settings;
  private final Map<String, Book> books = new ConcurrentHashMap<>();

  /**
   * @param kept where records outlive the process; what it already holds is read now
   */
  Books(Kind kind, Optional<Map<String, String>> kept, InstantSource clock, Settings settings) {
    this.kind = kind;
    this.kept = kept;
    this.clock = clock;
    this.settings = settings;
    kept.ifPresent(all -> all.values().forEach(this::load));
  }

  public Book of(String locationId) {
    return books.computeIfAbsent(locationId, any -> new Book(kind, kept, clock, settings));
  }

  /** Finds a record in whichever location it is. */
  public Optional<Item> findAnywhere(String id) {
    return books.values().stream().flatMap(book -> book.find(id).stream()).findFirst();
  }

  private void load(String text) {
    JsonObject json = JsonText.parseOwn(text);
    Item item = Item.of(kind, json, text);
    of(item.locationId()).load(item, json);
  }
}
