package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.world.Book;
import com.lpai.dev.sandbox.world.Item;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A search as {@code POST /contacts/search} and {@code POST /opportunities/search} take it; its
 * rules are in ghl-facts.md 3.1 and 3.2, the specification has next to none.
 */
final class Search {
  private static final int MOST_ITEMS = 500;
  private static final int LONGEST_QUERY = 75;
  private static final int MOST_SORTS = 2;
  private static final Set<String> KNOWN =
      Set.of("locationId", "page", "searchAfter", "filters", "sort", "query");

  /** So many records can be reached by page numbers. */
  static final int MOST_RECORDS = 10_000;

  /** A record of a page, and its sort values: the {@code searchAfter} of what comes after it. */
  record Hit(Item item, JsonArray cursor) {}

  /** A page, and how many records there are in all. */
  record Found(List<Hit> hits, int total) {
    Found {
      hits = List.copyOf(hits);
    }
  }

  private record Sort(String field, Function<Candidate, Object> getter, boolean ascending) {
    Object value(Candidate candidate) {
      return getter.apply(candidate);
    }
  }

  private record Placed(Item item, List<Object> cursor) {}

  private record Question(JsonValue filters, String query, List<List<Object>> sorts) {}

  private final SearchFields fields;
  private final int limit;
  private final int skip;
  private final Optional<List<Object>> after;
  private final Question question;
  private final Optional<Predicate<Candidate>> filter;
  private final List<Sort> sorts;

  private Search(
      SearchFields fields,
      int limit,
      int skip,
      Optional<List<Object>> after,
      Question question,
      Optional<Predicate<Candidate>> filter,
      List<Sort> sorts) {
    this.fields = fields;
    this.limit = limit;
    this.skip = skip;
    this.after = after;
    this.question = question;
    this.filter = filter;
    this.sorts = sorts;
  }

  /** Reads a request body; answers 422 or 400 by {@link Refused}. */
  static Search of(JsonObject body, SearchFields fields) {
    List<String> complaints = new ArrayList<>();
    body.keySet().stream()
        .filter(name -> !isKnown(name, fields))
        .forEach(name -> complaints.add("property " + name + " should not exist"));
    if (JsonText.text(body, "locationId").orElse("").isEmpty()) {
      complaints.add("locationId should not be empty");
      complaints.add("locationId must be a string");
    }
    int limit = number(body, fields.limit(), 0, complaints);
    if (limit < 1 || limit > MOST_ITEMS) {
      complaints.add(fields.limit() + " must be a number from 1 to " + MOST_ITEMS);
    }
    boolean paged = body.containsKey("page");
    int page = number(body, "page", 1, complaints);
    if (page < 1) {
      complaints.add("page must not be less than 1");
    }
    if (paged && body.containsKey("searchAfter")) {
      complaints.add("page should not be sent with searchAfter");
    }
    String query = JsonText.text(body, "query").orElse("");
    if (query.length() > LONGEST_QUERY) {
      complaints.add("query must be shorter than or equal to " + LONGEST_QUERY + " characters");
    }
    List<Sort> sorts = sorts(body, fields, complaints);
    Optional<List<Object>> after = after(body, sorts.size(), complaints);
    JsonValue filters = body.getOrDefault("filters", JsonValue.EMPTY_JSON_ARRAY);
    if (!(filters instanceof JsonArray)) {
      complaints.add("filters must be an array");
    }
    Errors.refuseIfAny(complaints);
    requireReachable(page, limit);
    boolean everything = filters.asJsonArray().isEmpty() && query.isEmpty();
    Optional<Predicate<Candidate>> filter =
        everything
            ? Optional.empty()
            : Optional.of(Filters.all(filters.asJsonArray(), fields).and(mentions(query, fields)));
    List<List<Object>> order =
        sorts.stream().map(it -> List.<Object>of(it.field(), it.ascending())).toList();
    return new Search(
        fields,
        limit,
        (page - 1) * limit,
        after,
        new Question(filters, query, order),
        filter,
        sorts);
  }

  /** Refuses a page beyond what page numbers reach. */
  static void requireReachable(int page, int limit) {
    if ((long) page * limit > MOST_RECORDS) {
      throw new Refused(
          Errors.badRequest(
              "Cannot fetch more than " + MOST_RECORDS + " records by page; use searchAfter"));
    }
  }

  private static boolean isKnown(String name, SearchFields fields) {
    return KNOWN.contains(name) || name.equals(fields.limit()) || fields.more().contains(name);
  }

  Found run(Book book) {
    return filter.isEmpty() && isByTimeAdded() ? byTimeAdded(book) : sorted(book);
  }

  private boolean isByTimeAdded() {
    return sorts.size() == 1 && sorts.getFirst().field().equals(fields.timeAdded());
  }

  private Found byTimeAdded(Book book) {
    Optional<Book.Cursor> start =
        after.map(
            it -> {
              long millis = it.getFirst() instanceof Number number ? number.longValue() : 0;
              return new Book.Cursor(Instant.ofEpochMilli(millis), it.getLast().toString());
            });
    Book.Page page = book.page(start, skip, limit, sorts.getFirst().ascending());
    return new Found(page.items().stream().map(this::hit).toList(), page.total());
  }

