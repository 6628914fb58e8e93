package com.lpai.domain.reconcile;

class InMemoryDifferencesTest implements DifferencesContract {
  private final InMemoryDifferences differences = new InMemoryDifferences();

  @Override
  public Differences differences() {
    return differences;
  }
}
