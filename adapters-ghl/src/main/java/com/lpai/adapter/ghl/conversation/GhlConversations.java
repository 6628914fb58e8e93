package com.lpai.adapter.ghl.conversation;

import static com.lpai.adapter.ghl.client.RestClients.absentIfEmpty;

import com.lpai.adapter.ghl.call.GhlCalls;
import com.lpai.adapter.ghl.client.GhlAnswer;
import com.lpai.adapter.ghl.client.GhlConversationsClient;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.adapter.ghl.failure.Operation.Effect;
import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.adapter.ghl.record.Records;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.CrmConversations;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** GoHighLevel's conversations and messages over HTTP (ghl-facts.md 3.6). */
public final class GhlConversations implements CrmConversations {
  private static final Operation SEARCH =
      new Operation(
          "GET", "/conversations/search", Effect.READ, "conversation", "conversations.readonly");
  private static final Operation FIND =
      new Operation(
          "GET",
          "/conversations/{conversationId}",
          Effect.READ,
          "conversation",
          "conversations.readonly");
  private static final Operation EXPORT = messages("/conversations/messages/export");
  private static final Operation MESSAGES = messages("/conversations/{conversationId}/messages");

  /** The largest limit that is known to work; the real one is not documented. */
  private static final int LARGEST_PAGE = 100;

  /** GoHighLevel's own choice of a limit: no page of a search that is not the last is smaller. */
  private static final int LEAST_FULL_PAGE = 20;

  private static final int SMALLEST_EXPORT = 10;
  private static final int LARGEST_EXPORT = 500;

  private final GhlConversationsClient client;
  private final GhlCalls<LocationId> calls;
  private final int largestPage;

  /**
   * GoHighLevel's conversations.
   *
   * @param largestPage records per page at most, whatever a caller asks for; a search has 20 and an
   *     export ten at least
   */
  public GhlConversations(
      GhlConversationsClient client, GhlCalls<LocationId> calls, int largestPage) {
    this.client = client;
    this.calls = calls;
    this.largestPage = largestPage;
  }

  @Override
  public CrmResult<CrmPage<Conversation>> page(
      LocationId locationId, String cursor, int size, Instant changedSince, CallPriority priority) {
    int limit = Math.clamp(Math.min(size, largestPage), LEAST_FULL_PAGE, LARGEST_PAGE);
    String after =
        cursor.isEmpty() && changedSince.isAfter(Instant.EPOCH)
            ? justBefore(changedSince.toEpochMilli())
            : cursor;
    return calls.call(
        locationId,
        priority,
        SEARCH,
        token ->
            client.search(
                token, locationId.value(), "last_message_date", "asc", limit, absentIfEmpty(after)),
        answer -> conversations(locationId, answer, after));
  }

  private static Optional<CrmPage<Conversation>> conversations(
      LocationId locationId, GhlAnswer answer, String after) {
    if (!(answer.body().get("conversations") instanceof JsonArray)) {
      return Optional.empty();
    }
    List<JsonObject> items = JsonReads.objects(answer.body(), "conversations");
    String next =
        items.isEmpty()
            ? ""
            : sortValue(items.getLast()).map(last -> next(last, after, items.size())).orElse("");
    return Optional.of(
        new CrmPage<>(
            Records.read(locationId, items, ConversationReader::conversation),
            next,
            total(answer.body())));
  }

  /**
   * A page goes on just before the time of the last conversation, which therefore comes once more:
   * GoHighLevel lists what is later than its one cursor value, and conversations may share it. Only
   * where more of them share it than a page holds is there no way to all of them.
   */
  private static String next(long last, String after, int size) {
    String next = justBefore(last);
    if (!next.equals(after)) {
      return next;
    }
    return size < LEAST_FULL_PAGE ? "" : String.valueOf(last);
  }

  private static String justBefore(long millis) {
    return String.valueOf(Math.max(0, millis - 1));
  }

