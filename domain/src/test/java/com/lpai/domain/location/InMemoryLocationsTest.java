package com.lpai.domain.location;

class InMemoryLocationsTest implements LocationRepositoryContract {
  private final InMemoryLocations locations = new InMemoryLocations();

  @Override
  public LocationRepository locations() {
    return locations;
  }
}
