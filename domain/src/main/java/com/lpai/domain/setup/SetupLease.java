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

  private SetupLease() {}

  public static String name(LocationId locationId) {
    return "setup:" + locationId;
  }
}
