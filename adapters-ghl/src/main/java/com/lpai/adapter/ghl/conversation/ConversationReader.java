package com.lpai.adapter.ghl.conversation;

import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.adapter.ghl.record.Records;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.Message;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** Reads conversations and messages as GoHighLevel lists them (ghl-facts.md 3.6). */
final class ConversationReader {
  private ConversationReader() {}

  /** A conversation of a search; empty when it has no usable id. */
  static Optional<Conversation> conversation(JsonObject conversation) {
    return Records.id(conversation, "id", GhlConversationId::new)
        .map(
            id ->
                new Conversation(
                    id,
                    JsonReads.text(conversation, "contactId"),
                    JsonReads.text(conversation, "type"),
                    JsonReads.whole(conversation, "unreadCount").orElse(0L),
                    JsonReads.flag(conversation.getOrDefault("starred", JsonValue.FALSE))
                        .orElse(false),
                    JsonReads.text(conversation, "assignedTo"),
                    JsonReads.instant(conversation, "lastMessageDate"),
                    JsonReads.text(conversation, "lastMessageType"),
                    JsonReads.text(conversation, "lastMessageBody")));
  }

  /** A message that tells its conversation; empty when either has no usable id. */
  static Optional<Message> message(JsonObject message) {
    return Records.id(message, "conversationId", GhlConversationId::new)
        .flatMap(conversation -> message(message, conversation));
  }

  /** A message of this conversation; empty when it has no usable id. */
  static Optional<Message> message(JsonObject message, GhlConversationId conversation) {
    return Records.id(message, "id", GhlMessageId::new)
        .map(
            id ->
                new Message(
                    id,
                    conversation,
                    JsonReads.text(message, "contactId"),
                    type(message),
                    JsonReads.text(message, "direction"),
                    JsonReads.text(message, "status"),
                    JsonReads.text(message, "body"),
                    JsonReads.text(message, "contentType"),
                    attachments(message),
                    JsonReads.text(message, "userId"),
                    JsonReads.text(message, "source"),
                    JsonReads.instant(message, "dateAdded")));
  }

  /** The word; the number that stands beside it when there is no word. */
  private static String type(JsonObject message) {
    String word = JsonReads.text(message, "messageType");
    return word.isEmpty() && message.get("type") instanceof JsonNumber number
        ? number.toString()
        : word;
  }

  private static List<String> attachments(JsonObject message) {
    return JsonReads.list(message, "attachments").stream()
        .filter(JsonString.class::isInstance)
        .map(attachment -> ((JsonString) attachment).getString())
        .toList();
  }
}
