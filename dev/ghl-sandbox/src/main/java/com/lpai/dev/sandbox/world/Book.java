package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The records of one kind in one location, and the search index over them, which may be behind
 * (ghl-facts.md 3.1).
 */
public final class Book {

  /** Orders the index by time, then id. */
  private record Place(Instant addedAt, String id) implements Comparable<Place> {
    static Place of(Item item) {
      return new Place(item.addedAt(), item.id());
    }

    @Override
    public int compareTo(Place other) {
      int byTime = addedAt.compareTo(other.addedAt);
      return byTime != 0 ? byTime : id.compareTo(other.id);
    }
  }

  /** Where a page ends. */
  public record Cursor(Instant addedAt, String id) {}

  /** A page of records, and how many there are in all. */
  public record Page(List<Item> items, int total) {
    public Page {
      items = List.copyOf(items);
    }
  }

  private record Pending(Instant writtenAt, Optional<Item> before, Optional<Item> after) {}

  private record Answered(Object question, List<Item> items) {}

  private record Value(String field, String value) {}

  private final Kind kind;
  private final Optional<Map<String, String>> kept;
  private final InstantSource clock;
  private final Settings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<String, Item> items = new TreeMap<>();
  private final Map<Value, Set<String>> lookups = new HashMap<>();
  private final TreeMap<Place, Item> index = new TreeMap<>();
  private final Deque<Pending> pending = new ArrayDeque<>();
  private Optional<Answered> lastAnswer = Optional.empty();

  /**
   * @param kept where records outlive the process; empty when they do not
   */
  Book(Kind kind, Optional<Map<String, String>> kept, InstantSource clock, Settings settings) {
    this.kind = kind;
    this.kept = kept;
    this.clock = clock;
    this.settings = settings;
  }

  /** Takes up a record that is kept already. */
  void load(Item item, JsonObject json) {
    exclusively(
        () -> {
          remember(item, json);
          index.put(Place.of(item), item);
          return item;
        });
  }

  /** Runs a step that reads and then writes, with nobody else in between. */
  public <T> T exclusively(Supplier<T> step) {
    lock.lock();
    try {
      return step.get();
    } finally {
      lock.unlock();
    }
  }

  public Optional<Item> find(String id) {
    return exclusively(() -> Optional.ofNullable(items.get(id)));
  }

  /**
   * All with this value, the oldest write first.
   *
   * @param field one of the kind's lookups
   */
  public List<Item> allBy(String field, String value) {
    if (!kind.lookups().contains(field)) {
      throw new IllegalArgumentException(kind + " cannot be looked up by " + field);
    }
    return exclusively(
        () ->
            lookups.getOrDefault(new Value(field, value), Set.of()).stream()
                .flatMap(id -> Optional.ofNullable(items.get(id)).stream())
                .toList());
  }

  /** All of them by id: for kinds of which a location has few. */
  public List<Item> all() {
    return exclusively(() -> List.copyOf(items.values()));
  }

  /** A page of all of them by id, as they are now. */
  public Page byId(Optional<String> after, int limit) {
    return exclusively(
        () -> {
          NavigableMap<String, Item> rest =
              after.<NavigableMap<String, Item>>map(id -> items.tailMap(id, false)).orElse(items);
          return new Page(some(rest.values(), 0, limit), items.size());
        });
  }

  public int size() {
    return exclusively(items::size);
  }

  /** Stores a record, in the place of the one with its id. */
  public Item put(JsonObject json) {
    return put(Item.of(kind, json), json);
  }

  /** Stores a record, in the place of the one with its id. */
  public Item put(Item item) {
    return put(item, item.json());
  }

  private Item put(Item item, JsonObject json) {
    return exclusively(
        () -> {
          kept.ifPresent(it -> it.put(key(item), item.stored()));
          Optional<Item> before = remember(item, json);
          indexLater(before, Optional.of(item));
          return item;
        });
  }

  /** Stores a record as one that has long been there: the search index knows it. */
  Item putSettled(JsonObject json) {
    Item item = Item.of(kind, json);
    kept.ifPresent(it -> it.put(key(item), item.stored()));
    load(item, json);
    return item;
  }

