package com.lpai.adapter.mongo.conversation;

import com.lpai.adapter.mongo.copy.CopyForm;
import com.lpai.adapter.mongo.copy.Sparse;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.conversation.EmailThread;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.GhlEmailMessageId;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.conversation.PhoneCall;
import java.time.Duration;
import org.bson.Document;

/** A message as a document, and back. */
final class MessageForm implements CopyForm<Message> {
  static final String CONVERSATION_ID = "ghlConversationId";
  static final String ADDED_AT = "dateAdded";

  @Override
  public String kind() {
    return "message";
  }

  @Override
  public String idField() {
    return "ghlMessageId";
  }

  @Override
  public String id(Message message) {
    return message.id().value();
  }

  @Override
  public Message renewed(Message stored, Message told) {
    return stored.renewed(told);
  }

  @Override
  public Document toDocument(Message message) {
    return new Sparse()
        .text("ghlContactId", message.ghlContactId())
        .text("messageType", message.type())
        .text("direction", message.direction())
        .text("status", message.status())
        .text("body", message.body())
        .text("contentType", message.contentType())
        .texts("attachments", message.attachments())
        .text("userId", message.userId())
        .text("source", message.source())
        .text("subject", message.thread().subject())
        .texts(
            "emailMessageIds",
            message.thread().mailIds().stream().map(GhlEmailMessageId::value).toList())
        .text("callStatus", message.call().status())
        .told("callSeconds", message.call().duration().map(Duration::toSeconds))
        .document()
        .append(CONVERSATION_ID, message.conversationId().value())
        .append(ADDED_AT, message.addedAt());
  }

  @Override
  public Message toDomain(StoredDocument stored) {
    return new Message(
        new GhlMessageId(stored.text(idField())),
        new GhlConversationId(stored.text(CONVERSATION_ID)),
        stored.textOrEmpty("ghlContactId"),
        stored.textOrEmpty("messageType"),
        stored.textOrEmpty("direction"),
        stored.textOrEmpty("status"),
        stored.textOrEmpty("body"),
        stored.textOrEmpty("contentType"),
        stored.texts("attachments"),
        stored.textOrEmpty("userId"),
        stored.textOrEmpty("source"),
        stored.instant(ADDED_AT),
        new EmailThread(
            stored.textOrEmpty("subject"),
            stored.texts("emailMessageIds").stream().map(GhlEmailMessageId::new).toList()),
        new PhoneCall(
            stored.textOrEmpty("callStatus"),
            stored.numberIfAny("callSeconds").map(Duration::ofSeconds)));
  }
}
