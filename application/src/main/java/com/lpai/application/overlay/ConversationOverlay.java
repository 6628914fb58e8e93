package com.lpai.application.overlay;

import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.ConversationRepository;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Lists and counts, which no event asks for, tell of what is stored. */
final class ConversationOverlay extends CopyOverlay<GhlConversationId, Conversation>
    implements ConversationRepository {
  private final ConversationRepository stored;

  ConversationOverlay(ConversationRepository stored) {
    this.stored = stored;
  }

  @Override
  Map<GhlConversationId, Conversation> stored(
      LocationId locationId, Collection<GhlConversationId> ids) {
    return stored.findAll(locationId, ids);
  }

  @Override
  GhlConversationId idOf(Conversation conversation) {
    return conversation.id();
  }

  @Override
  Conversation renewed(Conversation known, Conversation told) {
    return known.renewed(told);
  }

  @Override
  Map<String, FieldValue> shown(Conversation conversation) {
    Map<String, FieldValue> shown = new TreeMap<>();
    shown.put("ghlContactId", FieldValue.text(conversation.ghlContactId()));
    shown.put("type", FieldValue.text(conversation.type()));
    conversation
        .unreadCount()
        .ifPresent(
            count -> shown.put("unreadCount", new FieldValue.Amount(BigDecimal.valueOf(count))));
    conversation.starred().ifPresent(flag -> shown.put("starred", new FieldValue.Flag(flag)));
    conversation.assignedTo().ifPresent(user -> shown.put("assignedTo", FieldValue.text(user)));
    conversation
        .lastMessageAt()
        .ifPresent(at -> shown.put("lastMessageAt", new FieldValue.Moment(at)));
    shown.put("lastMessageType", FieldValue.text(conversation.lastMessageType()));
    conversation
        .lastMessageBody()
        .ifPresent(body -> shown.put("lastMessageBody", FieldValue.text(body)));
    return shown;
  }

  @Override
  public int saveAll(LocationId locationId, List<Conversation> conversations) {
    return write(locationId, conversations);
  }

  @Override
  public Optional<Conversation> find(LocationId locationId, GhlConversationId id) {
    return Optional.ofNullable(findAll(locationId, List.of(id)).get(id));
  }

  @Override
  public Map<GhlConversationId, Conversation> findAll(
      LocationId locationId, Collection<GhlConversationId> ids) {
    return read(locationId, ids);
  }

  @Override
  public List<Conversation> between(LocationId locationId, Instant from, Instant to, int limit) {
    return stored.between(locationId, from, to, limit);
  }

  @Override
  public void remove(LocationId locationId, GhlConversationId id) {
    read(locationId, List.of(id));
    forget(conversation -> conversation.id().equals(id));
  }

  @Override
  public Page<Conversation> list(LocationId locationId, int limit, String cursor) {
    return stored.list(locationId, limit, cursor);
  }

  @Override
  public long count(LocationId locationId) {
    return stored.count(locationId);
  }
}
