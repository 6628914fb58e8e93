package com.lpai.application.overlay;

import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.GhlEmailMessageId;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.conversation.MessageRepository;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lists and counts, which no event asks for, tell of what is stored. Messages that would go with
 * their conversation are not looked up one by one.
 */
final class MessageOverlay extends CopyOverlay<GhlMessageId, Message> implements MessageRepository {
  private final MessageRepository stored;
  private final Set<GhlConversationId> emptied = new HashSet<>();

  MessageOverlay(MessageRepository stored) {
    this.stored = stored;
  }

  @Override
  Map<GhlMessageId, Message> stored(LocationId locationId, Collection<GhlMessageId> ids) {
    return stored.findAll(locationId, ids);
  }

  @Override
  GhlMessageId idOf(Message message) {
    return message.id();
  }

  @Override
  Message renewed(Message known, Message told) {
    return known.renewed(told);
  }

  @Override
  boolean isGone(Message message) {
    return emptied.contains(message.conversationId());
  }

  @Override
  Map<String, FieldValue> shown(Message message) {
    Map<String, FieldValue> shown = new TreeMap<>();
    shown.put("conversationId", FieldValue.text(message.conversationId().value()));
    shown.put("ghlContactId", FieldValue.text(message.ghlContactId()));
    shown.put("type", FieldValue.text(message.type()));
    shown.put("direction", FieldValue.text(message.direction()));
    shown.put("status", FieldValue.text(message.status()));
    shown.put("body", FieldValue.text(message.body()));
    shown.put("contentType", FieldValue.text(message.contentType()));
    shown.put("userId", FieldValue.text(message.userId()));
    shown.put("source", FieldValue.text(message.source()));
    shown.put("subject", FieldValue.text(message.thread().subject()));
    shown.put("callStatus", FieldValue.text(message.call().status()));
    putIfAny(shown, "attachments", message.attachments());
    putIfAny(
        shown,
        "mailIds",
        message.thread().mailIds().stream().map(GhlEmailMessageId::value).toList());
    if (message.addedAt().isAfter(Instant.EPOCH)) {
      shown.put("addedAt", new FieldValue.Moment(message.addedAt()));
    }
    message
        .call()
        .duration()
        .ifPresent(
            lasted ->
                shown.put(
                    "callSeconds", new FieldValue.Amount(BigDecimal.valueOf(lasted.toSeconds()))));
    return shown;
  }

  private static void putIfAny(Map<String, FieldValue> shown, String name, List<String> values) {
    if (!values.isEmpty()) {
      shown.put(name, new FieldValue.Texts(values));
    }
  }

  @Override
  public int saveAll(LocationId locationId, List<Message> messages) {
    return write(locationId, messages);
  }

  @Override
  public Map<GhlMessageId, Message> findAll(LocationId locationId, Collection<GhlMessageId> ids) {
    return read(locationId, ids);
  }

  @Override
  public void removeAll(LocationId locationId, GhlConversationId conversation) {
    emptied.add(conversation);
    forget(message -> message.conversationId().equals(conversation));
  }

  @Override
  public Page<Message> list(
      LocationId locationId, GhlConversationId conversation, int limit, String cursor) {
    return stored.list(locationId, conversation, limit, cursor);
  }

  @Override
  public long count(LocationId locationId) {
    return stored.count(locationId);
  }
}
