package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.CustomFieldRepositoryContract;
import com.lpai.domain.directory.DirectoryRepository;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoCustomFieldRepositoryTest implements CustomFieldRepositoryContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public DirectoryRepository<CustomField> entries() {
    return DATABASE.adapter().customFields();
  }
}
