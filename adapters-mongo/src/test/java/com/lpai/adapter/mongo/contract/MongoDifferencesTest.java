package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.reconcile.Differences;
import com.lpai.domain.reconcile.DifferencesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoDifferencesTest implements DifferencesContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public Differences differences() {
    return DATABASE.adapter().differences();
  }
}
