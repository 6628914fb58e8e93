package com.lpai.application.conversation;

import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.ConversationRepository;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.conversation.MessageRepository;
import com.lpai.domain.conversation.OutgoingMessageRepository;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.CrmIds;
import com.lpai.domain.tenant.LocationId;
import java.util.Optional;

/** The door to the conversation use cases. */
public final class ConversationUseCases {
  private ConversationUseCases() {}

  /** Messages that are sent from here. */
  public static SendMessagesUseCase sending(
      OutgoingMessageRepository messages,
      ConversationRepository conversations,
      ContactRepository contacts,
      WorkSignals signals,
      Instance instance) {
    return new SendMessagesService(messages, conversations, contacts, signals, instance);
  }

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
  static Optional<GhlConversationId> known(String id) {
    try {
      return Optional.of(id).map(GhlConversationId::new);
    } catch (IllegalArgumentException nobodysId) {
      return Optional.empty();
    }
  }

  /** The contact that the CRM names as that of a conversation; empty when it names none. */
  static Optional<GhlContactId> contactOf(Conversation conversation) {
    return Optional.of(conversation.ghlContactId()).filter(CrmIds::isOpaque).map(GhlContactId::new);
  }
}
