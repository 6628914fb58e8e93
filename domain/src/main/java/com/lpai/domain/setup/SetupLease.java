package com.lpai.domain.setup;

import com.lpai.domain.tenant.LocationId;
import java.time.Duration;

/** The lease under which one worker at a time copies a location's lists. */
public final class SetupLease {
  /**
   * Longer than one piece of work takes: one call, at most 15 s with a renewed token, and its
   * writes.
   */
  public static final Duration DURATION = Duration.ofSeconds(20);

  /**
   * As long as so much of it is left it is not prolonged: that is a write less for each of the
   * pages that take a moment, and still longer than one piece of work takes.
   */
  public static final Duration AMPLE = Duration.ofSeconds(18);

  private SetupLease() {}

  public static String name(LocationId locationId) {
    return "setup:" + locationId;
  }
}
