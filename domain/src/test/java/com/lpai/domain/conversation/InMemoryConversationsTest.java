package com.lpai.domain.conversation;

class InMemoryConversationsTest implements ConversationRepositoryContract {
  private final InMemoryConversations conversations = new InMemoryConversations();

  @Override
  public ConversationRepository conversations() {
    return conversations;
  }
}
