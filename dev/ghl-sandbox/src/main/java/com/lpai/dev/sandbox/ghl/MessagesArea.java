package com.lpai.dev.sandbox.ghl;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.webhook.Webhooks;
import com.lpai.dev.sandbox.world.Book;
import com.lpai.dev.sandbox.world.Grant.Actor;
import com.lpai.dev.sandbox.world.Ids;
import com.lpai.dev.sandbox.world.IsoTime;
import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.Mails;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Messages: listed by conversation, exported, sent, taken in (ghl-facts.md 3.6). */
final class MessagesArea implements GhlArea {
  private static final String VERSION = "2021-04-15";
  private static final int USUAL = 20;
  private static final int USUAL_EXPORT = 100;
  private static final int LEAST_EXPORT = 10;
  private static final int MOST_EXPORT = 500;
  private static final Comparator<Item> OLDEST_FIRST =
      Comparator.comparing(Item::addedAt).thenComparing(Item::id);
  private static final List<String> STATUSES = List.of("delivered", "failed", "pending", "read");

  /** A message that came or went, with its conversation. */
  private record Said(Item message, Item conversation) {}

  private final World world;
  private final Finder finder;
  private final ConversationViews views;
  private final Webhooks webhooks;

  MessagesArea(World world, Webhooks webhooks) {
    this.world = world;
    this.finder = new Finder(world);
    this.views = new ConversationViews(world);
    this.webhooks = webhooks;
  }

  @Override
  public List<Endpoint> endpoints() {
    String all = "/conversations/messages";
    return List.of(
        gated("GET", "/conversations/{conversationId}/messages", "readonly", this::list),
        gated("GET", all + "/export", "readonly", this::export),
        gated("GET", all + "/{id}", "readonly", this::get),
        gated("GET", all + "/email/{id}", "readonly", this::email),
        gated("POST", all, "write", this::send),
        gated("POST", all + "/inbound", "write", this::takeIn),
        gated("POST", all + "/outbound", "write", this::callOut),
        gated("PUT", all + "/{messageId}/status", "write", this::updateStatus));
  }

  private static Endpoint gated(
      String method, String path, String access, Function<Call, Reply> operation) {
    return new Gated(
        method, path, "conversations/message." + access, VERSION, Access.LOCATION, operation);
  }

  /** Newest first; by setting within a second {@code messages}, as it really is (#54). */
  private Reply list(Call call) {
    call.allowQuery(Set.of("limit", "lastMessageId", "type"));
    List<String> complaints = new ArrayList<>();
    int limit =
        Math.min(
            call.number("limit", USUAL, complaints), world.settings().get(Settings.MOST_MESSAGES));
    Errors.refuseIfAny(complaints);
    Item conversation =
        finder.require(call, Kind.CONVERSATIONS, call.variable("conversationId"), "Conversation");
    Optional<List<String>> types =
        call.request().queryValue("type").map(it -> List.of(it.split(",", -1)));
    List<Item> newestFirst =
        book(call).allBy("conversationId", conversation.id()).stream()
            .filter(
                it ->
                    types.map(all -> all.contains(it.text("messageType").orElse(""))).orElse(true))
            .sorted(OLDEST_FIRST.reversed())
            .toList();
    int start =
        call.request().queryValue("lastMessageId").map(it -> placeAfter(newestFirst, it)).orElse(0);
    List<Item> page = newestFirst.stream().skip(start).limit(limit).toList();
    JsonArrayBuilder items = JsonText.array();
    page.forEach(it -> items.add(views.message(it)));
    JsonObject answer =
        JsonText.object()
            .add("lastMessageId", page.isEmpty() ? "" : page.getLast().id())
            .add("nextPage", start + page.size() < newestFirst.size())
            .add("messages", items)
            .build();
    return Reply.json(
        200,
        world.settings().get(Settings.MESSAGES_ARE_NESTED)
            ? JsonText.object().add("messages", answer).build()
            : answer);
  }

  /** An unknown message is after everything. */
  private static int placeAfter(List<Item> messages, String id) {
    int place = 0;
    while (place < messages.size() && !messages.get(place).id().equals(id)) {
      place++;
    }
    return place + 1;
  }

