package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.OutgoingMessage;
import com.lpai.domain.conversation.OutgoingMessageId;
import com.lpai.domain.conversation.OutgoingMessageRepository;
import com.lpai.domain.conversation.OutgoingMessageRepositoryContract;
import com.lpai.domain.sync.PendingPushes;
import com.lpai.domain.sync.PendingPushesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoOutgoingMessageRepositoryTest
    implements OutgoingMessageRepositoryContract,
        PendingPushesContract<OutgoingMessageId, GhlMessageId, OutgoingMessage> {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public OutgoingMessageRepository messages() {
    return DATABASE.adapter().outgoingMessages();
  }

  @Override
  public PendingPushes<OutgoingMessageId> pending() {
    return DATABASE.adapter().pendingMessages();
  }
}
