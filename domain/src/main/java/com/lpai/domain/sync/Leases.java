package com.lpai.domain.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One holder at a time for a named piece of work, over all instances. */
public interface Leases {
  /**
   * Takes the lease when nobody holds it or its time is over; empty while it is held, by another
   * thread of the same owner too.
   */
  Optional<Lease> acquire(String name, String owner, Instant now, Duration duration);

  /** Prolongs a lease, expired or not; empty when it was given back or lost to somebody else. */
  Optional<Lease> renew(Lease lease, Instant now, Duration duration);

  /** Gives the lease back at once; without effect when it was lost. */
  void release(Lease lease);
}
