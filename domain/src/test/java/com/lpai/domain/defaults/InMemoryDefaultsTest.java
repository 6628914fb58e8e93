package com.lpai.domain.defaults;

class InMemoryDefaultsTest implements DefaultsRepositoryContract {
  private final InMemoryDefaults defaults = new InMemoryDefaults();

  @Override
  public DefaultsRepository defaults() {
    return defaults;
  }
}
