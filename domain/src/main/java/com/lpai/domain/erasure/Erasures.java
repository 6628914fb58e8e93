package com.lpai.domain.erasure;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The locations whose data was erased on request (spec 3). What stays of one in the end is a keyed
 * hash of its id, so that the CRM's late deliveries are not stored again.
 */
public interface Erasures {

  /** A location that is still to be swept. */
  record Sweep(LocationId locationId, Instant until) {}

  /**
   * Writes down that the location is erased, before anything is removed; from then on its events
   * are not stored, by other instances within ten seconds.
   *
   * @param sweepUntil until then what late writers leave is removed again, and the id is kept
   */
  void begin(LocationId locationId, Instant now, Instant sweepUntil);

  /**
   * Removes every document of the location; safe to repeat.
   *
   * @return how many of each collection
   */
  Map<String, Long> removeAll(LocationId locationId);

  /** Every erasure that is not finished. */
  List<Sweep> unfinished();

  /** The last sweep is over: only the hash of the id stays. */
  void finish(LocationId locationId);

  /**
   * Whether an event of this time is to be forgotten; the answer may be ten seconds old.
   *
   * @param sentAt when it was sent
   * @param announcesInstallation an event that the app was installed counts when it was sent after
   *     the erasure
   */
  boolean covers(LocationId locationId, Instant sentAt, boolean announcesInstallation);

  /** The app was installed again: the location is welcome. */
  void lift(LocationId locationId);
}
