package com.lpai.dev.sandbox;

import jakarta.json.JsonObject;
import java.util.List;

/** Each answer about conversations and messages. */
final class ConversationAnswers {
  private static final String MESSAGES = "/conversations/messages";

  private final EveryAnswer all;
  private final Client client;

  private ConversationAnswers(EveryAnswer all) {
    this.all = all;
    this.client = all.user().withVersion("2021-04-15");
  }

  static void give(EveryAnswer all) {
    ConversationAnswers answers = new ConversationAnswers(all);
    JsonObject talk = answers.conversations();
    answers.lists();
    answers.writes(talk);
    answers.end(talk.getString("id"));
  }

  private JsonObject conversations() {
    JsonObject talk =
        all.get(client, "/conversations/search?locationId=location1")
            .json()
            .getJsonArray("conversations")
            .getJsonObject(0);
    all.get(client, "/conversations/search");
    String path = "/conversations/" + talk.getString("id");
    all.get(client, path);
    all.get(client, "/conversations/none");
    all.json(client, "PUT", path, "{\"locationId\":\"location1\",\"starred\":true}");
    all.json(client, "PUT", path, "{}");
    String contactId =
        all.json(
                all.user(),
                "POST",
                "/contacts/",
                "{\"locationId\":\"location1\",\"firstName\":\"New\"}")
            .json()
            .getJsonObject("contact")
            .getString("id");
    String body = "{\"locationId\":\"location1\",\"contactId\":\"" + contactId + "\"}";
    all.json(client, "POST", "/conversations/", body);
    all.json(client, "POST", "/conversations/", body);
    all.json(client, "POST", "/conversations/", "{}");
    return talk;
  }

  private void lists() {
    for (boolean nested : new boolean[] {true, false}) {
      all.set("\"messagesAreNested\":" + nested);
      all.get(client, "/conversations/search?locationId=location1&limit=3")
          .json()
          .getJsonArray("conversations")
          .getValuesAs(JsonObject.class)
          .forEach(it -> all.get(client, "/conversations/" + it.getString("id") + "/messages"));
    }
    for (String found : List.of("documented", "all")) {
      all.set("\"foundConversations\":\"" + found + "\"");
      all.get(client, "/conversations/search?locationId=location1");
    }
    String export = MESSAGES + "/export?locationId=location1&limit=10";
    all.set("\"messagesTellStatus\":false,\"threadsTellBody\":false");
    all.get(client, export);
    all.get(client, export + "&channel=Email");
    all.set("\"messagesTellStatus\":true,\"threadsTellBody\":true");
    for (String channel : List.of("", "&channel=Email", "&channel=Instagram")) {
      all.get(client, export + channel);
    }
    all.get(client, MESSAGES + "/export");
    all.get(client, "/conversations/x/messages?limit=x");
  }

  private void writes(JsonObject talk) {
    String contactId = talk.getString("contactId");
    JsonObject sent =
        all.json(
                client,
                "POST",
                MESSAGES,
                "{\"type\":\"Email\",\"contactId\":\"" + contactId + "\",\"html\":\"<p>h</p>\"}")
            .json();
    all.json(client, "POST", MESSAGES, "{}");
    all.json(client, "POST", MESSAGES, "{\"type\":\"SMS\",\"contactId\":\"" + contactId + "\"}");
    all.get(client, MESSAGES + "/" + sent.getString("messageId"));
    all.get(client, MESSAGES + "/none");
    all.get(client, MESSAGES + "/email/" + sent.getString("emailMessageId"));
    all.json(
        client,
        "PUT",
        MESSAGES + "/" + sent.getString("messageId") + "/status",
        "{\"status\":\"read\"}");
    all.json(client, "PUT", MESSAGES + "/" + sent.getString("messageId") + "/status", "{}");
    String provided =
        "\"conversationId\":\"" + talk.getString("id") + "\",\"conversationProviderId\":\"p\"";
    all.json(
        client,
        "POST",
        MESSAGES + "/inbound",
        "{\"type\":\"SMS\",\"contactId\":\"%s\",\"message\":\"m\",%s}"
            .formatted(contactId, provided));
    all.json(
        client,
        "POST",
        MESSAGES + "/inbound",
        "{\"type\":\"SMS\",\"contactId\":\"other\",\"message\":\"m\",%s}".formatted(provided));
    all.json(client, "POST", MESSAGES + "/inbound", "{}");
    all.json(
        client,
        "POST",
        MESSAGES + "/outbound",
        "{\"type\":\"Call\",\"call\":{\"status\":\"busy\"},%s}".formatted(provided));
    all.json(client, "POST", MESSAGES + "/outbound", "{}");
  }

  private void end(String id) {
    all.call(client, "DELETE", "/conversations/" + id, "", "");
    all.call(client, "DELETE", "/conversations/" + id, "", "");
  }
}
