package com.lpai.domain.company;

import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;

/**
 * A location that has the app and could not be connected. It is tried again later and later, and
 * does not keep others waiting.
 *
 * @param name as the CRM has it; empty when it did not tell
 * @param why for a person
 * @param attempts how often in a row
 * @param notBefore when it is tried again
 */
public record MissedLocation(
    LocationId id, String name, String why, int attempts, Instant notBefore) {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int MOST_DOUBLINGS = 11;

  /** The first time. */
  public static MissedLocation first(LocationId id, String name, String why, Instant now) {
    return new MissedLocation(id, name, why, 1, now.plus(SOON));
  }

  /** Once more. */
  public MissedLocation again(String nowNamed, String nowWhy, Instant now) {
    Duration doubled = SOON.multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
    Duration wait = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    return new MissedLocation(id, nowNamed, nowWhy, attempts + 1, now.plus(wait));
  }

  /** There is a reason to try it now. */
  public MissedLocation at(Instant now) {
    return new MissedLocation(id, name, why, attempts, now);
  }
}
