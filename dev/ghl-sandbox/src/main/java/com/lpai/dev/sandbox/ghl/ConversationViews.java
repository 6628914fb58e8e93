package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.Mails;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;

/** The shapes in which GoHighLevel shows conversations and messages (ghl-facts.md 3.6, 6.7). */
final class ConversationViews {
  private static final List<String> TYPES =
      List.of("TYPE_PHONE", "TYPE_EMAIL", "TYPE_FB_MESSENGER", "TYPE_REVIEW", "TYPE_GROUP_SMS");
  private static final List<String> SEARCH =
      List.of(
          "id",
          "contactId",
          "locationId",
          "lastMessageBody",
          "lastMessageType",
          "type",
          "unreadCount");
  private static final List<String> ONE =
      List.of(
          "id",
          "contactId",
          "locationId",
          "deleted",
          "inbox",
          "unreadCount",
          "assignedTo",
          "starred");
  private static final List<String> WRITTEN =
      List.of(
          "id",
          "locationId",
          "contactId",
          "assignedTo",
          "lastMessageBody",
          "lastMessageType",
          "unreadCount",
          "inbox",
          "starred",
          "deleted");
  private static final List<String> MESSAGE =
      List.of(
          "id",
          "type",
          "messageType",
          "locationId",
          "contactId",
          "conversationId",
          "dateAdded",
          "body",
          "direction",
          "status",
          "contentType",
          "attachments",
          "meta",
          "source",
          "userId",
          "conversationProviderId");
  private static final List<String> WEBHOOK =
      List.of(
          "attachments",
          "body",
          "contactId",
          "contentType",
          "conversationId",
          "dateAdded",
          "direction",
          "source",
          "status",
          "userId",
          "conversationProviderId");

  private final World world;

  ConversationViews(World world) {
    this.world = world;
  }

  /** An item of a search answer; its times are milliseconds. */
  JsonObject searchItem(Item conversation, JsonValue sort) {
    JsonObject json = conversation.json();
    JsonObjectBuilder view = copy(json, SEARCH);
    JsonObject contact =
        world
            .of(Kind.CONTACTS, conversation.locationId())
            .find(json.getString("contactId"))
            .map(Item::json)
            .orElse(JsonValue.EMPTY_JSON_OBJECT);
    String name = contact.getString("name", "");
    view.add("fullName", name).add("contactName", name);
    for (String field : List.of("email", "phone")) {
      JsonText.text(contact, field).ifPresent(it -> view.add(field, it));
    }
    String told = world.settings().get(Settings.FOUND_CONVERSATIONS);
    if (!told.equals("documented")) {
      for (String field : List.of("dateAdded", "dateUpdated", "lastMessageDate")) {
        view.add(field, millis(json, field));
      }
    }
    if (told.equals("all")) {
      addAll(json, List.of("starred", "assignedTo"), view);
    }
    return view.add("sort", JsonText.array().add(sort)).build();
  }

  /** {@code GetConversationByIdResponse}: flat, its type a number. */
  JsonObject one(Item conversation) {
    JsonObject json = conversation.json();
    return copy(json, ONE).add("type", 1 + TYPES.indexOf(json.getString("type"))).build();
  }

  /** {@code ConversationDto} of a change. */
  JsonObject written(Item conversation) {
    JsonObject json = conversation.json();
    return copy(json, WRITTEN)
        .add("lastMessageDate", String.valueOf(millis(json, "lastMessageDate")))
        .build();
  }

  /** {@code ConversationCreateResponseDto}. */
  JsonObject made(Item conversation) {
    return copy(
            conversation.json(),
            List.of(
                "id",
                "dateUpdated",
                "dateAdded",
                "deleted",
                "contactId",
                "locationId",
                "lastMessageDate",
                "assignedTo"))
        .build();
  }

  /** {@code ConversationUnreadUpdate}. */
  JsonObject unreadWebhook(Item conversation) {
    return copy(
            conversation.json(),
            List.of("id", "contactId", "deleted", "inbox", "starred", "unreadCount"))
        .build();
  }

  /** {@code GetMessageResponseDto}. */
  JsonObject message(Item message) {
    JsonObject json = message.json();
    JsonObjectBuilder view = copy(json, MESSAGE);
    if (!world.settings().get(Settings.MESSAGES_TELL_STATUS)) {
      view.remove("status");
    }
    if (!Mails.of(json).isEmpty() && !world.settings().get(Settings.THREADS_TELL_BODY)) {
      view.remove("body");
    }
    return view.build();
  }

  /** {@code GetEmailMessageResponseDto}: one mail of the thread that a message is. */
  static JsonObject email(Item message, JsonObject mail) {
    JsonObjectBuilder view =
        copy(
            message.json(),
            List.of(
                "locationId",
                "contactId",
                "conversationId",
                "status",
                "attachments",
                "source",
                "conversationProviderId"));
    mail.forEach(view::add);
    return view.build();
  }

  /**
   * {@code InboundMessage} and {@code OutboundMessage}.
   *
   * @param withId some official examples have no messageId
   */
  JsonObject messageWebhook(Item message, boolean withId) {
    JsonObject json = message.json();
    JsonObjectBuilder event =
        copy(json, WEBHOOK).add("messageType", MessageTypes.ofWebhook(json.getString("channel")));
    if (withId) {
      event.add("messageId", message.id());
    }
    List<JsonObject> mails = Mails.of(json);
    if (!mails.isEmpty()) {
      event.add("emailMessageId", mails.getLast().getString("id"));
      addAll(mails.getLast(), List.of("threadId", "subject", "from", "to"), event);
    }
    if (json.get("meta") instanceof JsonObject meta) {
      copyCall(meta, event);
    }
    return event.build();
  }

  private static void copyCall(JsonObject meta, JsonObjectBuilder event) {
    addAll(meta, List.of("callDuration", "callStatus"), event);
  }

  private static long millis(JsonObject json, String field) {
    return Instant.parse(json.getString(field)).toEpochMilli();
  }

  private static JsonObjectBuilder copy(JsonObject json, List<String> fields) {
    JsonObjectBuilder view = JsonText.object();
    addAll(json, fields, view);
    return view;
  }

  private static void addAll(JsonObject json, List<String> fields, JsonObjectBuilder view) {
    for (String field : fields) {
      JsonValue value = json.get(field);
      if (value != null) {
        view.add(field, value);
      }
    }
  }
}
