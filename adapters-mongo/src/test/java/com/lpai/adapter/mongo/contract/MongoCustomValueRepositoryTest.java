package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.directory.CustomValue;
import com.lpai.domain.directory.CustomValueRepositoryContract;
import com.lpai.domain.directory.DirectoryRepository;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoCustomValueRepositoryTest implements CustomValueRepositoryContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public DirectoryRepository<CustomValue> entries() {
    return DATABASE.adapter().customValues();
  }
}
