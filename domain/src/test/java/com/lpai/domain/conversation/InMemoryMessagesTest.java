package com.lpai.domain.conversation;

class InMemoryMessagesTest implements MessageRepositoryContract {
  private final InMemoryMessages messages = new InMemoryMessages();

  @Override
  public MessageRepository messages() {
    return messages;
  }
}
