package com.lpai.domain.reconcile;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reconciliations in memory. */
public final class InMemoryReconciliations implements Reconciliations {
  private final Map<String, Reconciliation> stored = new TreeMap<>();
  private Runnable beforeNextSave = () -> {};

  /** This happens once, before something is stored. */
  public synchronized void beforeNextSave(Runnable happening) {
    beforeNextSave = happening;
  }

  @Override
  public synchronized Optional<Reconciliation> find(LocationId locationId) {
    return Optional.ofNullable(stored.get(locationId.value()));
  }

  @Override
  public synchronized Optional<Reconciliation> save(
      LocationId locationId, Reconciliation reconciliation) {
    Runnable happening = beforeNextSave;
    beforeNextSave = () -> {};
    happening.run();
    long present = find(locationId).map(Reconciliation::version).orElse(0L);
    if (present != reconciliation.version()) {
      return Optional.empty();
    }
    Reconciliation next = reconciliation.atVersion(present + 1);
    stored.put(locationId.value(), next);
    return Optional.of(next);
  }

  @Override
  public synchronized List<LocationId> due(Instant now, int limit) {
    return stored.entrySet().stream()
        .filter(entry -> !entry.getValue().careAt().isAfter(now))
        .sorted(Comparator.comparing(entry -> entry.getValue().careAt()))
        .limit(limit)
        .map(entry -> new LocationId(entry.getKey()))
        .toList();
  }

  @Override
  public synchronized long countDue(Instant now) {
    return due(now, Integer.MAX_VALUE).size();
  }
}
