package com.lpai.domain.erasure;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Erasures in memory, over whatever stores they are given. */
public final class InMemoryErasures implements Erasures {
  private final Map<LocationId, Instant> erasedAt = new HashMap<>();
  private final Map<LocationId, Sweep> sweeps = new HashMap<>();
  private final Map<String, ToLongFunction<LocationId>> stores;

  /**
   * Erasures.
   *
   * @param stores by name, what removes a location from each and says how much that was
   */
  public InMemoryErasures(Map<String, ToLongFunction<LocationId>> stores) {
    this.stores = stores;
  }

  @Override
  public synchronized void begin(LocationId locationId, Instant now, Instant firstSweepAt) {
    erasedAt.put(locationId, now);
    sweeps.put(locationId, new Sweep(locationId, now, firstSweepAt));
  }

  @Override
  public synchronized Map<String, Long> removeAll(LocationId locationId) {
    Map<String, Long> removed = new TreeMap<>();
    stores.forEach((name, store) -> removed.put(name, store.applyAsLong(locationId)));
    return removed;
  }

  @Override
  public synchronized List<Sweep> due(Instant now) {
    return sweeps.values().stream()
        .filter(sweep -> !sweep.dueAt().isAfter(now))
        .sorted(Comparator.comparing(Sweep::dueAt))
        .toList();
  }

  @Override
  public synchronized Optional<Sweep> postpone(Sweep sweep, Instant next) {
    Sweep moved = new Sweep(sweep.locationId(), sweep.erasedAt(), next);
    return sweeps.replace(sweep.locationId(), sweep, moved) ? Optional.of(moved) : Optional.empty();
  }

  @Override
  public synchronized void finish(Sweep sweep) {
    sweeps.remove(sweep.locationId(), sweep);
  }

  @Override
  public synchronized boolean covers(
      LocationId locationId, Instant sentAt, boolean announcesInstallation) {
    Instant erased = erasedAt.get(locationId);
    return erased != null && !(announcesInstallation && sentAt.isAfter(erased));
  }

  @Override
  public synchronized boolean isErased(LocationId locationId) {
    return erasedAt.containsKey(locationId);
  }

  @Override
  public synchronized boolean lift(LocationId locationId, Instant installedAt) {
    Instant erased = erasedAt.getOrDefault(locationId, Instant.MIN);
    if (!erased.isBefore(installedAt)) {
      return false;
    }
    erasedAt.remove(locationId);
    sweeps.remove(locationId);
    return true;
  }
}
