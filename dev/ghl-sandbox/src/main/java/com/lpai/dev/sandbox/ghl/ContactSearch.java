package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.world.Contact;
import com.lpai.dev.sandbox.world.ContactBook;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** {@code POST /contacts/search}: its rules are in ghl-facts.md 3.1, the specification has none. */
final class ContactSearch {
  private static final int MOST_ITEMS = 500;
  private static final int MOST_RECORDS = 10_000;
  private static final int LONGEST_QUERY = 75;
  private static final int MOST_SORTS = 2;
  private static final Set<String> KNOWN =
      Set.of("locationId", "pageLimit", "page", "searchAfter", "filters", "sort", "query");
  private static final Map<String, Function<Contact, Object>> SORTABLE =
      Map.of(
          "firstNameLowerCase", contact -> lower(contact, "firstName"),
          "lastNameLowerCase", contact -> lower(contact, "lastName"),
          "businessName", contact -> lower(contact, "companyName"),
          "email", contact -> lower(contact, "email"),
          "source", contact -> lower(contact, "source"),
          "dnd", contact -> contact.json().getBoolean("dnd", false) ? 1L : 0L,
          "dateAdded", contact -> contact.dateAdded().toEpochMilli(),
          "dateUpdated", contact -> contact.dateUpdated().toEpochMilli());

  private record Sort(String field, boolean ascending) {
    Object value(Contact contact) {
      Function<Contact, Object> getter = SORTABLE.get(field);
      return getter == null ? "" : getter.apply(contact);
    }
  }

  private final int limit;
  private final int skip;
  private final Optional<List<Object>> after;
  private final Optional<Predicate<Contact>> filter;
  private final List<Sort> sorts;

  private ContactSearch(
      int limit,
      int skip,
      Optional<List<Object>> after,
      Optional<Predicate<Contact>> filter,
      List<Sort> sorts) {
    this.limit = limit;
    this.skip = skip;
    this.after = after;
    this.filter = filter;
    this.sorts = sorts;
  }

