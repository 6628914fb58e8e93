package com.lpai.domain.crm;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who holds which permits, over all instances: one document for each owner that ever made a call,
 * changed only at the version it was read at.
 *
 * @param <O> whose permits they are: a location's or a company's id
 */
public interface PermitLedger<O> {

  /**
   * A stock as it was found.
   *
   * @param owner whose it is
   */
  record Found<O>(O owner, PermitStock stock) {}

  /** The stored stock; empty when the owner never made a call. */
  Optional<PermitStock> find(O owner);

  /**
   * Stores the stock, unless somebody else stored one since its version was read. One of version 0
   * is stored only where there is none.
   *
   * @return the stored form under its new version; empty when nothing was stored
   */
  Optional<PermitStock> save(O owner, PermitStock stock);

  /**
   * Every stock that was stored at this time or later, by the database's clock ({@link
   * Heartbeats}), in any order.
   */
  List<Found<O>> changedSince(Instant since);
}
