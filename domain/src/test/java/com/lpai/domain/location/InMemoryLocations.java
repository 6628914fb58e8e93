package com.lpai.domain.location;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.testing.NextWrite;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Locations in memory: keeps what the port promises, for as long as the process lives. */
public final class InMemoryLocations implements LocationRepository {
  private final TreeMap<String, Location> byId = new TreeMap<>();
  public final NextWrite nextWrite = new NextWrite();

  @Override
  public synchronized Optional<Location> find(LocationId locationId) {
    return Optional.ofNullable(byId.get(locationId.value()));
  }

  @Override
  public synchronized Optional<Location> save(LocationId locationId, Location location) {
    nextWrite.happens();
    if (!location.id().equals(locationId)) {
      throw new IllegalArgumentException("location " + location.id() + " is not " + locationId);
    }
    if (find(locationId).map(Location::version).orElse(0L) != location.version()) {
      return Optional.empty();
    }
    Location stored = location.atVersion(location.version() + 1);
    byId.put(locationId.value(), stored);
    return Optional.of(stored);
  }

  @Override
  public synchronized List<Location> all() {
    return List.copyOf(byId.values());
  }

  @Override
  public synchronized List<Location> withUnfinishedSetup() {
    return byId.values().stream().filter(location -> location.setup().isUnderWay()).toList();
  }
}
