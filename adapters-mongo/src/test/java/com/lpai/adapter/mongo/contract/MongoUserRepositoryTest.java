package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.directory.UserRepository;
import com.lpai.domain.directory.UserRepositoryContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoUserRepositoryTest implements UserRepositoryContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public UserRepository users() {
    return DATABASE.adapter().users();
  }
}