  private Found sorted(Book book) {
    // A query also looks at the contacts of other books, whose changes the kept answer would miss.
    List<Item> found =
        question.query().isEmpty()
            ? book.search(question, this::sorted)
            : book.search(this::sorted);
    int start = after.map(it -> firstAfter(found, it)).orElse(0) + skip;
    List<Hit> page =
        found.stream().skip(Math.min(start, found.size())).limit(limit).map(this::hit).toList();
    return new Found(page, found.size());
  }

  private List<Item> sorted(Collection<Item> indexed) {
    return indexed.stream()
        .map(Candidate::new)
        .filter(candidate -> filter.map(it -> it.test(candidate)).orElse(true))
        .map(candidate -> new Placed(candidate.item(), cursor(candidate)))
        .sorted((left, right) -> compare(left.cursor(), right.cursor()))
        .map(Placed::item)
        .toList();
  }

  /** The place of the first item behind a cursor, in a sorted list. */
  private int firstAfter(List<Item> sorted, List<Object> cursor) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(cursor(new Candidate(sorted.get(middle))), cursor) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private Hit hit(Item item) {
    return new Hit(item, JsonText.array(cursor(new Candidate(item))).build());
  }

  /** The sort values of a record, then its id. */
  private List<Object> cursor(Candidate candidate) {
    return Stream.concat(
            sorts.stream().map(sort -> sort.value(candidate)), Stream.of(candidate.item().id()))
        .toList();
  }

  private int compare(List<Object> left, List<Object> right) {
    for (int i = 0; i < left.size(); i++) {
      // The id at the end goes the way of the first sort.
      Sort sort = i < sorts.size() ? sorts.get(i) : sorts.getFirst();
      int order = compareValues(left.get(i), right.get(i));
      if (order != 0) {
        return sort.ascending() ? order : -order;
      }
    }
    return 0;
  }

  private static int compareValues(Object left, Object right) {
    return left instanceof Number a && right instanceof Number b
        ? Double.compare(a.doubleValue(), b.doubleValue())
        : left.toString().compareTo(right.toString());
  }

  private static List<Sort> sorts(JsonObject body, SearchFields fields, List<String> complaints) {
    JsonValue given = body.getOrDefault("sort", JsonValue.EMPTY_JSON_ARRAY);
    List<Sort> sorts = new ArrayList<>();
    if (!(given instanceof JsonArray items) || items.size() > MOST_SORTS) {
      complaints.add("sort must be an array of at most " + MOST_SORTS);
      return sorts;
    }
    for (JsonValue item : items) {
      JsonObject sort = item instanceof JsonObject it ? it : JsonValue.EMPTY_JSON_OBJECT;
      String field = JsonText.text(sort, "field").orElse("");
      String direction = JsonText.text(sort, "direction").orElse("");
      if (!fields.sortable().containsKey(field)) {
        complaints.add("Invalid sort field: " + field);
      }
      if (!direction.equals("asc") && !direction.equals("desc")) {
        complaints.add("sort direction must be one of the following values: asc, desc");
      }
      sorts.add(sort(field, fields, direction.equals("asc")));
    }
    return sorts.isEmpty() ? List.of(sort(fields.timeAdded(), fields, false)) : sorts;
  }

  private static Sort sort(String field, SearchFields fields, boolean ascending) {
    return new Sort(field, fields.sortable().getOrDefault(field, any -> ""), ascending);
  }

  private static Optional<List<Object>> after(JsonObject body, int sorts, List<String> complaints) {
    JsonValue given = body.getOrDefault("searchAfter", JsonValue.NULL);
    if (JsonValue.NULL.equals(given)) {
      return Optional.empty();
    }
    if (!(given instanceof JsonArray items) || items.size() != sorts + 1) {
      complaints.add("searchAfter must be the array of the last record of the page before");
      return Optional.empty();
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < sorts; i++) {
      values.add(sortValue(items.get(i)));
    }
    values.add(items.get(sorts) instanceof JsonString id ? id.getString() : "");
    return Optional.of(values);
  }

  /** GoHighLevel's schema has texts only, its own cursors have numbers: both are taken. */
  private static Object sortValue(JsonValue item) {
    return switch (item) {
      case JsonNumber number -> number.doubleValue();
      case JsonString text when text.getString().matches("\\d{1,15}") ->
          Double.parseDouble(text.getString());
      case JsonString text -> text.getString();
      default -> item.toString();
    };
  }

  private static int number(JsonObject body, String name, int otherwise, List<String> complaints) {
    JsonValue value = body.getOrDefault(name, JsonValue.NULL);
    if (JsonValue.NULL.equals(value)) {
      return otherwise;
    }
    boolean good =
        value instanceof JsonNumber number
            && number.isIntegral()
            && Math.abs(number.doubleValue()) < 1_000_000;
    if (!good) {
      complaints.add(name + " must be a number conforming to the specified constraints");
      return Math.max(1, otherwise);
    }
    return ((JsonNumber) value).intValue();
  }

  private static Predicate<Candidate> mentions(String query, SearchFields fields) {
    if (query.isEmpty()) {
      return candidate -> true;
    }
    String wanted = query.toLowerCase(Locale.ROOT);
    return candidate -> fields.mentioned().apply(candidate).anyMatch(it -> it.contains(wanted));
  }
}
