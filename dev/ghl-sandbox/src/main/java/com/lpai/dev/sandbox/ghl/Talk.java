package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.Ids;
import com.lpai.dev.sandbox.world.IsoTime;
import com.lpai.dev.sandbox.world.Item;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;

/** What a conversation is, and what a message makes of it. */
final class Talk {
  private Talk() {}

  static JsonObject blank(String locationId, String contactId, Instant now) {
    return JsonText.object()
        .add("id", Ids.random())
        .add("locationId", locationId)
        .add("contactId", contactId)
        .add("type", "TYPE_PHONE")
        .add("unreadCount", 0)
        .add("starred", false)
        .add("inbox", true)
        .add("deleted", false)
        .add("dateAdded", IsoTime.of(now))
        .add("dateUpdated", IsoTime.of(now))
        .add("lastMessageDate", IsoTime.of(now))
        .add("lastMessageBody", "")
        .add("lastMessageType", "TYPE_SMS")
        .build();
  }

  /** The conversation with one more message at its end. */
  static JsonObject after(JsonObject conversation, Item message) {
    JsonObject json = message.json();
    boolean inbound = json.getString("direction").equals("inbound");
    JsonObjectBuilder after =
        JsonText.object(conversation)
            .add("lastMessageDate", json.getString("dateAdded"))
            .add("dateUpdated", json.getString("dateAdded"))
            .add("lastMessageBody", json.getString("body", ""))
            .add("lastMessageType", json.getString("messageType"))
            .add("lastMessageDirection", json.getString("direction"));
    if (inbound) {
      after.add("unreadCount", conversation.getInt("unreadCount") + 1);
    } else {
      after.add("lastManualMessageDate", json.getString("dateAdded"));
    }
    return after.build();
  }
}
