package com.lpai.application.conversation;

import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.ConversationRepository;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.conversation.MessageRepository;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.Optional;

/** The door to the conversation use cases. */
public final class ConversationUseCases {
  private ConversationUseCases() {}

  public static ConversationQueries queries(
      ConversationRepository conversations, MessageRepository messages) {
    return new ConversationQueries() {
      @Override
      public Page<Conversation> list(LocationId locationId, int limit, String cursor) {
        return conversations.list(locationId, limit, cursor);
      }

      @Override
      public Optional<Page<Message>> messages(
          LocationId locationId, String conversationId, int limit, String cursor) {
        return known(conversationId)
            .flatMap(id -> conversations.find(locationId, id))
            .map(found -> messages.list(locationId, found.id(), limit, cursor));
      }
    };
  }

  /** A conversation has no id of ours; what cannot be the CRM's is nobody's. */
  private static Optional<GhlConversationId> known(String id) {
    try {
      return Optional.of(id).map(GhlConversationId::new);
    } catch (IllegalArgumentException nobodysId) {
      return Optional.empty();
    }
  }
}
