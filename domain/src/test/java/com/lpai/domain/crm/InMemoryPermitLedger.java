package com.lpai.domain.crm;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Permits in memory, with a clock as the database has one. */
public final class InMemoryPermitLedger<O> implements PermitLedger<O> {
  private record Kept(PermitStock stock, Instant storedAt) {}

  private final InstantSource clock;
  private final Map<O, Kept> stocks = new HashMap<>();
  private long writes;

  public InMemoryPermitLedger(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Optional<PermitStock> find(O owner) {
    return Optional.ofNullable(stocks.get(owner)).map(Kept::stock);
  }

  @Override
  public synchronized Optional<PermitStock> save(O owner, PermitStock stock) {
    writes++;
    long present = find(owner).map(PermitStock::version).orElse(0L);
    if (present != stock.version()) {
      return Optional.empty();
    }
    stocks.put(owner, new Kept(stock.stored(), clock.instant()));
    return Optional.of(stock.stored());
  }

  @Override
  public synchronized List<Found<O>> changedSince(Instant since) {
    return stocks.entrySet().stream()
        .filter(kept -> !kept.getValue().storedAt().isBefore(since))
        .map(kept -> new Found<>(kept.getKey(), kept.getValue().stock()))
        .toList();
  }

  /** Forgets an owner's stock, as an erasure does. */
  public synchronized void remove(O owner) {
    stocks.remove(owner);
  }

  /** How often somebody wrote. */
  public synchronized long writes() {
    return writes;
  }
}
