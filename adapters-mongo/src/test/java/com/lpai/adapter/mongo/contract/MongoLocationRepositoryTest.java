package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.location.LocationRepositoryContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoLocationRepositoryTest implements LocationRepositoryContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public LocationRepository locations() {
    return DATABASE.adapter().locations();
  }
}
