package com.lpai.adapter.mongo.conversation;

import com.lpai.adapter.mongo.copy.Copies;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.ConversationRepository;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Conversations in the collection {@code conversations}. */
public final class MongoConversationRepository implements ConversationRepository {
  private final Copies<Conversation> conversations;

  public MongoConversationRepository(TenantCollection conversations) {
    this.conversations = new Copies<>(conversations, new ConversationForm());
  }

  @Override
  public int saveAll(LocationId locationId, List<Conversation> told) {
    return conversations.saveAll(locationId, told);
  }

  @Override
  public Optional<Conversation> find(LocationId locationId, GhlConversationId id) {
    return conversations.find(locationId, id.value());
  }

  @Override
  public Map<GhlConversationId, Conversation> findAll(
      LocationId locationId, Collection<GhlConversationId> ids) {
    return conversations
        .findAll(locationId, ids.stream().map(GhlConversationId::value).toList())
        .stream()
        .collect(Collectors.toMap(Conversation::id, Function.identity()));
  }

  @Override
  public List<Conversation> between(LocationId locationId, Instant from, Instant to, int limit) {
    return conversations.earliest(locationId, ConversationForm.LAST_MESSAGE_AT, from, to, limit);
  }

  @Override
  public void remove(LocationId locationId, GhlConversationId id) {
    conversations.remove(locationId, id.value());
  }

  @Override
  public Page<Conversation> list(LocationId locationId, int limit, String cursor) {
    Page.requireLimit(limit);
    return conversations.latest(
        locationId, List.of(), ConversationForm.LAST_MESSAGE_AT, limit, cursor);
  }

  @Override
  public long count(LocationId locationId) {
    return conversations.count(locationId);
  }
}
