package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.access.SecretStore;
import com.lpai.domain.access.SecretStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoSecretStoreTest implements SecretStoreContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public SecretStore secrets() {
    return DATABASE.adapter().secrets();
  }
}
