package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.access.OperatorAccounts;
import com.lpai.domain.access.OperatorAccountsContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoOperatorAccountsTest implements OperatorAccountsContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public OperatorAccounts accounts() {
    return DATABASE.adapter().operatorAccounts();
  }
}
