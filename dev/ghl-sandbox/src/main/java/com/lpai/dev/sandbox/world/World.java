package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;

/** All that the sandbox holds. */
public final class World implements AutoCloseable {
  private static final String CLOCK = "clock";

  private final Storage storage;
  private final Shelf kept;
  private final Settings settings;
  private final Shelf locations;
  private final Shelf users;
  private final Map<String, Set<String>> userIdsByLocation = new ConcurrentHashMap<>();
  private final SandboxClock clock;
  private final Installs installs;
  private final Map<Kind, Books> books = new EnumMap<>(Kind.class);
  private final Grants grants;
  private final Supplier<String> newIds;

  private World(
      Storage storage,
      long seed,
      JsonObject settingsAtStart,
      InstantSource realTime,
      Supplier<String> newIds) {
    this.storage = storage;
    this.newIds = newIds;
    this.kept = storage.shelf("settings");
    this.settings = new Settings(kept, seed, settingsAtStart);
    this.locations = storage.shelf("locations");
    this.users = storage.shelf("users");
    users.all().forEach(this::index);
    long offset =
        kept.get(CLOCK).map(it -> it.getJsonNumber("offsetMillis").longValue()).orElse(0L);
    this.clock = new SandboxClock(realTime, offset);
    this.installs = new Installs(storage, clock);
    for (Kind kind : Kind.values()) {
      books.put(kind, new Books(kind, storage.kept(kind.plural()), clock, settings));
    }
    this.grants = new Grants(storage, settings, clock);
  }

  /**
   * Opens the world, as it was left where a directory is given.
   *
   * @param seed of what is not documented
   * @param settingsAtStart by name, in the place of what the seed decides
   * @param realTime the time that the sandbox's clock runs ahead of
   */
  public static World open(
      Optional<Path> directory, long seed, JsonObject settingsAtStart, InstantSource realTime) {
    return new World(Storage.of(directory), seed, settingsAtStart, realTime, Ids::random);
  }

  /**
   * A world in memory whose ids are the same each time: what depends on them can be repeated.
   *
   * @param seed of what is not documented, and of the ids
   */
  public static World repeatable(long seed, JsonObject settingsAtStart, InstantSource realTime) {
    Random ids = new Random(seed);
    return new World(
        Storage.of(Optional.empty()), seed, settingsAtStart, realTime, () -> Ids.from(ids));
  }

  /** The id of a record that is made now. */
  public String newId() {
    return newIds.get();
  }

  public SandboxClock clock() {
    return clock;
  }

  public Settings settings() {
    return settings;
  }

  public Installs installs() {
    return installs;
  }

  /** The records of a kind in all locations. */
  public Books all(Kind kind) {
    return Optional.ofNullable(books.get(kind)).orElseThrow();
  }

  /** The records of a kind in one location. */
  public Book of(Kind kind, String locationId) {
    return all(kind).of(locationId);
  }

  public Grants grants() {
    return grants;
  }

  /** A shelf for what one part keeps for itself. */
  public Shelf shelf(String name) {
    return storage.shelf(name);
  }

  /** Moves the clock, also for the next start. */
  public void advanceClock(Duration by) {
    long total = clock.offset().plus(by).toMillis();
    kept.put(CLOCK, JsonText.object().add("offsetMillis", total).build());
    clock.advance(by);
  }

  public Collection<JsonObject> locations() {
    return locations.all();
  }

  /** The locations of a company, by id. */
  public List<JsonObject> locationsOf(String companyId) {
    return locations.all().stream()
        .filter(it -> it.getString("companyId").equals(companyId))
        .toList();
  }

  public Optional<JsonObject> location(String locationId) {
    return locations.get(locationId);
  }

  public void putLocation(JsonObject location) {
    locations.put(location.getString("id"), location);
  }

  /** Who works in the location. */
  public List<JsonObject> usersOf(String locationId) {
    return presentAndDeletedUsersOf(locationId).stream()
        .filter(user -> !user.getBoolean("deleted", false))
        .toList();
  }

  /** Who works in the location, and who did before being deleted. */
  public List<JsonObject> presentAndDeletedUsersOf(String locationId) {
    return userIdsByLocation.getOrDefault(locationId, Set.of()).stream()
        .flatMap(id -> users.get(id).stream())
        .toList();
  }

  public Optional<JsonObject> user(String userId) {
    return users.get(userId);
  }

  public void putUser(JsonObject user) {
    users.put(user.getString("id"), user);
    index(user);
  }

  /** Fills locations, with one commit at the end. */
  public void seed(List<Seeding> seedings) {
    storage.bulk(() -> seedings.forEach(seeding -> seeding.into(this)));
  }

  @Override
  public void close() {
    storage.close();
  }

  private void index(JsonObject user) {
    user.getJsonObject("roles").getJsonArray("locationIds").getValuesAs(JsonString.class).stream()
        .map(JsonString::getString)
        .forEach(
            locationId ->
                userIdsByLocation
                    .computeIfAbsent(locationId, any -> new ConcurrentSkipListSet<>())
                    .add(user.getString("id")));
  }
}
