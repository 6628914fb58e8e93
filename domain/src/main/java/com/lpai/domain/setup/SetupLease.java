package com.lpai.domain.setup;

import com.lpai.domain.tenant.LocationId;
import java.time.Duration;

/** The lease under which one worker at a time copies a location's lists. */
public final class SetupLease {
  /**
   * Longer than one call can take, for which it is prolonged, and its writes: 33 s until the end of
   * an answer, and as much again with another token; a token that is renewed takes 5 s.
   */
  public static final Duration DURATION = Duration.ofSeconds(90);

  private SetupLease() {}

  public static String name(LocationId locationId) {
    return "setup:" + locationId;
  }
}