  /** All messages of the location by pages; without a channel all but mails. */
  private Reply export(Call call) {
    call.allowQuery(
        Set.of(
            "locationId",
            "limit",
            "cursor",
            "sortBy",
            "sortOrder",
            "conversationId",
            "contactId",
            "channel",
            "startDate",
            "endDate"));
    List<String> complaints = new ArrayList<>();
    int limit = call.number("limit", USUAL_EXPORT, complaints);
    if (limit < LEAST_EXPORT || limit > MOST_EXPORT) {
      complaints.add("limit must be from " + LEAST_EXPORT + " to " + MOST_EXPORT);
    }
    Optional<Instant> from = day(call, "startDate", complaints);
    Optional<Instant> to = day(call, "endDate", complaints);
    Errors.refuseIfAny(complaints);
    call.requiredLocation("locationId");
    boolean ascending = call.request().queryValue("sortOrder").map("asc"::equals).orElse(false);
    Optional<String> channel = call.request().queryValue("channel");
    List<Object> question =
        List.of(
            channel,
            call.request().queryValue("conversationId"),
            call.request().queryValue("contactId"),
            from,
            to,
            ascending);
    List<Item> found =
        book(call)
            .search(
                question,
                all ->
                    all.stream()
                        .filter(it -> from.map(time -> !it.addedAt().isBefore(time)).orElse(true))
                        .filter(it -> to.map(time -> !it.addedAt().isAfter(time)).orElse(true))
                        .filter(it -> isWanted(it.json(), call, channel))
                        .sorted(ascending ? OLDEST_FIRST : OLDEST_FIRST.reversed())
                        .toList());
    int start =
        call.request()
            .queryValue("cursor")
            .map(it -> new String(Base64.getUrlDecoder().decode(it), UTF_8))
            .map(it -> placeAfter(found, it))
            .orElse(0);
    List<Item> page = found.stream().skip(start).limit(limit).toList();
    JsonArrayBuilder items = JsonText.array();
    page.forEach(it -> items.add(views.message(it)));
    boolean more = start + page.size() < found.size();
    return Reply.json(
        200,
        JsonText.object()
            .add("messages", items)
            .add(
                "nextCursor",
                more
                    ? JsonText.string(
                        Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(page.getLast().id().getBytes(UTF_8)))
                    : JsonValue.NULL)
            .add("total", found.size())
            .build());
  }

  private static boolean isWanted(JsonObject message, Call call, Optional<String> channel) {
    String its = message.getString("channel");
    return channel.map(it -> it.equals(exported(its))).orElse(!its.equals("Email"))
        && Stream.of("conversationId", "contactId")
            .allMatch(
                name ->
                    call.request()
                        .queryValue(name)
                        .map(message.getString(name)::equals)
                        .orElse(true));
  }

  private static String exported(String channel) {
    return switch (channel) {
      case "IG" -> "Instagram";
      case "FB" -> "Facebook";
      default -> channel;
    };
  }

  private static Optional<Instant> day(Call call, String name, List<String> complaints) {
    Optional<String> text = call.request().queryValue(name);
    Optional<Instant> time =
        text.flatMap(
            it -> EventTimes.read(it.matches("\\d{4}-\\d\\d-\\d\\d") ? it + "T00:00:00Z" : it));
    if (text.isPresent() && time.isEmpty()) {
      complaints.add(name + " must be a valid ISO 8601 date string");
    }
    return time;
  }

  private Reply get(Call call) {
    call.allowQuery(Set.of());
    return Reply.json(200, views.message(existing(call, "id")));
  }

  private Reply email(Call call) {
    call.allowQuery(Set.of());
    String id = call.variable("id");
    return book(call).allBy("mailIds", id).stream()
        .findFirst()
        .flatMap(
            message ->
                Mails.find(message.json(), id).map(it -> ConversationViews.email(message, it)))
        .map(mail -> Reply.json(200, mail))
        .orElseGet(() -> finder.missing(id, "Email message"));
  }

