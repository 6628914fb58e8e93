package com.lpai.application.work;

import com.lpai.domain.sync.Lease;
import com.lpai.domain.sync.Leases;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Our hold on one named piece of work, prolonged between its parts and given back at its end. */
public final class Hold implements AutoCloseable {
  /** This part of the whole time is a moment. */
  private static final int MOMENT = 20;

  private final Leases leases;
  private final Duration duration;
  private final Instance instance;
  private Lease lease;

  private Hold(Leases leases, Duration duration, Instance instance, Lease lease) {
    this.leases = leases;
    this.duration = duration;
    this.instance = instance;
    this.lease = lease;
  }

  /**
   * Takes it; empty while somebody else has it.
   *
   * @param duration longer than one part of the work takes
   */
  public static Optional<Hold> on(
      String name, Leases leases, Duration duration, Instance instance) {
    return leases
        .acquire(name, instance.name(), instance.time().instant(), duration)
        .map(lease -> new Hold(leases, duration, instance, lease));
  }

  /**
   * False when it was lost: another worker goes on. While nearly all of it is left it is not stored
   * anew: that is a write less for each part that takes a moment.
   */
  public boolean isProlonged() {
    Instant now = instance.time().instant();
    if (now.isBefore(lease.until().minus(duration).plus(duration.dividedBy(MOMENT)))) {
      return true;
    }
    Optional<Lease> renewed = leases.renew(lease, now, duration);
    lease = renewed.orElse(lease);
    return renewed.isPresent();
  }

  @Override
  public void close() {
    leases.release(lease);
  }
}
