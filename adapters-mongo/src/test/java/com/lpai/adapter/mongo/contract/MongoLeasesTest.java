package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.sync.Leases;
import com.lpai.domain.sync.LeasesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoLeasesTest implements LeasesContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public Leases leases() {
    return DATABASE.adapter().leases();
  }
}
