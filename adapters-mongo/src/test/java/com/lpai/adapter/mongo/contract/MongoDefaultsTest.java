package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.defaults.DefaultsRepository;
import com.lpai.domain.defaults.DefaultsRepositoryContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoDefaultsTest implements DefaultsRepositoryContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public DefaultsRepository defaults() {
    return DATABASE.adapter().defaults();
  }
}