  public void remove(Item item) {
    exclusively(
        () -> {
          kept.ifPresent(it -> it.remove(key(item)));
          Optional<Item> before = forget(item.id());
          indexLater(before, Optional.empty());
          return before;
        });
  }

  /**
   * Looks at what the search index holds now.
   *
   * @param view gets all indexed records, ordered by the time they were added, then by id
   */
  public <T> T search(Function<Collection<Item>, T> view) {
    return exclusively(
        () -> {
          catchUp();
          return view.apply(index.values());
        });
  }

  /**
   * Searches in an order of its own. The answer to the last question is kept until the index
   * changes, so that walking through its pages sorts once.
   *
   * @param question what is searched and in which order; the same view for equal questions
   * @param view picks and sorts from all indexed records
   */
  public List<Item> search(Object question, Function<Collection<Item>, List<Item>> view) {
    return exclusively(
        () -> {
          catchUp();
          Answered answer =
              lastAnswer
                  .filter(it -> it.question().equals(question))
                  .orElseGet(() -> new Answered(question, view.apply(index.values())));
          lastAnswer = Optional.of(answer);
          return answer.items();
        });
  }

  /**
   * A page of the search index in the order of the time added, then id, without looking at the
   * rest.
   *
   * @param after time and id of the last record of the page before
   * @return the page, and how many records the index holds
   */
  public Page page(Optional<Cursor> after, int skip, int limit, boolean ascending) {
    return exclusively(
        () -> {
          catchUp();
          NavigableMap<Place, Item> ordered = ascending ? index : index.descendingMap();
          NavigableMap<Place, Item> rest =
              after
                  .map(it -> ordered.tailMap(new Place(it.addedAt(), it.id()), false))
                  .orElse(ordered);
          return new Page(some(rest.values(), skip, limit), index.size());
        });
  }

  /** A stream of a part of a tree would count all of it first. */
  private static List<Item> some(Collection<Item> all, int skip, int limit) {
    List<Item> some = new ArrayList<>();
    Iterator<Item> rest = all.iterator();
    for (int place = 0; rest.hasNext() && place < skip + limit; place++) {
      Item item = rest.next();
      if (place >= skip) {
        some.add(item);
      }
    }
    return some;
  }

  private Optional<Item> remember(Item item, JsonObject json) {
    Optional<Item> before = forget(item.id());
    items.put(item.id(), item);
    eachLookup(
        json, value -> lookups.computeIfAbsent(value, any -> new LinkedHashSet<>()).add(item.id()));
    return before;
  }

  private Optional<Item> forget(String id) {
    Optional<Item> before = Optional.ofNullable(items.remove(id));
    if (!kind.lookups().isEmpty()) {
      before.ifPresent(item -> eachLookup(item.json(), value -> drop(value, id)));
    }
    return before;
  }

  private void eachLookup(JsonObject json, Consumer<Value> action) {
    for (String field : kind.lookups()) {
      JsonText.text(json, field).ifPresent(value -> action.accept(new Value(field, value)));
      if (json.get(field) instanceof JsonArray texts) {
        texts
            .getValuesAs(JsonString.class)
            .forEach(text -> action.accept(new Value(field, text.getString())));
      }
    }
  }

  private void drop(Value value, String id) {
    Set<String> found = lookups.get(value);
    if (found != null && found.remove(id) && found.isEmpty()) {
      lookups.remove(value);
    }
  }

  private void indexLater(Optional<Item> before, Optional<Item> after) {
    pending.addLast(new Pending(clock.instant(), before, after));
    catchUp();
  }

  private void catchUp() {
    int lag = kind.isSearched() ? settings.get(Settings.SEARCH_LAG_SECONDS) : 0;
    Instant indexedUntil = clock.instant().minusSeconds(lag);
    while (!pending.isEmpty() && !pending.getFirst().writtenAt().isAfter(indexedUntil)) {
      Pending change = pending.removeFirst();
      change.before().ifPresent(it -> index.remove(Place.of(it)));
      change.after().ifPresent(it -> index.put(Place.of(it), it));
      lastAnswer = Optional.empty();
    }
  }

  private static String key(Item item) {
    return item.locationId() + "/" + item.id();
  }
}
