package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.world.Book;
import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * {@code GET /conversations/search}: pages begin after the sort value of the last conversation, and
 * that is all the cursor there is (ghl-facts.md 3.6).
 */
final class ConversationSearch {
  private static final Set<String> KNOWN =
      Set.of(
          "locationId",
          "contactId",
          "assignedTo",
          "followers",
          "mentions",
          "query",
          "sort",
          "startAfterDate",
          "id",
          "limit",
          "lastMessageType",
          "lastMessageAction",
          "lastMessageDirection",
          "status",
          "sortBy",
          "sortScoreProfile",
          "scoreProfile",
          "scoreProfileMin",
          "scoreProfileMax",
          "startDate",
          "endDate");
  private static final Map<String, List<String>> CHOICES =
      Map.of(
          "sort", List.of("asc", "desc"),
          "status", List.of("all", "read", "unread", "starred", "recents"),
          "lastMessageDirection", List.of("inbound", "outbound"),
          "lastMessageAction", List.of("automated", "manual"),
          "sortBy",
              List.of(
                  "last_manual_message_date",
                  "last_message_date",
                  "score_profile",
                  "overdue_at",
                  "due_at"));
  private static final int USUAL = 20;

  /** A page, and how many conversations there are in all. */
  record Found(List<Hit> hits, int total) {
    Found {
      hits = List.copyOf(hits);
    }
  }

  /** A conversation with the value that it is sorted by. */
  record Hit(Item item, JsonValue sort) {}

  private record Placed(Item item, long value) {}

  private final World world;
  private final Request request;
  private final int limit;
  private final boolean ascending;
  private final String sortField;
  private final Optional<Long> after;

  private ConversationSearch(World world, Request request, int limit, Optional<Long> after) {
    this.world = world;
    this.request = request;
    this.limit = limit;
    this.after = after;
    this.ascending = request.queryValue("sort").map("asc"::equals).orElse(false);
    this.sortField =
        request.queryValue("sortBy").map("last_manual_message_date"::equals).orElse(false)
            ? "lastManualMessageDate"
            : "lastMessageDate";
  }

  /**
   * Reads the parameters; 422 for what is wrong.
   *
   * @param most a higher limit counts as this one
   */
  static ConversationSearch of(World world, Call call, int most) {
    call.allowQuery(KNOWN);
    List<String> complaints = new ArrayList<>();
    CHOICES.forEach(
        (name, values) -> {
          if (!call.request().queryValue(name).map(values::contains).orElse(true)) {
            complaints.add(
                name + " must be one of the following values: " + String.join(", ", values));
          }
        });
    for (String name : List.of("startDate", "endDate")) {
      if (call.request().queryValue(name).isPresent()) {
        call.millis(name, complaints);
      }
    }
    int limit = call.number("limit", USUAL, complaints);
    Optional<Long> after = after(call.request(), complaints);
    Errors.refuseIfAny(complaints);
    return new ConversationSearch(world, call.request(), Math.min(limit, most), after);
  }

  /** A number, or an array of one. */
  private static Optional<Long> after(Request request, List<String> complaints) {
    Optional<String> text = request.queryValue("startAfterDate");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String digits = text.get().replaceAll("^\\[|]$", "").replaceAll(",.*", "");
    if (!digits.matches("\\d{1,15}")) {
      complaints.add("startAfterDate must be a number or an array of numbers");
      return Optional.empty();
    }
    return Optional.of(Long.parseLong(digits));
  }

  Found run(Book book) {
    Map<String, String> question = new TreeMap<>(request.query());
    question.remove("limit");
    question.remove("startAfterDate");
    List<Item> sorted =
        question.containsKey("query")
            ? book.search(this::sorted)
            : book.search(question, this::sorted);
    List<Hit> page =
        sorted.stream()
            .skip(after.map(it -> firstAfter(sorted, it)).orElse(0))
            .limit(limit)
            .map(it -> new Hit(it, JsonText.number(value(it.json()))))
            .toList();
    return new Found(page, sorted.size());
  }

  private List<Item> sorted(Collection<Item> indexed) {
    Predicate<Candidate> filter = filter();
    Comparator<Placed> byValue = Comparator.comparingLong(Placed::value);
    return indexed.stream()
        .map(Candidate::new)
        .filter(filter)
        .map(it -> new Placed(it.item(), value(it.json())))
        .sorted(ascending ? byValue : byValue.reversed())
        .map(Placed::item)
        .toList();
  }

  private int firstAfter(List<Item> sorted, long cursor) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      long value = value(sorted.get(middle).json());
      boolean behind = ascending ? value > cursor : value < cursor;
      if (behind) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private long value(JsonObject conversation) {
    return JsonText.text(conversation, sortField)
        .map(it -> Instant.parse(it).toEpochMilli())
        .orElse(0L);
  }

  private Predicate<Candidate> filter() {
    Predicate<Candidate> all = equal("contactId").and(equal("id")).and(equal("lastMessageType"));
    all = all.and(equal("lastMessageDirection")).and(assigned()).and(status()).and(added());
    for (String nobody : List.of("followers", "mentions")) {
      if (request.queryValue(nobody).isPresent()) {
        all = candidate -> false;
      }
    }
    return all.and(mentions());
  }

  private Predicate<Candidate> equal(String name) {
    Optional<String> wanted = request.queryValue(name);
    return wanted
        .<Predicate<Candidate>>map(value -> it -> value.equals(it.json().getString(name, "")))
        .orElse(it -> true);
  }

  private Predicate<Candidate> assigned() {
    Optional<List<String>> users =
        request.queryValue("assignedTo").map(it -> List.of(it.split(",", -1)));
    return users
        .<Predicate<Candidate>>map(
            ids -> it -> ids.contains(it.json().getString("assignedTo", "unassigned")))
        .orElse(it -> true);
  }

  private Predicate<Candidate> status() {
    return switch (request.queryValue("status").orElse("all")) {
      case "read" -> it -> it.json().getInt("unreadCount") == 0;
      case "unread" -> it -> it.json().getInt("unreadCount") > 0;
      case "starred" -> it -> it.json().getBoolean("starred");
      default -> it -> true;
    };
  }

  private Predicate<Candidate> added() {
    long from = request.queryValue("startDate").map(Long::parseLong).orElse(0L);
    long to = request.queryValue("endDate").map(Long::parseLong).orElse(Long.MAX_VALUE);
    return it -> {
      long added = it.item().addedAt().toEpochMilli();
      return added >= from && added <= to;
    };
  }

  private Predicate<Candidate> mentions() {
    Optional<String> query = request.queryValue("query").map(it -> it.toLowerCase(Locale.ROOT));
    return query
        .<Predicate<Candidate>>map(
            text ->
                it ->
                    world
                        .of(Kind.CONTACTS, it.item().locationId())
                        .find(it.json().getString("contactId"))
                        .map(Candidate::new)
                        .map(
                            contact ->
                                Stream.of("name", "email", "phone")
                                    .anyMatch(field -> contact.lower(field).contains(text)))
                        .orElse(false))
        .orElse(it -> true);
  }
}
