package com.lpai.domain.erasure;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The locations whose data was erased on request (spec 3). What stays of one in the end is a keyed
 * hash of its id, so that the CRM's late deliveries are not stored again.
 */
public interface Erasures {

  /**
   * A location that is to be swept once more: late writers may have left something.
   *
   * @param dueAt when
   */
  record Sweep(LocationId locationId, Instant erasedAt, Instant dueAt) {}

  /**
   * Writes down that the location is erased, before anything is removed; from then on its events
   * are not stored, by other instances within ten seconds.
   *
   * @param firstSweepAt when what late writers leave is removed; the id is kept until the last time
   */
  void begin(LocationId locationId, Instant now, Instant firstSweepAt);

  /**
   * Removes every document of the location, its data key first; safe to repeat, and whatever is in
   * the documents.
   *
   * @return how many of each collection
   */
  Map<String, Long> removeAll(LocationId locationId);

  /** The sweeps whose time has come, the longest due first. */
  List<Sweep> due(Instant now);

  /**
   * Moves a sweep to a later time; it is done by whoever moved it.
   *
   * @return the moved one; empty when another instance moved it, or it is not wanted any more
   */
  Optional<Sweep> postpone(Sweep sweep, Instant next);

  /** That was the last sweep: only the hash of the id stays. */
  void finish(Sweep sweep);

  /**
   * Whether an event of this time is to be forgotten; the answer may be ten seconds old.
   *
   * @param sentAt when it was sent
   * @param announcesInstallation an event that the app was installed counts when it was sent after
   *     the erasure
   */
  boolean covers(LocationId locationId, Instant sentAt, boolean announcesInstallation);

  /** Whether the location is erased and not installed again since, as stored at this moment. */
  boolean isErased(LocationId locationId);

  /**
   * The app was installed again: an erasure before that is lifted.
   *
   * @return whether the location is welcome; false when it was erased after the installation
   */
  boolean lift(LocationId locationId, Instant installedAt);
}
