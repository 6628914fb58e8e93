package com.lpai.domain.reconcile;

class InMemoryReconciliationsTest implements ReconciliationsContract {
  private final InMemoryReconciliations reconciliations = new InMemoryReconciliations();

  @Override
  public Reconciliations reconciliations() {
    return reconciliations;
  }
}
