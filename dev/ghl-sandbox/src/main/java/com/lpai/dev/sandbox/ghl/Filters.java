package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.world.Item;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads the {@code filters} of a search (ghl-facts.md 3.1, 3.2). */
final class Filters {
  private final SearchFields fields;

  private Filters(SearchFields fields) {
    this.fields = fields;
  }

  /** All filters of the list, joined by AND. */
  static Predicate<Candidate> all(JsonArray filters, SearchFields fields) {
    return new Filters(fields).all(filters);
  }

  private Predicate<Candidate> all(JsonArray filters) {
    return filters.stream().map(this::one).reduce(Predicate::and).orElse(candidate -> true);
  }

  private Predicate<Candidate> one(JsonValue value) {
    if (!(value instanceof JsonObject filter)) {
      throw refused("each value in filters must be an object");
    }
    Optional<String> group = JsonText.text(filter, "group");
    return group.isPresent() ? group(group.get(), filter) : condition(filter);
  }

  private Predicate<Candidate> group(String kind, JsonObject filter) {
    onlyKnown(filter, Set.of("group", "filters"));
    if (!(filter.get("filters") instanceof JsonArray members)) {
      throw refused("filters of a group must be an array");
    }
    return switch (kind) {
      case "AND" -> all(members);
      case "OR" -> members.stream().map(this::one).reduce(Predicate::or).orElse(candidate -> true);
      default -> throw refused("group must be one of the following values: AND, OR");
    };
  }

  private Predicate<Candidate> condition(JsonObject filter) {
    onlyKnown(filter, Set.of("field", "operator", "value"));
    String field = JsonText.text(filter, "field").orElse("");
    boolean custom = field.startsWith(fields.customField());
    if (!custom && !fields.filterable().containsKey(field)) {
      throw refused("Invalid filter field: " + field);
    }
    JsonValue wanted = filter.getOrDefault("value", JsonValue.NULL);
    String operator = JsonText.text(filter, "operator").orElse("");
    return switch (operator) {
      case "eq" -> candidate -> equal(values(candidate, field), wanted);
      case "not_eq" -> candidate -> !equal(values(candidate, field), wanted);
      case "contains" -> candidate -> contains(values(candidate, field), wanted);
      case "not_contains" -> candidate -> !contains(values(candidate, field), wanted);
      case "exists" -> candidate -> !values(candidate, field).isEmpty();
      case "not_exists" -> candidate -> values(candidate, field).isEmpty();
      case "range" -> range(field, wanted);
      default -> throw refused("Invalid operator: " + operator);
    };
  }

  private Predicate<Candidate> range(String field, JsonValue wanted) {
    if (!(wanted instanceof JsonObject bounds)) {
      throw refused("value of a range must be an object");
    }
    onlyKnown(bounds, Set.of("gt", "gte", "lt", "lte"));
    Function<Item, Instant> moment = fields.times().get(field);
    if (moment == null) {
      throw refused("range is not supported for field " + field);
    }
    Predicate<Instant> inside = time -> true;
    for (Map.Entry<String, JsonValue> bound : bounds.entrySet()) {
      Instant limit = time(bound.getValue());
      inside =
          inside.and(
              switch (bound.getKey()) {
                case "gt" -> time -> time.isAfter(limit);
                case "gte" -> time -> !time.isBefore(limit);
                case "lt" -> time -> time.isBefore(limit);
                default -> time -> !time.isAfter(limit);
              });
    }
    Predicate<Instant> range = inside;
    return candidate -> range.test(moment.apply(candidate.item()));
  }

  private static Instant time(JsonValue value) {
    try {
      return switch (value) {
        case JsonNumber millis -> Instant.ofEpochMilli(millis.longValue());
        case JsonString text when text.getString().matches("\\d+") ->
            Instant.ofEpochMilli(Long.parseLong(text.getString()));
        case JsonString text -> Instant.parse(text.getString());
        default -> throw refused("a range takes times");
      };
    } catch (DateTimeException | NumberFormatException notATime) {
      throw refused("a range takes ISO times or epoch milliseconds");
    }
  }

  /** The values of a field as lower-case texts; several for tags and lists. */
  private List<String> values(Candidate candidate, String field) {
    return texts(
        field.startsWith(fields.customField())
            ? customField(candidate, field.substring(fields.customField().length()))
            : fields.filterable().getOrDefault(field, any -> JsonValue.NULL).apply(candidate));
  }

  private JsonValue customField(Candidate candidate, String id) {
    return candidate.value(fields.customFields()) instanceof JsonArray items
        ? items.getValuesAs(JsonObject.class).stream()
            .filter(item -> item.getString("id").equals(id))
            .map(item -> item.getOrDefault("value", JsonValue.NULL))
            .findFirst()
            .orElse(JsonValue.NULL)
        : JsonValue.NULL;
  }

  private static List<String> texts(JsonValue value) {
    return switch (value) {
      case JsonArray items -> items.stream().flatMap(it -> texts(it).stream()).toList();
      case JsonString text -> List.of(text.getString().toLowerCase(Locale.ROOT));
      default ->
          JsonValue.NULL.equals(value)
              ? List.of()
              : List.of(value.toString().toLowerCase(Locale.ROOT));
    };
  }

  private static boolean equal(List<String> actual, JsonValue wanted) {
    List<String> all = texts(wanted);
    return !all.isEmpty() && actual.containsAll(all);
  }

  private static boolean contains(List<String> actual, JsonValue wanted) {
    Stream<String> parts = texts(wanted).stream();
    return parts.anyMatch(part -> actual.stream().anyMatch(value -> value.contains(part)));
  }

  private static void onlyKnown(JsonObject object, Set<String> known) {
    List<String> unknown =
        object.keySet().stream()
            .filter(name -> !known.contains(name))
            .map(name -> "property " + name + " should not exist")
            .toList();
    Errors.refuseIfAny(unknown);
  }

  private static Refused refused(String message) {
    return new Refused(Errors.unprocessable(List.of(message)));
  }
}
