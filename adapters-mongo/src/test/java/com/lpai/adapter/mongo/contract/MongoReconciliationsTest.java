package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.reconcile.Reconciliations;
import com.lpai.domain.reconcile.ReconciliationsContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoReconciliationsTest implements ReconciliationsContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public Reconciliations reconciliations() {
    return DATABASE.adapter().reconciliations();
  }
}
