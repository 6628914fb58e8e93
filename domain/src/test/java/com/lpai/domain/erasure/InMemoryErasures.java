package com.lpai.domain.erasure;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  public synchronized void begin(LocationId locationId, Instant now, Instant sweepUntil) {
    erasedAt.put(locationId, now);
    sweeps.put(locationId, new Sweep(locationId, sweepUntil));
  }

  @Override
  public synchronized Map<String, Long> removeAll(LocationId locationId) {
    Map<String, Long> removed = new TreeMap<>();
    stores.forEach((name, store) -> removed.put(name, store.applyAsLong(locationId)));
    return removed;
  }

  @Override
  public synchronized List<Sweep> unfinished() {
    return List.copyOf(sweeps.values());
  }

  @Override
  public synchronized void finish(LocationId locationId) {
    sweeps.remove(locationId);
  }

  @Override
  public synchronized boolean covers(
      LocationId locationId, Instant sentAt, boolean announcesInstallation) {
    Instant erased = erasedAt.get(locationId);
    return erased != null && !(announcesInstallation && sentAt.isAfter(erased));
  }

  @Override
  public synchronized void lift(LocationId locationId) {
    erasedAt.remove(locationId);
    sweeps.remove(locationId);
  }
}
