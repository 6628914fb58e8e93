package com.lpai.domain.sync;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Finds records whose push is due, or waits for a person, over all locations: the only look across
 * tenants here.
 *
 * @param <I> our id of such a record
 */
public interface PendingPushes<I> {

  /** Where to find one record. */
  record Due<I>(LocationId locationId, I id, Instant dueAt) {}

  /**
   * Records with a pending or blocked push due at or before {@code now}, longest due first,
   * tombstones included. Finding is not claiming: the claim is the stored intent of the call
   * ({@link Mirrored#pushStarted}), which only one can store.
   */
  List<Due<I>> due(Instant now, int limit);

  /**
   * How many live records of a location wait for a person's decision about a conflict; locations
   * without one are left out.
   *
   * @param most of so many locations at most
   */
  Map<LocationId, Long> undecided(int most);

  /**
   * How many records of a location failed, those whose deletion the CRM refused included; locations
   * without one are left out.
   *
   * @param most of so many locations at most
   */
  Map<LocationId, Long> failed(int most);
}
