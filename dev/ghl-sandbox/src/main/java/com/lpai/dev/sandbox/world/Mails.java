package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The mails of a thread, which are kept within the one message that stands for them. */
public final class Mails {
  private static final String MAILS = "mails";

  private Mails() {}

  /** One mail as {@code GetEmailMessageResponseDto} has it, but for what it shares with others. */
  public static JsonObject mail(
      String id, String threadId, String subject, Instant time, String body, String direction) {
    return JsonText.object()
        .add("id", id)
        .add("threadId", threadId)
        .add("subject", subject)
        .add("dateAdded", IsoTime.of(time))
        .add("body", body)
        .add("direction", direction)
        .add("contentType", "text/html")
        .add("from", "office@example.com")
        .add("to", JsonText.array().add("someone@example.com"))
        .build();
  }

  /** Makes a message stand for these mails, the oldest first. */
  public static void add(JsonObjectBuilder message, List<JsonObject> mails) {
    JsonArrayBuilder ids = JsonText.array();
    mails.forEach(mail -> ids.add(mail.getString("id")));
    JsonObject all = JsonText.object().add("messageIds", ids).build();
    message
        .add(MAILS, JsonText.array(mails))
        .add("mailIds", all.getJsonArray("messageIds"))
        .add("meta", JsonText.object().add("email", all));
  }

  /** The mails of a message, the oldest first; none when it is no thread. */
  public static List<JsonObject> of(JsonObject message) {
    return message.containsKey(MAILS)
        ? message.getJsonArray(MAILS).getValuesAs(JsonObject.class)
        : List.of();
  }

  /** The mail of this id. */
  public static Optional<JsonObject> find(JsonObject message, String id) {
    return of(message).stream().filter(mail -> mail.getString("id").equals(id)).findFirst();
  }

  /** The id of the latest mail; empty when the message is no thread. */
  public static Optional<String> latestId(JsonObject message) {
    List<JsonObject> mails = of(message);
    return mails.isEmpty() ? Optional.empty() : Optional.of(mails.getLast().getString("id"));
  }
}
