package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes the conversations and messages of a seeding. */
final class SeededTalks {

  /** How a channel is read in a message and in its conversation. */
  private record Channel(String name, String messageType, int number, String conversationType) {}

  private static final Channel SMS = new Channel("SMS", "TYPE_SMS", 2, "TYPE_PHONE");
  private static final Channel CALL = new Channel("Call", "TYPE_CALL", 1, "TYPE_PHONE");
  private static final Channel EMAIL = new Channel("Email", "TYPE_EMAIL", 3, "TYPE_EMAIL");
  private static final Channel FACEBOOK =
      new Channel("FB", "TYPE_FACEBOOK", 11, "TYPE_FB_MESSENGER");
  private static final List<Channel> CHANNELS =
      List.of(SMS, SMS, SMS, SMS, SMS, EMAIL, EMAIL, EMAIL, CALL, FACEBOOK);
  private static final List<String> TEXTS =
      List.of(
          "When can you come?",
          "Tomorrow at nine works.",
          "The heater leaks again \uD83D\uDE15",
          "Your quote is ready.",
          "Thanks, that was quick!",
          "Is the invoice right? It says €120,50.");

  private static final int MOST_MAILS = 3;

  private final Seeding seeding;

  SeededTalks(Seeding seeding) {
    this.seeding = seeding;
  }

  void into(World world, List<String> contactIds, List<String> userIds) {
    int conversations = seeding.count(Kind.CONVERSATIONS);
    int messages = seeding.count(Kind.MESSAGES);
    Chance chance = seeding.chanceOf("conversations");
    for (int i = 0; i < conversations; i++) {
      // The first ones have one more where the messages cannot be shared out evenly.
      int its = messages / conversations + (i < messages % conversations ? 1 : 0);
      talk(world, chance, contactIds.get(i), userIds, its);
    }
  }

  private void talk(
      World world, Chance chance, String contactId, List<String> userIds, int messages) {
    Channel channel = chance.pick(CHANNELS);
    Instant begin = SeededPeople.FIRST_DAY.plusMillis(chance.below(SeededPeople.SPAN.toMillis()));
    JsonObjectBuilder blank =
        JsonText.object()
            .add("id", chance.id())
            .add("locationId", seeding.locationId())
            .add("contactId", contactId)
            .add("type", channel.conversationType())
            .add("unreadCount", chance.percent(20) ? 1 + chance.below(4) : 0)
            .add("starred", chance.percent(10))
            .add("inbox", true)
            .add("deleted", false)
            .add("dateAdded", IsoTime.of(begin))
            .add("dateUpdated", IsoTime.of(begin))
            .add("lastMessageDate", IsoTime.of(begin))
            .add("lastMessageBody", "")
            .add("lastMessageType", channel.messageType());
    if (!userIds.isEmpty() && chance.percent(40)) {
      blank.add("assignedTo", chance.pick(userIds));
    }
    JsonObject conversation = blank.build();
    Book book = world.of(Kind.MESSAGES, seeding.locationId());
    Instant time = begin;
    for (int i = 0; i < messages; i++) {
      time = time.plusMillis(1 + chance.below(5 * 86_400_000L));
      JsonObject message =
          message(chance, channel, time, i, userIds)
              .add("contactId", contactId)
              .add("conversationId", conversation.getString("id"))
              .build();
      book.putSettled(message);
      conversation = withLast(conversation, message);
    }
    world.of(Kind.CONVERSATIONS, seeding.locationId()).putSettled(conversation);
  }

  private static JsonObject withLast(JsonObject conversation, JsonObject message) {
    String time = message.getString("dateAdded");
    JsonObjectBuilder after =
        JsonText.object(conversation)
            .add("dateUpdated", time)
            .add("lastMessageDate", time)
            .add("lastMessageBody", message.getString("body"))
            .add("lastMessageType", message.getString("messageType"))
            .add("lastMessageDirection", message.getString("direction"));
    if (message.getString("direction").equals("outbound")) {
      after.add("lastManualMessageDate", time);
    }
    return after.build();
  }

  private JsonObjectBuilder message(
      Chance chance, Channel channel, Instant time, int number, List<String> userIds) {
    String id = chance.id();
    boolean inbound = number % 2 == 0;
    boolean isMail = channel.equals(EMAIL);
    String text = chance.pick(TEXTS);
    JsonObjectBuilder message =
        JsonText.object()
            .add("id", id)
            .add("locationId", seeding.locationId())
            .add("channel", channel.name())
            .add("type", channel.number())
            .add("messageType", channel.messageType())
            .add("dateAdded", IsoTime.of(time))
            .add("dateUpdated", IsoTime.of(time))
            .add("body", isMail ? "<p>" + text + "</p>" : text)
            .add("contentType", isMail ? "text/html" : "text/plain")
            .add("direction", inbound ? "inbound" : "outbound")
            .add("status", chance.pick(List.of("delivered", "read", "sent", "failed")))
            .add(
                "attachments",
                chance.percent(5)
                    ? JsonText.array().add("https://files.example.com/" + id + ".png")
                    : JsonText.array());
    if (!inbound) {
      message.add("source", chance.pick(List.of("app", "workflow", "api")));
      if (!userIds.isEmpty()) {
        message.add("userId", chance.pick(userIds));
      }
    }
    if (isMail) {
      Mails.add(message, thread(id, time, number, inbound, "<p>" + text + "</p>"));
    } else if (channel.equals(CALL)) {
      message.add(
          "meta",
          JsonText.object()
              .add("callDuration", String.valueOf(chance.below(600)))
              .add("callStatus", chance.pick(List.of("completed", "no-answer", "voicemail"))));
    }
    return message;
  }

  /** One to three mails to and fro; the message has the text of the first. */
  private static List<JsonObject> thread(
      String id, Instant begin, int number, boolean inbound, String text) {
    List<JsonObject> mails = new ArrayList<>();
    for (int i = 0; i <= number % MOST_MAILS; i++) {
      mails.add(
          Mails.mail(
              id + "mail" + (i == 0 ? "" : i + 1),
              id + "mail",
              (i == 0 ? "" : "Re: ") + "Your request",
              begin.plusSeconds(60L * i),
              i == 0 ? text : "<p>" + TEXTS.get((number + i) % TEXTS.size()) + "</p>",
              inbound == (i % 2 == 0) ? "inbound" : "outbound"));
    }
    return mails;
  }
}