  /** Reads a request body; answers 422 or 400 by {@link Refused}. */
  static ContactSearch of(JsonObject body) {
    List<String> complaints = new ArrayList<>();
    body.keySet().stream()
        .filter(name -> !KNOWN.contains(name))
        .forEach(name -> complaints.add("property " + name + " should not exist"));
    if (JsonText.text(body, "locationId").orElse("").isEmpty()) {
      complaints.add("locationId should not be empty");
      complaints.add("locationId must be a string");
    }
    int limit = number(body, "pageLimit", 0, complaints);
    if (limit < 1 || limit > MOST_ITEMS) {
      complaints.add("pageLimit must be a number from 1 to " + MOST_ITEMS);
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
    List<Sort> sorts = sorts(body, complaints);
    Optional<List<Object>> after = after(body, sorts.size(), complaints);
    JsonValue filters = body.getOrDefault("filters", JsonValue.EMPTY_JSON_ARRAY);
    if (!(filters instanceof JsonArray)) {
      complaints.add("filters must be an array");
    }
    Errors.refuseIfAny(complaints);
    if ((long) page * limit > MOST_RECORDS) {
      throw new Refused(
          Errors.badRequest(
              "Cannot fetch more than " + MOST_RECORDS + " records by page; use searchAfter"));
    }
    boolean everything = filters.asJsonArray().isEmpty() && query.isEmpty();
    Optional<Predicate<Contact>> filter =
        everything
            ? Optional.empty()
            : Optional.of(ContactFilter.all(filters.asJsonArray()).and(mentions(query)));
    return new ContactSearch(limit, (page - 1) * limit, after, filter, sorts);
  }

  Reply run(ContactBook book, boolean lowerCaseNamesOnly) {
    ContactBook.Page page =
        filter.isEmpty() && isByTimeAdded()
            ? book.page(timeAndId(), skip, limit, sorts.getFirst().ascending())
            : book.search(this::page);
    JsonArrayBuilder items = JsonText.array();
    for (Contact contact : page.contacts()) {
      JsonArray searchAfter = JsonText.array(cursor(contact)).build();
      items.add(ContactViews.searchItem(contact, searchAfter, lowerCaseNamesOnly));
    }
    return Reply.json(
        200, JsonText.object().add("contacts", items).add("total", page.total()).build());
  }

  private boolean isByTimeAdded() {
    return sorts.size() == 1 && sorts.getFirst().field().equals("dateAdded");
  }

  private Optional<ContactBook.Cursor> timeAndId() {
    return after.map(
        it -> {
          long millis = it.getFirst() instanceof Long number ? number : 0;
          return new ContactBook.Cursor(Instant.ofEpochMilli(millis), it.getLast().toString());
        });
  }

  private ContactBook.Page page(Collection<Contact> indexed) {
    List<Contact> found =
        indexed.stream()
            .filter(contact -> filter.map(it -> it.test(contact)).orElse(true))
            .toList();
    List<Contact> page =
        sorted(found).stream()
            .filter(contact -> after.map(it -> compare(cursor(contact), it) > 0).orElse(true))
            .skip(skip)
            .limit(limit)
            .toList();
    return new ContactBook.Page(page, found.size());
  }

  private List<Contact> sorted(Collection<Contact> contacts) {
    return contacts.stream().sorted((left, right) -> compare(cursor(left), cursor(right))).toList();
  }

  /** The sort values of a contact, then its id. */
  private List<Object> cursor(Contact contact) {
    return Stream.concat(sorts.stream().map(sort -> sort.value(contact)), Stream.of(contact.id()))
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
    return left instanceof Long a && right instanceof Long b
        ? Long.compare(a, b)
        : left.toString().compareTo(right.toString());
  }

  private static List<Sort> sorts(JsonObject body, List<String> complaints) {
    JsonValue given = body.getOrDefault("sort", JsonValue.EMPTY_JSON_ARRAY);
    if (!(given instanceof JsonArray items) || items.size() > MOST_SORTS) {
      complaints.add("sort must be an array of at most " + MOST_SORTS);
      return List.of(new Sort("dateAdded", false));
    }
    List<Sort> sorts = new ArrayList<>();
    for (JsonValue item : items) {
      JsonObject sort = item instanceof JsonObject it ? it : JsonValue.EMPTY_JSON_OBJECT;
      String field = JsonText.text(sort, "field").orElse("");
      String direction = JsonText.text(sort, "direction").orElse("");
      if (!SORTABLE.containsKey(field)) {
        complaints.add("Invalid sort field: " + field);
      }
      if (!direction.equals("asc") && !direction.equals("desc")) {
        complaints.add("sort direction must be one of the following values: asc, desc");
      }
      sorts.add(new Sort(field, direction.equals("asc")));
    }
    return sorts.isEmpty() ? List.of(new Sort("dateAdded", false)) : sorts;
  }

  private static Optional<List<Object>> after(JsonObject body, int sorts, List<String> complaints) {
    JsonValue given = body.getOrDefault("searchAfter", JsonValue.NULL);
    if (JsonValue.NULL.equals(given)) {
      return Optional.empty();
    }
    if (!(given instanceof JsonArray items) || items.size() != sorts + 1) {
      complaints.add("searchAfter must be the array of the last contact of the page before");
      return Optional.empty();
    }
    List<Object> values = new ArrayList<>();
    for (JsonValue item : items) {
      values.add(
          switch (item) {
            case JsonNumber number -> number.longValue();
            case JsonString text -> text.getString();
            default -> item.toString();
          });
    }
    return Optional.of(values);
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

  private static Predicate<Contact> mentions(String query) {
    if (query.isEmpty()) {
      return contact -> true;
    }
    String wanted = query.toLowerCase(Locale.ROOT);
    return contact ->
        Stream.of("name", "email", "phone", "companyName")
            .anyMatch(field -> lower(contact, field).contains(wanted));
  }

  private static String lower(Contact contact, String field) {
    return contact.text(field).orElse("").toLowerCase(Locale.ROOT);
  }
}
