package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.Message;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** Conversations and messages as the REST API shows them; what is not known is absent. */
final class ConversationJson {
  private ConversationJson() {}

  static JsonObject of(Conversation conversation) {
    JsonObjectBuilder json = JSON.createObjectBuilder().add("id", conversation.id().value());
    conversation.unreadCount().ifPresent(count -> json.add("unreadCount", count));
    conversation.starred().ifPresent(starred -> json.add("starred", starred));
    DirectoryJson.addText(json, "ghlContactId", conversation.ghlContactId());
    DirectoryJson.addText(json, "type", conversation.type());
    DirectoryJson.addText(json, "assignedTo", conversation.assignedTo().orElse(""));
    LocationJson.addTime(json, "lastMessageAt", conversation.listedAt());
    DirectoryJson.addText(json, "lastMessageType", conversation.lastMessageType());
    DirectoryJson.addText(json, "lastMessageBody", conversation.lastMessageBody().orElse(""));
    return json.build();
  }

  static JsonObject of(Message message) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("id", message.id().value())
            .add("conversationId", message.conversationId().value())
            .add("addedAt", message.addedAt().toString())
            .add("attachments", JSON.createArrayBuilder(message.attachments()));
    DirectoryJson.addText(json, "ghlContactId", message.ghlContactId());
    DirectoryJson.addText(json, "type", message.type());
    DirectoryJson.addText(json, "direction", message.direction());
    DirectoryJson.addText(json, "status", message.status());
    DirectoryJson.addText(json, "body", message.body());
    DirectoryJson.addText(json, "contentType", message.contentType());
    DirectoryJson.addText(json, "userId", message.userId());
    DirectoryJson.addText(json, "source", message.source());
    return json.build();
  }
}
