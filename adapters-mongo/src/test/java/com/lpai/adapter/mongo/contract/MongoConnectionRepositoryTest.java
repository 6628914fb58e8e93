package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.ConnectionRepositoryContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoConnectionRepositoryTest implements ConnectionRepositoryContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public ConnectionRepository connections() {
    return DATABASE.adapter().connections();
  }
}
