package com.lpai.domain.setup;

import com.lpai.domain.tenant.LocationId;
import java.time.Duration;

/** One step of one location's setup: what one worker at a time does, under a lease. */
public record SetupPart(LocationId locationId, SetupStep step) {
  /**
   * How long the lease lasts. Longer than one piece of work takes: one call, at most 15 s with a
   * renewed token, and its writes.
   */
  public static final Duration LEASE = Duration.ofSeconds(20);

  /** The lease's name. It ends with the location, so that erasing that finds it. */
  public String leaseName() {
    return "setup/" + step.key() + ":" + locationId;
  }
}
