package com.lpai.domain.location;

import com.lpai.domain.tenant.LocationId;
import java.util.List;
import java.util.Optional;

/** Where locations are kept, one document each, unique by location id. */
public interface LocationRepository {
  Optional<Location> find(LocationId locationId);

  /**
   * Stores the location when it is still at the version it was read at; version 0 stores a new one.
   *
   * @return the stored location with its new version; empty when somebody else stored it meanwhile
   */
  Optional<Location> save(LocationId locationId, Location location);

  /** Every location, by id: for the operator, and to find work that a stopped instance left. */
  List<Location> all();

  /** Locations whose setup is requested or running. */
  List<Location> withUnfinishedSetup();
}
