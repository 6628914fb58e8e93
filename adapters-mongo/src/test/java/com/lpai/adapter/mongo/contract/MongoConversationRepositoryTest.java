package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.conversation.ConversationRepository;
import com.lpai.domain.conversation.ConversationRepositoryContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoConversationRepositoryTest implements ConversationRepositoryContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public ConversationRepository conversations() {
    return DATABASE.adapter().conversations();
  }
}
