package com.lpai.domain.reconcile;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where it is kept how far each location's reconciliation is, one document for each. */
public interface Reconciliations {
  Optional<Reconciliation> find(LocationId locationId);

  /**
   * Stores it when it is still at the version it was read at; version 0 stores a new one. One that
   * was removed meanwhile is not made anew.
   *
   * @return as it is stored; empty when somebody else stored one since, or removed it
   */
  Optional<Reconciliation> save(LocationId locationId, Reconciliation reconciliation);

  /** Locations that have something to do at this time, those that wait longest first. */
  List<LocationId> due(Instant now, int limit);

  /** How many locations have something to do at this time. */
  long countDue(Instant now);
}