  private static Optional<Long> sortValue(JsonObject conversation) {
    JsonArray sort = JsonReads.list(conversation, "sort");
    if (!sort.isEmpty() && sort.getFirst() instanceof JsonNumber value) {
      return Optional.of(value.longValue());
    }
    Instant at = JsonReads.instant(conversation, "lastMessageDate");
    return at.equals(Instant.EPOCH) ? Optional.empty() : Optional.of(at.toEpochMilli());
  }

  @Override
  public CrmResult<GhlConversationId> find(
      LocationId locationId, GhlConversationId id, CallPriority priority) {
    return calls.call(
        locationId,
        priority,
        FIND,
        token -> client.find(token, id.value()),
        answer -> Records.id(answer.body(), "id", GhlConversationId::new));
  }

  @Override
  public CrmResult<CrmPage<Message>> exported(
      LocationId locationId,
      Channel channel,
      String cursor,
      int size,
      Instant addedSince,
      CallPriority priority) {
    int limit = Math.clamp(Math.min(size, largestPage), SMALLEST_EXPORT, LARGEST_EXPORT);
    String since = addedSince.isAfter(Instant.EPOCH) ? addedSince.toString() : "";
    return calls.call(
        locationId,
        priority,
        EXPORT,
        token ->
            client.export(
                token,
                locationId.value(),
                "createdAt",
                "asc",
                limit,
                absentIfEmpty(channel == Channel.EMAIL ? "Email" : ""),
                absentIfEmpty(since),
                absentIfEmpty(cursor)),
        answer -> exported(locationId, answer, cursor));
  }

  private static Optional<CrmPage<Message>> exported(
      LocationId locationId, GhlAnswer answer, String cursor) {
    return Records.listed(locationId, answer, "messages", ConversationReader::message)
        .flatMap(
            messages ->
                page(
                    messages,
                    JsonReads.list(answer.body(), "messages").isEmpty()
                        ? ""
                        : JsonReads.text(answer.body(), "nextCursor"),
                    cursor,
                    total(answer.body())));
  }

  @Override
  public CrmResult<CrmPage<Message>> messages(
      LocationId locationId,
      GhlConversationId conversation,
      String cursor,
      int size,
      CallPriority priority) {
    int limit = Math.clamp(size, 1, Math.min(LARGEST_PAGE, largestPage));
    return calls.call(
        locationId,
        priority,
        MESSAGES,
        token -> client.messages(token, conversation.value(), limit, absentIfEmpty(cursor)),
        answer -> messages(locationId, conversation, answer.body(), cursor));
  }

  /** Documented as flat, seen with one more envelope (ghl-facts.md #54). */
  private static Optional<CrmPage<Message>> messages(
      LocationId locationId, GhlConversationId conversation, JsonObject body, String cursor) {
    JsonObject envelope = body.get("messages") instanceof JsonObject nested ? nested : body;
    if (!(envelope.get("messages") instanceof JsonArray)) {
      return Optional.empty();
    }
    List<JsonObject> items = JsonReads.objects(envelope, "messages");
    return page(
        Records.read(
            locationId, items, message -> ConversationReader.message(message, conversation)),
        items.isEmpty() ? "" : nextMessages(envelope, items.getLast()),
        cursor,
        -1);
  }

  private static String nextMessages(JsonObject envelope, JsonObject last) {
    if (!JsonReads.flag(envelope.getOrDefault("nextPage", JsonValue.FALSE)).orElse(false)) {
      return "";
    }
    String told = JsonReads.text(envelope, "lastMessageId");
    return told.isEmpty() ? JsonReads.text(last, "id") : told;
  }

  /** A page; empty when its cursor does not move, so that the rest cannot be reached. */
  private static Optional<CrmPage<Message>> page(
      List<Message> messages, String next, String cursor, long total) {
    return !next.isEmpty() && next.equals(cursor)
        ? Optional.empty()
        : Optional.of(new CrmPage<>(messages, next, total));
  }

  private static long total(JsonObject body) {
    return JsonReads.whole(body, "total").orElse(-1L);
  }

  private static Operation messages(String path) {
    return new Operation("GET", path, Effect.READ, "message", "conversations/message.readonly");
  }
}