  /** Sends at once: there is no key that would tell a repetition from another message. */
  private Reply send(Call call) {
    call.allowQuery(Set.of());
    JsonObject body =
        new BodyCheck(call.body())
            .required("type", "contactId")
            .oneOf("type", MessageTypes.SENT)
            .oneOf("status", STATUSES)
            .texts(
                "appointmentId",
                "emailFrom",
                "html",
                "message",
                "subject",
                "replyMessageId",
                "templateId",
                "threadId",
                "conversationProviderId",
                "emailTo",
                "customSubtypeId",
                "fromNumber",
                "toNumber")
            .textLists("attachments", "emailCc", "emailBcc")
            .numbers("scheduledTimestamp")
            .oneOf("emailReplyMode", List.of("reply", "reply_all"))
            .objects("forward")
            .flags("usesNativeSchedulingAi")
            .known("subType", "optimizationPeriod")
            .checked();
    if (Stream.of("message", "html", "attachments", "templateId").noneMatch(body::containsKey)) {
      return Errors.badRequest(
          "There is no message or attachments for this message. Skip sending.");
    }
    String contactId = body.getString("contactId");
    finder.require(call, Kind.CONTACTS, contactId, "Contact");
    String status = body.containsKey("scheduledTimestamp") ? "scheduled" : "pending";
    Said said = said(call, contactId, "outbound", status, body);
    webhooks.happened("OutboundMessage", call.grant().locationId(), event(said.message()));
    JsonObjectBuilder answer =
        JsonText.object()
            .add("conversationId", said.conversation().id())
            .add("messageId", said.message().id())
            .add("msg", "Message queued successfully.")
            .add("status", "pending");
    Mails.latestId(said.message().json()).ifPresent(it -> answer.add("emailMessageId", it));
    return Reply.json(200, answer.build());
  }

  private Reply takeIn(Call call) {
    call.allowQuery(Set.of());
    JsonObject body =
        new BodyCheck(call.body())
            .required("type", "conversationId", "contactId", "conversationProviderId")
            .oneOf("type", MessageTypes.RECEIVED)
            .texts(
                "message",
                "html",
                "subject",
                "emailFrom",
                "emailTo",
                "emailMessageId",
                "altId",
                "date")
            .textLists("attachments", "emailCc", "emailBcc")
            .oneOf("direction", List.of("outbound", "inbound"))
            .objects("call")
            .checked();
    return provided(call, body, body.getString("direction", "inbound"));
  }

  private Reply callOut(Call call) {
    call.allowQuery(Set.of());
    JsonObject body =
        new BodyCheck(call.body())
            .required("type", "conversationId", "conversationProviderId")
            .oneOf("type", List.of("Call"))
            .texts("altId", "date")
            .textLists("attachments")
            .objects("call")
            .checked();
    return provided(call, body, "outbound");
  }

  private Reply provided(Call call, JsonObject body, String direction) {
    Item conversation =
        finder.require(call, Kind.CONVERSATIONS, body.getString("conversationId"), "Conversation");
    String contactId = conversation.json().getString("contactId");
    if (!body.getString("contactId", contactId).equals(contactId)) {
      return Errors.badRequest("The contact is not that of the conversation.");
    }
    Said said = said(call, contactId, direction, "delivered", body);
    boolean inbound = direction.equals("inbound");
    webhooks.happened(
        inbound ? "InboundMessage" : "OutboundMessage",
        call.grant().locationId(),
        event(said.message()));
    if (inbound) {
      webhooks.happened(
          "ConversationUnreadUpdate",
          call.grant().locationId(),
          views.unreadWebhook(said.conversation()));
    }
    JsonObjectBuilder answer =
        JsonText.object()
            .add("success", true)
            .add("conversationId", conversation.id())
            .add("messageId", said.message().id())
            .add("message", "Message added successfully.")
            .add("contactId", contactId)
            .add("dateAdded", IsoTime.of(said.message().addedAt()));
    Mails.latestId(said.message().json()).ifPresent(it -> answer.add("emailMessageId", it));
    return Reply.json(200, answer.build());
  }

