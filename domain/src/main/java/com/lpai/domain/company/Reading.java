package com.lpai.domain.company;

import java.time.Instant;

/**
 * How far the pages of a company's locations are read, or were at the end of the last reading.
 *
 * @param begunAt when it began
 * @param skip how many entries are read
 * @param resumed it was interrupted: as pages are unsorted, it may have left out a location
 * @param listed how many locations the CRM named as having the app
 * @param connected how many of these have a connection
 * @param missed how many could not be connected
 */
public record Reading(
    Instant begunAt, int skip, boolean resumed, int listed, int connected, int missed) {
  /** Nothing was read ever. */
  public static final Reading NONE = begunAt(Instant.EPOCH);

  public static Reading begunAt(Instant now) {
    return new Reading(now, 0, false, 0, 0, 0);
  }

  public Reading goingOn() {
    return new Reading(begunAt, skip, true, listed, connected, missed);
  }

  /** One page more. */
  public Reading and(int entries, int pageConnected, int pageMissed) {
    return new Reading(
        begunAt,
        skip + entries,
        resumed,
        listed + pageConnected + pageMissed,
        connected + pageConnected,
        missed + pageMissed);
  }
}
