package com.lpai.application.overlay;

import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.tenant.LocationId;
import java.util.List;
import java.util.Optional;

/** Locations for looking only: what changes one is read from the CRM first, which nobody asks. */
record UnchangedLocations(LocationRepository stored) implements LocationRepository {
  @Override
  public Optional<Location> find(LocationId locationId) {
    return stored.find(locationId);
  }

  @Override
  public Optional<Location> save(LocationId locationId, Location location) {
    throw new IllegalStateException("no event changes a location without a read");
  }

  @Override
  public List<Location> all() {
    return stored.all();
  }

  @Override
  public List<Location> withUnfinishedSetup() {
    return stored.withUnfinishedSetup();
  }
}
