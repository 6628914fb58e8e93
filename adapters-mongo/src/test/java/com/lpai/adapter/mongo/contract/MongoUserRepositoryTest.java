package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.directory.DirectoryRepository;
import com.lpai.domain.directory.User;
import com.lpai.domain.directory.UserRepositoryContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoUserRepositoryTest implements UserRepositoryContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public DirectoryRepository<User> entries() {
    return DATABASE.adapter().users();
  }
}
