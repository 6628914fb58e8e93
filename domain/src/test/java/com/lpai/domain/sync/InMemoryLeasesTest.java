package com.lpai.domain.sync;

class InMemoryLeasesTest implements LeasesContract {
  private final InMemoryLeases leases = new InMemoryLeases();

  @Override
  public Leases leases() {
    return leases;
  }
}
