package com.lpai.domain.sync;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds records whose push is due, or waits for a person, over all locations: the only look across
 * tenants here.
 *
 * @param <I> our id of such a record
 */
public interface PendingPushes<I> {

  /** Where to find one record. */
  record Due<I>(LocationId locationId, I id, Instant dueAt) {
    /**
     * What is found when so much is due of both sorts. However many are pending, a tenth of the
     * places is left to blocked ones, so that these are not forgotten either.
     *
     * @param pending the longest due first
     * @param blocked the longest due first
     */
    public static <I> List<Due<I>> inTurn(List<Due<I>> pending, List<Due<I>> blocked, int limit) {
      int kept = Math.min(blocked.size(), limit / 10);
      return Stream.concat(pending.stream().limit(limit - kept), blocked.stream())
          .limit(limit)
          .toList();
    }
  }

  /**
   * Records with a pending or blocked push due at or before {@code now}, tombstones included. Those
   * that are blocked only look again for what they wait for, over and over: they come behind the
   * pending ones ({@link Due#inTurn}). Of each sort the longest due come first. Finding is not
   * claiming: the claim is the stored intent of the call ({@link Mirrored#pushStarted}), which only
   * one can store.
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
