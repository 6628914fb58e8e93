package com.lpai.domain.company;

class InMemoryDiscoveriesTest implements DiscoveriesContract {
  private final InMemoryDiscoveries discoveries = new InMemoryDiscoveries();

  @Override
  public Discoveries discoveries() {
    return discoveries;
  }
}
