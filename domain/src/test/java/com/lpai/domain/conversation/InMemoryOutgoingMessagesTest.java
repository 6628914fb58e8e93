package com.lpai.domain.conversation;

import com.lpai.domain.sync.PendingPushes;
import com.lpai.domain.sync.PendingPushesContract;

class InMemoryOutgoingMessagesTest
    implements OutgoingMessageRepositoryContract,
        PendingPushesContract<OutgoingMessageId, GhlMessageId, OutgoingMessage> {
  private final InMemoryOutgoingMessages messages = new InMemoryOutgoingMessages();

  @Override
  public OutgoingMessageRepository messages() {
    return messages;
  }

  @Override
  public PendingPushes<OutgoingMessageId> pending() {
    return messages;
  }
}
