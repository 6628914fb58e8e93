package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** All that the sandbox holds. */
public final class World implements AutoCloseable {
  private static final String CLOCK = "clock";

  private final Storage storage;
  private final Quirks quirks;
  private final Shelf settings;
  private final Shelf locations;
  private final Shelf users;
  private final Shelf installs;
  private final SandboxClock clock;
  private final Contacts contacts;
  private final Grants grants;

  private World(Storage storage, Quirks quirks, InstantSource realTime) {
    this.storage = storage;
    this.quirks = quirks;
    this.settings = storage.shelf("settings");
    this.locations = storage.shelf("locations");
    this.users = storage.shelf("users");
    this.installs = storage.shelf("installs");
    long offset =
        settings.get(CLOCK).map(it -> it.getJsonNumber("offsetMillis").longValue()).orElse(0L);
    this.clock = new SandboxClock(realTime, offset);
    this.contacts = new Contacts(storage.shelf("contacts"), clock, quirks.searchLag());
    this.grants = new Grants(storage, clock);
  }

  /**
   * Opens the world, as it was left where a directory is given.
   *
   * @param realTime the time that the sandbox's clock runs ahead of
   */
  public static World open(Optional<Path> directory, Quirks quirks, InstantSource realTime) {
    return new World(Storage.of(directory), quirks, realTime);
  }

  public SandboxClock clock() {
    return clock;
  }

  public Quirks quirks() {
    return quirks;
  }

  public Contacts contacts() {
    return contacts;
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
    settings.put(CLOCK, JsonText.object().add("offsetMillis", total).build());
    clock.advance(by);
  }

  public Collection<JsonObject> locations() {
    return locations.all();
  }

  public Optional<JsonObject> location(String locationId) {
    return locations.get(locationId);
  }

  public void putLocation(JsonObject location) {
    locations.put(location.getString("id"), location);
  }

  /** The users who work in a location. */
  public List<JsonObject> usersOf(String locationId) {
    return users.all().stream()
        .filter(
            user ->
                user.getJsonObject("roles")
                    .getJsonArray("locationIds")
                    .contains(JsonText.string(locationId)))
        .toList();
  }

  public Optional<JsonObject> user(String userId) {
    return users.get(userId);
  }

  public void putUser(JsonObject user) {
    users.put(user.getString("id"), user);
  }

  public boolean isInstalled(String locationId) {
    return installs.get(locationId).isPresent();
  }

  public void markInstalled(String locationId) {
    installs.put(
        locationId, JsonText.object().add("installedAt", clock.instant().toString()).build());
  }

  public void markUninstalled(String locationId) {
    installs.remove(locationId);
    grants.revokeApp(locationId);
  }

  /** Fills a location, with one commit at the end. */
  public void seed(Seeding seeding) {
    storage.bulk(() -> seeding.into(this));
  }

  @Override
  public void close() {
    storage.close();
  }
}
