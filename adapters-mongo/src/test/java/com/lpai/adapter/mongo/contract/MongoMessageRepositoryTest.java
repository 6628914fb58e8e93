package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.conversation.MessageRepository;
import com.lpai.domain.conversation.MessageRepositoryContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoMessageRepositoryTest implements MessageRepositoryContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public MessageRepository messages() {
    return DATABASE.adapter().messages();
  }
}