  private JsonObject event(Item message) {
    return views.messageWebhook(message, world.settings().get(Settings.WEBHOOK_NAMES_MESSAGE));
  }

  /** Adds a message to the contact's conversation, which is made when there is none. */
  private Said said(Call call, String contactId, String direction, String status, JsonObject body) {
    Book conversations = world.of(Kind.CONVERSATIONS, call.grant().locationId());
    Instant now = world.clock().instant();
    return conversations.exclusively(
        () -> {
          JsonObject conversation =
              conversations.allBy("contactId", contactId).stream()
                  .findFirst()
                  .map(Item::json)
                  .orElseGet(() -> Talk.blank(call.grant().locationId(), contactId, now));
          JsonObjectBuilder message =
              message(call, body, now)
                  .add("contactId", contactId)
                  .add("conversationId", conversation.getString("id"))
                  .add("direction", direction)
                  .add("status", status);
          Item stored = book(call).put(message.build());
          return new Said(stored, conversations.put(Talk.after(conversation, stored)));
        });
  }

  private static JsonObjectBuilder message(Call call, JsonObject body, Instant now) {
    String channel = body.getString("type");
    Instant time = JsonText.text(body, "date").flatMap(EventTimes::read).orElse(now);
    boolean html = body.containsKey("html");
    JsonObjectBuilder message =
        JsonText.object()
            .add("id", Ids.random())
            .add("locationId", call.grant().locationId())
            .add("channel", channel)
            .add("type", MessageTypes.number(channel))
            .add("messageType", MessageTypes.read(channel))
            .add("dateAdded", IsoTime.of(time))
            .add("dateUpdated", IsoTime.of(now))
            .add("body", html ? body.getString("html") : body.getString("message", ""))
            .add("contentType", html ? "text/html" : "text/plain")
            .add("attachments", body.getOrDefault("attachments", JsonValue.EMPTY_JSON_ARRAY))
            .add("source", call.grant().actor() == Actor.USER ? "app" : "api");
    if (call.grant().actor() == Actor.USER) {
      message.add("userId", call.grant().userId());
    }
    JsonText.text(body, "conversationProviderId")
        .ifPresent(it -> message.add("conversationProviderId", it));
    if (channel.equals("Email")) {
      Mails.add(message, List.of(mail(body, time)));
    } else if (body.get("call") instanceof JsonObject phone) {
      message.add(
          "meta", JsonText.object().add("callStatus", phone.getString("status", "completed")));
    }
    return message;
  }

  private static JsonObject mail(JsonObject body, Instant time) {
    String id = body.getString("emailMessageId", Ids.random());
    JsonObject mail =
        Mails.mail(
            id,
            body.getString("threadId", id),
            body.getString("subject", ""),
            time,
            body.getString("html", body.getString("message", "")),
            "outbound");
    JsonObjectBuilder changed = JsonText.object(mail);
    JsonText.text(body, "emailFrom").ifPresent(it -> changed.add("from", it));
    JsonText.text(body, "emailTo").ifPresent(it -> changed.add("to", JsonText.array().add(it)));
    return changed.build();
  }

  private Reply updateStatus(Call call) {
    call.allowQuery(Set.of());
    JsonObject body =
        new BodyCheck(call.body())
            .required("status")
            .oneOf("status", STATUSES)
            .objects("error")
            .texts("emailMessageId")
            .textLists("recipients")
            .checked();
    Book book = book(call);
    Item after =
        book.exclusively(
            () ->
                book.put(
                    JsonText.object(existing(call, "messageId").json())
                        .add("status", body.getString("status"))
                        .add("dateUpdated", IsoTime.of(world.clock().instant()))
                        .build()));
    return Reply.json(
        200,
        JsonText.object()
            .add("conversationId", after.json().getString("conversationId"))
            .add("messageId", after.id())
            .add("status", body.getString("status"))
            .build());
  }

  private Item existing(Call call, String variable) {
    return finder.require(call, Kind.MESSAGES, call.variable(variable), "Message");
  }

  private Book book(Call call) {
    return world.of(Kind.MESSAGES, call.grant().locationId());
  }
}
