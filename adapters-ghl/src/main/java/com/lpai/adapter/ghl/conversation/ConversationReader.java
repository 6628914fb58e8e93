package com.lpai.adapter.ghl.conversation;

import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.adapter.ghl.record.Records;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.EmailThread;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.GhlEmailMessageId;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.conversation.PhoneCall;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
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
                    JsonReads.whole(conversation, "unreadCount"),
                    JsonReads.flag(conversation.getOrDefault("starred", JsonValue.NULL)),
                    told(conversation, "assignedTo"),
                    Optional.of(JsonReads.instant(conversation, "lastMessageDate"))
                        .filter(Instant.EPOCH::isBefore),
                    JsonReads.text(conversation, "lastMessageType"),
                    told(conversation, "lastMessageBody")));
  }

  /** The text; an empty one when the answer says that there is none. */
  private static Optional<String> told(JsonObject object, String key) {
    return switch (object.get(key)) {
      case JsonString text -> Optional.of(text.getString());
      case JsonValue value when value.equals(JsonValue.NULL) -> Optional.of("");
      case null, default -> Optional.empty();
    };
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
                    JsonReads.instant(message, "dateAdded"),
                    thread(message),
                    call(JsonReads.child(message, "meta"))));
  }

  /** The subject is in no schema of a message, but seen. */
  private static EmailThread thread(JsonObject message) {
    JsonObject email = JsonReads.child(JsonReads.child(message, "meta"), "email");
    String subject = JsonReads.text(email, "subject");
    List<GhlEmailMessageId> mailIds =
        JsonReads.list(email, "messageIds").stream()
            .flatMap(id -> mailId(id).stream())
            .distinct()
            .toList();
    return new EmailThread(
        subject.isEmpty() ? JsonReads.text(message, "subject") : subject, mailIds);
  }

  private static Optional<GhlEmailMessageId> mailId(JsonValue id) {
    return Records.id(
        Json.createObjectBuilder().add("id", id).build(), "id", GhlEmailMessageId::new);
  }

  private static PhoneCall call(JsonObject meta) {
    return new PhoneCall(
        JsonReads.text(meta, "callStatus"),
        JsonReads.whole(meta, "callDuration")
            .filter(seconds -> seconds >= 0)
            .map(Duration::ofSeconds));
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
