package com.lpai.adapter.mongo.conversation;

import com.lpai.adapter.mongo.copy.CopyForm;
import com.lpai.adapter.mongo.copy.Sparse;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.sync.CrmTrace;
import java.time.Instant;
import java.util.Optional;
import org.bson.Document;

/** A conversation as a document, and back. */
final class ConversationForm implements CopyForm<Conversation> {
  static final String LAST_MESSAGE_AT = "lastMessageAt";

  @Override
  public String kind() {
    return "conversation";
  }

  @Override
  public String idField() {
    return "ghlConversationId";
  }

  @Override
  public String id(Conversation conversation) {
    return conversation.id().value();
  }

  @Override
  public Conversation renewed(Conversation stored, Conversation told) {
    return stored.renewed(told);
  }

  /** The time is always there: conversations are listed by it. */
  @Override
  public Document toDocument(Conversation conversation) {
    return new Sparse()
        .text("ghlContactId", conversation.ghlContactId())
        .text("type", conversation.type())
        .told("unreadCount", conversation.unreadCount())
        .told("starred", conversation.starred())
        .told("assignedTo", conversation.assignedTo())
        .text("lastMessageType", conversation.lastMessageType())
        .told("lastMessageBody", conversation.lastMessageBody())
        .told("heardAt", ever(conversation.trace().lastHeardAt()))
        .told("readAt", ever(conversation.trace().lastReadAt()))
        .told("toldAt", ever(conversation.toldAt()))
        .told("missedAt", ever(conversation.trace().missedAt()))
        .document()
        .append(LAST_MESSAGE_AT, conversation.listedAt());
  }

  @Override
  public Conversation toDomain(StoredDocument stored) {
    return new Conversation(
        new GhlConversationId(stored.text(idField())),
        stored.textOrEmpty("ghlContactId"),
        stored.textOrEmpty("type"),
        stored.numberIfAny("unreadCount"),
        stored.flagIfAny("starred"),
        stored.textIfAny("assignedTo"),
        Optional.of(stored.instant(LAST_MESSAGE_AT)).filter(Instant.EPOCH::isBefore),
        stored.textOrEmpty("lastMessageType"),
        stored.textIfAny("lastMessageBody"),
        new CrmTrace(
            stored.instantOrEpoch("readAt"),
            Instant.EPOCH,
            Instant.EPOCH,
            stored.instantOrEpoch("heardAt"),
            Instant.EPOCH,
            stored.instantOrEpoch("missedAt"),
            Instant.EPOCH),
        stored.instantOrEpoch("toldAt"));
  }

  private static Optional<Instant> ever(Instant time) {
    return Optional.of(time).filter(Instant.EPOCH::isBefore);
  }
}
