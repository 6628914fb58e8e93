package com.lpai.adapter.ghl.conversation;

import com.lpai.adapter.ghl.json.JsonReads;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where a page of the conversations' search begins. GoHighLevel lists what is later than its one
 * cursor value, a time, and conversations may share that (ghl-facts.md 3.6): so a page begins just
 * before the time of the last conversation, which comes once more with those that share its time.
 *
 * @param after GoHighLevel's cursor; empty for the beginning
 * @param listed ids of the conversations that come once more
 */
record SearchPlace(String after, Set<String> listed) {
  /** No id holds one. */
  private static final String PARTS = " ";

  /** All real times are later; zero might be taken for no cursor at all. */
  private static final long LEAST = 1;

  SearchPlace {
    listed = Set.copyOf(listed);
  }

  static SearchPlace of(String cursor) {
    List<String> parts = Arrays.asList(cursor.split(PARTS, -1));
    return new SearchPlace(parts.getFirst(), Set.copyOf(parts.subList(1, parts.size())));
  }

  static SearchPlace justBefore(long millis) {
    return justBefore(millis, List.of());
  }

  /** The place before this time, behind these conversations as far as they are of that time. */
  static SearchPlace justBefore(long millis, List<JsonObject> conversations) {
    Set<String> ofThatTime =
        conversations.stream()
            .filter(each -> sortValue(each).equals(Optional.of(millis)))
            .map(each -> JsonReads.text(each, "id"))
            .filter(id -> !id.isEmpty() && !id.contains(PARTS))
            .collect(Collectors.toSet());
    return new SearchPlace(String.valueOf(Math.max(LEAST, millis - 1)), ofThatTime);
  }

  /** The cursor that leads here. */
  String cursor() {
    return listed.isEmpty() ? after : after + PARTS + String.join(PARTS, new TreeSet<>(listed));
  }

  boolean hasListed(JsonObject conversation) {
    return listed.contains(JsonReads.text(conversation, "id"));
  }

  /** Whether a list that begins here may hold this time. */
  boolean isBefore(long millis) {
    return after.isEmpty() || Long.parseLong(after) < millis;
  }

  /** What a conversation is sorted by, also told by the time of its latest message. */
  static Optional<Long> sortValue(JsonObject conversation) {
    JsonArray sort = JsonReads.list(conversation, "sort");
    return JsonReads.whole(sort.isEmpty() ? JsonValue.NULL : sort.getFirst())
        .or(() -> lastMessageDate(conversation));
  }

  private static Optional<Long> lastMessageDate(JsonObject conversation) {
    Instant at = JsonReads.instant(conversation, "lastMessageDate");
    return at.equals(Instant.EPOCH) ? Optional.empty() : Optional.of(at.toEpochMilli());
  }
}
