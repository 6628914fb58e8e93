package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.company.Discoveries;
import com.lpai.domain.company.DiscoveriesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoDiscoveriesTest implements DiscoveriesContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public Discoveries discoveries() {
    return DATABASE.adapter().discoveries();
  }
}
