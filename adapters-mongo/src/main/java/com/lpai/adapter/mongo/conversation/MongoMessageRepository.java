package com.lpai.adapter.mongo.conversation;

import com.lpai.adapter.mongo.copy.Copies;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.conversation.MessageRepository;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Messages in the collection {@code messages}. */
public final class MongoMessageRepository implements MessageRepository {
  private final Copies<Message> messages;

  public MongoMessageRepository(TenantCollection messages) {
    this.messages = new Copies<>(messages, new MessageForm());
  }

  @Override
  public int saveAll(LocationId locationId, List<Message> told) {
    return messages.saveAll(locationId, told);
  }

  @Override
  public Map<GhlMessageId, Message> findAll(LocationId locationId, Collection<GhlMessageId> ids) {
    return messages.findAll(locationId, ids.stream().map(GhlMessageId::value).toList()).stream()
        .collect(Collectors.toMap(Message::id, Function.identity()));
  }

  @Override
  public void removeAll(LocationId locationId, GhlConversationId conversation) {
    messages.removeAll(locationId, Filters.eq(MessageForm.CONVERSATION_ID, conversation.value()));
  }

  @Override
  public Page<Message> list(
      LocationId locationId, GhlConversationId conversation, int limit, String cursor) {
    Page.requireLimit(limit);
    return messages.latest(
        locationId,
        List.of(Filters.eq(MessageForm.CONVERSATION_ID, conversation.value())),
        MessageForm.ADDED_AT,
        limit,
        cursor);
  }

  @Override
  public long count(LocationId locationId) {
    return messages.count(locationId);
  }
}
