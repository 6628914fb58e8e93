package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.connection.OAuthStates;
import com.lpai.domain.connection.OAuthStatesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoOAuthStatesTest implements OAuthStatesContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public OAuthStates states() {
    return DATABASE.adapter().oauthStates();
  }
}
