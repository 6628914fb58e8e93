package com.lpai.dev.sandbox.world;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The contacts of one location, and the search index over them, which may be behind (ghl-facts.md
 * 3.1).
 */
public final class ContactBook {

  /** Orders the index by time, then id. */
  private record Place(Instant dateAdded, String id) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byTime = dateAdded.compareTo(other.dateAdded);
      return byTime != 0 ? byTime : id.compareTo(other.id);
    }
  }

  /** Where a page ends. */
  public record Cursor(Instant dateAdded, String id) {}

  /** A page of contacts, and how many there are in all. */
  public record Page(List<Contact> contacts, int total) {
    public Page {
      contacts = List.copyOf(contacts);
    }
  }

  private record Pending(Instant writtenAt, String id, Optional<Contact> state) {}

  private final Shelf shelf;
  private final InstantSource clock;
  private final Settings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Contact> contacts = new HashMap<>();
  private final Map<String, Set<String>> idsByEmail = new HashMap<>();
  private final Map<String, Set<String>> idsByPhone = new HashMap<>();
  private final Map<String, Contact> indexed = new HashMap<>();
  private final TreeMap<Place, Contact> index = new TreeMap<>();
  private final Deque<Pending> pending = new ArrayDeque<>();

  ContactBook(Shelf shelf, InstantSource clock, Settings settings) {
    this.shelf = shelf;
    this.clock = clock;
    this.settings = settings;
  }

  /** Takes up a contact that is on the shelf already. */
  void load(Contact contact) {
    exclusively(
        () -> {
          remember(contact);
          apply(contact.id(), Optional.of(contact));
          return contact;
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

  public Optional<Contact> find(String id) {
    return exclusively(() -> Optional.ofNullable(contacts.get(id)));
  }

  /** All with this e-mail address, the oldest first. */
  public List<Contact> allByEmail(String email) {
    return exclusively(() -> all(idsByEmail, email));
  }

  /** All with this number, the oldest first. */
  public List<Contact> allByPhone(String phone) {
    return exclusively(() -> all(idsByPhone, phone));
  }

  public int size() {
    return exclusively(contacts::size);
  }

  public void put(Contact contact) {
    exclusively(
        () -> {
          shelf.put(key(contact), contact.json());
          remember(contact);
          indexLater(contact.id(), Optional.of(contact));
          return contact;
        });
  }

  public void remove(Contact contact) {
    exclusively(
        () -> {
          shelf.remove(key(contact));
          forget(contact.id());
          indexLater(contact.id(), Optional.empty());
          return contact;
        });
  }

  /**
   * Looks at what the search index holds now.
   *
   * @param view gets all indexed contacts, ordered by the time they were added, then by id
   */
  public <T> T search(Function<Collection<Contact>, T> view) {
    return exclusively(
        () -> {
          catchUp();
          return view.apply(index.values());
        });
  }

  /**
   * A page of the search index in the order of the time added, then id, without looking at the
   * rest.
   *
   * @param after time and id of the last contact of the page before
   * @return the page, and how many contacts the index holds
   */
  public Page page(Optional<Cursor> after, int skip, int limit, boolean ascending) {
    return exclusively(
        () -> {
          catchUp();
          NavigableMap<Place, Contact> ordered = ascending ? index : index.descendingMap();
          NavigableMap<Place, Contact> rest =
              after
                  .map(it -> ordered.tailMap(new Place(it.dateAdded(), it.id()), false))
                  .orElse(ordered);
          return new Page(rest.values().stream().skip(skip).limit(limit).toList(), index.size());
        });
  }

  private List<Contact> all(Map<String, Set<String>> ids, String value) {
    return ids.getOrDefault(value, Set.of()).stream()
        .flatMap(id -> Optional.ofNullable(contacts.get(id)).stream())
        .toList();
  }

  private void remember(Contact contact) {
    forget(contact.id());
    contacts.put(contact.id(), contact);
    contact.text("email").ifPresent(email -> add(idsByEmail, email, contact.id()));
    contact.text("phone").ifPresent(phone -> add(idsByPhone, phone, contact.id()));
  }

  private void forget(String id) {
    Contact old = contacts.remove(id);
    if (old == null) {
      return;
    }
    old.text("email").ifPresent(email -> drop(idsByEmail, email, id));
    old.text("phone").ifPresent(phone -> drop(idsByPhone, phone, id));
  }

  private static void add(Map<String, Set<String>> ids, String value, String id) {
    ids.computeIfAbsent(value, any -> new LinkedHashSet<>()).add(id);
  }

  private static void drop(Map<String, Set<String>> ids, String value, String id) {
    Set<String> found = ids.get(value);
    if (found != null && found.remove(id) && found.isEmpty()) {
      ids.remove(value);
    }
  }

  private void indexLater(String id, Optional<Contact> state) {
    pending.addLast(new Pending(clock.instant(), id, state));
    catchUp();
  }

  private void catchUp() {
    Instant indexedUntil = clock.instant().minusSeconds(settings.get(Settings.SEARCH_LAG_SECONDS));
    while (!pending.isEmpty() && !pending.getFirst().writtenAt().isAfter(indexedUntil)) {
      Pending change = pending.removeFirst();
      apply(change.id(), change.state());
    }
  }

  private void apply(String id, Optional<Contact> state) {
    Contact old = indexed.remove(id);
    if (old != null) {
      index.remove(new Place(old.dateAdded(), id));
    }
    state.ifPresent(
        contact -> {
          indexed.put(id, contact);
          index.put(new Place(contact.dateAdded(), id), contact);
        });
  }

  private static String key(Contact contact) {
    return contact.locationId() + "/" + contact.id();
  }
}
