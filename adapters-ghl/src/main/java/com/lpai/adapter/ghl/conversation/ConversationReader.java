package com.lpai.adapter.ghl.conversation;

import static com.lpai.adapter.ghl.json.Provider.JSON;

import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.adapter.ghl.record.Records;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.EmailThread;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.GhlEmailMessageId;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.conversation.PhoneCall;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads conversations and messages in every form in which GoHighLevel shows them. */
public final class ConversationReader {
  /** What single conversations say in numbers, from 1 on (ghl-facts.md 3.6). */
  private static final List<String> TYPES =
      List.of("TYPE_PHONE", "TYPE_EMAIL", "TYPE_FB_MESSENGER", "TYPE_REVIEW", "TYPE_GROUP_SMS");

  /** What events call otherwise than lists do, beside the beginning {@code TYPE_}. */
  private static final Map<String, String> WORDS =
      Map.of(
          "FB", "FACEBOOK",
          "IG", "INSTAGRAM",
          "CUSTOM", "CUSTOM_SMS",
          "ALL_IN_ONE_CHAT", "LIVE_CHAT");

  private static final Pattern NO_LETTER = Pattern.compile("[^A-Z0-9]+");

  private ConversationReader() {}

  /** The conversation of an event about its state (ghl-facts.md 6.7); its type is the event's. */
  public static Optional<Conversation> conversationOfEvent(JsonObject payload) {
    return conversation(JSON.createObjectBuilder(payload).remove("type").build());
  }

  /**
   * The message of an event: flat, with an id that goes by several names or is not there at all
   * (ghl-facts.md 6.7), and with other words for its type than elsewhere.
   *
   * @param otherwise the id of one that has none
   * @param direction where it went to, when it does not say itself
   */
  public static Optional<Message> messageOfEvent(
      JsonObject payload, String otherwise, String direction) {
    JsonObject call =
        JSON.createObjectBuilder()
            .add("callStatus", payload.getOrDefault("callStatus", JsonValue.NULL))
            .add("callDuration", payload.getOrDefault("callDuration", JsonValue.NULL))
            .build();
    return Records.id(payload, "conversationId", GhlConversationId::new)
        .flatMap(
            conversation ->
                eventId(payload, otherwise)
                    .map(
                        id ->
                            message(
                                id,
                                conversation,
                                payload,
                                eventType(payload),
                                direction,
                                mail(payload),
                                call(call))));
  }

  private static Optional<GhlMessageId> eventId(JsonObject payload, String otherwise) {
    return Records.id(payload, "messageId", GhlMessageId::new)
        .or(() -> Records.id(payload, "emailMessageId", GhlMessageId::new))
        .or(
            () ->
                Records.id(
                    JSON.createObjectBuilder().add("id", otherwise).build(),
                    "id",
                    GhlMessageId::new));
  }

  /** In the word of lists: {@code SMS} is {@code TYPE_SMS} there. */
  private static String eventType(JsonObject payload) {
    String told = JsonReads.text(payload, "messageTypeString");
    String word =
        (told.isEmpty() ? JsonReads.text(payload, "messageType") : told).toUpperCase(Locale.ROOT);
    String plain = NO_LETTER.matcher(word).replaceAll("_");
    return plain.isEmpty() || plain.startsWith("TYPE_")
        ? plain
        : "TYPE_" + WORDS.getOrDefault(plain, plain);
  }

  private static EmailThread mail(JsonObject payload) {
    return new EmailThread(
        JsonReads.text(payload, "subject"),
        Records.id(payload, "emailMessageId", GhlEmailMessageId::new).stream().toList());
  }

  /** A conversation; empty when it has no usable id. */
  static Optional<Conversation> conversation(JsonObject conversation) {
    return Records.id(conversation, "id", GhlConversationId::new)
        .map(
            id ->
                new Conversation(
                    id,
                    JsonReads.text(conversation, "contactId"),
                    conversationType(conversation),
                    JsonReads.whole(conversation, "unreadCount"),
                    JsonReads.flag(conversation.getOrDefault("starred", JsonValue.NULL)),
                    told(conversation, "assignedTo"),
                    Optional.of(JsonReads.instant(conversation, "lastMessageDate"))
                        .filter(Instant.EPOCH::isBefore),
                    JsonReads.text(conversation, "lastMessageType"),
                    told(conversation, "lastMessageBody")));
  }

  private static String conversationType(JsonObject conversation) {
    return conversation.get("type") instanceof JsonNumber number
        ? JsonReads.whole(number)
            .filter(type -> type >= 1 && type <= TYPES.size())
            .map(type -> TYPES.get(type.intValue() - 1))
            .orElse("")
        : JsonReads.text(conversation, "type");
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
                message(
                    id,
                    conversation,
                    message,
                    type(message),
                    "",
                    thread(message),
                    call(JsonReads.child(message, "meta"))));
  }

  private static Message message(
      GhlMessageId id,
      GhlConversationId conversation,
      JsonObject message,
      String type,
      String otherDirection,
      EmailThread thread,
      PhoneCall call) {
    String direction = JsonReads.text(message, "direction");
    return new Message(
        id,
        conversation,
        JsonReads.text(message, "contactId"),
        type,
        direction.isEmpty() ? otherDirection : direction,
        JsonReads.text(message, "status"),
        JsonReads.text(message, "body"),
        JsonReads.text(message, "contentType"),
        attachments(message),
        JsonReads.text(message, "userId"),
        JsonReads.text(message, "source"),
        JsonReads.instant(message, "dateAdded"),
        thread,
        call);
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
        JSON.createObjectBuilder().add("id", id).build(), "id", GhlEmailMessageId::new);
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
