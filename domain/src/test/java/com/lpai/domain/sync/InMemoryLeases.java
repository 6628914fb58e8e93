package com.lpai.domain.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Leases in memory. A lease given back stays known, so that its fence goes on growing. */
public final class InMemoryLeases implements Leases {
  private final Map<String, Lease> held = new HashMap<>();

  @Override
  public synchronized Optional<Lease> acquire(
      String name, String owner, Instant now, Duration duration) {
    Lease last = held.getOrDefault(name, new Lease(name, "", 0, Instant.EPOCH));
    if (last.until().isAfter(now)) {
      return Optional.empty();
    }
    return Optional.of(keep(new Lease(name, owner, last.fence() + 1, now.plus(duration))));
  }

  @Override
  public synchronized Optional<Lease> renew(Lease lease, Instant now, Duration duration) {
    return isHeld(lease)
        ? Optional.of(
            keep(new Lease(lease.name(), lease.owner(), lease.fence(), now.plus(duration))))
        : Optional.empty();
  }

  @Override
  public synchronized void release(Lease lease) {
    if (isHeld(lease)) {
      keep(new Lease(lease.name(), "", lease.fence(), Instant.EPOCH));
    }
  }

  private boolean isHeld(Lease lease) {
    Lease last = held.get(lease.name());
    return last != null && last.fence() == lease.fence() && last.owner().equals(lease.owner());
  }

  private Lease keep(Lease lease) {
    held.put(lease.name(), lease);
    return lease;
  }
}
