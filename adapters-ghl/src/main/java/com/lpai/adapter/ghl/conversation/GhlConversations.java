package com.lpai.adapter.ghl.conversation;

import static com.lpai.adapter.ghl.client.RestClients.absentIfEmpty;

import com.lpai.adapter.ghl.call.Call;
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
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** GoHighLevel's conversations and messages over HTTP (ghl-facts.md 3.6). */
public final class GhlConversations implements CrmConversations {
  private static final System.Logger LOG = System.getLogger(GhlConversations.class.getName());

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
    boolean changesOnly = changedSince.isAfter(Instant.EPOCH);
    SearchPlace place =
        cursor.isEmpty() && changesOnly
            ? SearchPlace.justBefore(changedSince.toEpochMilli())
            : SearchPlace.of(cursor);
    Call.Reader<CrmPage<Conversation>> reader =
        answer -> conversations(locationId, answer, place, changesOnly);
    return calls.call(
        locationId,
        priority,
        SEARCH,
        token ->
            client.search(
                token,
                locationId.value(),
                "last_message_date",
                "asc",
                limit,
                absentIfEmpty(place.after())),
        reader.needing(
            "a list of conversations, and on a full page the sort value of the last one, which must"
                + " be later than where the page began"));
  }

  private static Optional<CrmPage<Conversation>> conversations(
      LocationId locationId, GhlAnswer answer, SearchPlace place, boolean changesOnly) {
    if (!(answer.body().get("conversations") instanceof JsonArray)) {
      return Optional.empty();
    }
    List<JsonObject> items = JsonReads.objects(answer.body(), "conversations");
    List<JsonObject> notListed = items.stream().filter(item -> !place.hasListed(item)).toList();
    // GoHighLevel counts all that match, wherever a page begins.
    long total = changesOnly ? -1 : total(answer.body());
    return next(locationId, place, items)
        .map(
            next ->
                new CrmPage<>(
                    Records.read(locationId, notListed, ConversationReader::conversation),
                    next,
                    total));
  }

  /**
   * Where the next page begins; empty when the list cannot be followed to its end.
   *
   * <p>Where more conversations share one time than a page holds, GoHighLevel has no way to the
   * rest of them: what is later is read, and the setup tells how many are missing.
   */
  private static Optional<String> next(
      LocationId locationId, SearchPlace place, List<JsonObject> items) {
    boolean isFull = items.size() >= LEAST_FULL_PAGE;
    Optional<Long> last =
        items.isEmpty() ? Optional.empty() : SearchPlace.sortValue(items.getLast());
    if (last.isEmpty()) {
      return isFull ? Optional.empty() : Optional.of("");
    }
    if (!place.isBefore(last.get())) {
      return Optional.empty();
    }
    SearchPlace next = SearchPlace.justBefore(last.get(), items);
    if (!next.after().equals(place.after())) {
      return Optional.of(next.cursor());
    }
    if (!isFull) {
      return Optional.of("");
    }
    LOG.log(
        Level.WARNING,
        "{0}: {1} conversations of location {2} have the same time and fill a page; if there are"
            + " more of that time, GoHighLevel has no way to list them.",
        SEARCH,
        items.size(),
        locationId);
    return Optional.of(String.valueOf(last.get()));
  }

  @Override
  public CrmResult<Conversation> find(
      LocationId locationId, GhlConversationId id, CallPriority priority) {
    return calls.call(
        locationId,
        priority,
        FIND,
        token -> client.find(token, id.value()),
        answer ->
            Optional.of(answer.body())
                .filter(found -> Records.isOf(locationId, found))
                .flatMap(ConversationReader::conversation));
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
    Call.Reader<CrmPage<Message>> reader = answer -> exported(locationId, answer, cursor);
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
        reader.needing(
            "a list of messages, and a nextCursor that is another one than that of the page"
                + " before, or none"));
  }

  private static Optional<CrmPage<Message>> exported(
      LocationId locationId, GhlAnswer answer, String cursor) {
    return Records.listed(locationId, answer, "messages", ConversationReader::message)
        .flatMap(
            messages ->
                nextExport(answer.body(), cursor)
                    .map(next -> new CrmPage<>(messages, next, total(answer.body()))));
  }

  /** Only a null or absent cursor is the end; a page of no messages is none. */
  private static Optional<String> nextExport(JsonObject body, String cursor) {
    return switch (body.getOrDefault("nextCursor", JsonValue.NULL)) {
      case JsonString next when next.getString().isEmpty() -> Optional.of("");
      case JsonString next -> Optional.of(next.getString()).filter(it -> !it.equals(cursor));
      case JsonValue none when none.equals(JsonValue.NULL) -> Optional.of("");
      default -> Optional.empty();
    };
  }

  @Override
  public CrmResult<CrmPage<Message>> messages(
      LocationId locationId,
      GhlConversationId conversation,
      String cursor,
      int size,
      CallPriority priority) {
    int limit = Math.clamp(size, 1, Math.min(LARGEST_PAGE, largestPage));
    Call.Reader<CrmPage<Message>> reader =
        answer -> messages(locationId, conversation, answer.body(), cursor);
    return calls.call(
        locationId,
        priority,
        MESSAGES,
        token -> client.messages(token, conversation.value(), limit, absentIfEmpty(cursor)),
        reader.needing(
            "a list of messages, and a lastMessageId that moves where a next page is promised"));
  }

  /** Documented as flat, seen with one more envelope (ghl-facts.md #54). */
  private static Optional<CrmPage<Message>> messages(
      LocationId locationId, GhlConversationId conversation, JsonObject body, String cursor) {
    JsonObject envelope = body.get("messages") instanceof JsonObject nested ? nested : body;
    if (!(envelope.get("messages") instanceof JsonArray)) {
      return Optional.empty();
    }
    List<JsonObject> items = JsonReads.objects(envelope, "messages");
    return nextMessages(envelope, items, cursor)
        .map(
            next ->
                new CrmPage<>(
                    Records.read(
                        locationId,
                        items,
                        message -> ConversationReader.message(message, conversation)),
                    next,
                    -1));
  }

  /** A page that is promised needs a cursor, and one that moves. */
  private static Optional<String> nextMessages(
      JsonObject envelope, List<JsonObject> items, String cursor) {
    if (!JsonReads.flag(envelope.getOrDefault("nextPage", JsonValue.FALSE)).orElse(false)) {
      return Optional.of("");
    }
    String told = JsonReads.text(envelope, "lastMessageId");
    String next = told.isEmpty() && !items.isEmpty() ? JsonReads.text(items.getLast(), "id") : told;
    return next.isEmpty() || next.equals(cursor) ? Optional.empty() : Optional.of(next);
  }

  private static long total(JsonObject body) {
    return JsonReads.whole(body, "total").orElse(-1L);
  }

  private static Operation messages(String path) {
    return new Operation("GET", path, Effect.READ, "message", "conversations/message.readonly");
  }
}
