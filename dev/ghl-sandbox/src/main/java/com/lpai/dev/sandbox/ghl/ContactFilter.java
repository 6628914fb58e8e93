package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.world.Contact;
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
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads the {@code filters} of a contact search (ghl-facts.md 3.1). */
final class ContactFilter {
  private static final String CUSTOM_FIELD = "customFields.";

  /** Filter field to stored field. */
  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry("id", "id"),
          Map.entry("email", "email"),
          Map.entry("phone", "phone"),
          Map.entry("tags", "tags"),
          Map.entry("assignedTo", "assignedTo"),
          Map.entry("dateAdded", "dateAdded"),
          Map.entry("dateUpdated", "dateUpdated"),
          Map.entry("source", "source"),
          Map.entry("dnd", "dnd"),
          Map.entry("type", "type"),
          Map.entry("city", "city"),
          Map.entry("state", "state"),
          Map.entry("country", "country"),
          Map.entry("postalCode", "postalCode"),
          Map.entry("address", "address1"),
          Map.entry("website", "website"),
          Map.entry("timezone", "timezone"),
          Map.entry("companyName", "companyName"),
          Map.entry("businessName", "companyName"),
          Map.entry("dateOfBirth", "dateOfBirth"),
          Map.entry("firstNameLowerCase", "firstName"),
          Map.entry("lastNameLowerCase", "lastName"));

  private ContactFilter() {}

  /** All filters of the list, joined by AND. */
  static Predicate<Contact> all(JsonArray filters) {
    return filters.stream().map(ContactFilter::one).reduce(Predicate::and).orElse(contact -> true);
  }

  private static Predicate<Contact> one(JsonValue value) {
    if (!(value instanceof JsonObject filter)) {
      throw refused("each value in filters must be an object");
    }
    Optional<String> group = JsonText.text(filter, "group");
    return group.isPresent() ? group(group.get(), filter) : condition(filter);
  }

  private static Predicate<Contact> group(String kind, JsonObject filter) {
    onlyKnown(filter, Set.of("group", "filters"));
    if (!(filter.get("filters") instanceof JsonArray members)) {
      throw refused("filters of a group must be an array");
    }
    return switch (kind) {
      case "AND" -> all(members);
      case "OR" ->
          members.stream().map(ContactFilter::one).reduce(Predicate::or).orElse(contact -> true);
      default -> throw refused("group must be one of the following values: AND, OR");
    };
  }

  private static Predicate<Contact> condition(JsonObject filter) {
    onlyKnown(filter, Set.of("field", "operator", "value"));
    String field = JsonText.text(filter, "field").orElse("");
    boolean custom = field.startsWith(CUSTOM_FIELD);
    if (!custom && !FIELDS.containsKey(field)) {
      throw refused("Invalid filter field: " + field);
    }
    JsonValue wanted = filter.getOrDefault("value", JsonValue.NULL);
    String operator = JsonText.text(filter, "operator").orElse("");
    return switch (operator) {
      case "eq" -> contact -> equal(values(contact, field), wanted);
      case "not_eq" -> contact -> !equal(values(contact, field), wanted);
      case "contains" -> contact -> contains(values(contact, field), wanted);
      case "not_contains" -> contact -> !contains(values(contact, field), wanted);
      case "exists" -> contact -> !values(contact, field).isEmpty();
      case "not_exists" -> contact -> values(contact, field).isEmpty();
      case "range" -> range(field, wanted);
      default -> throw refused("Invalid operator: " + operator);
    };
  }

  private static Predicate<Contact> range(String field, JsonValue wanted) {
    if (!(wanted instanceof JsonObject bounds)) {
      throw refused("value of a range must be an object");
    }
    onlyKnown(bounds, Set.of("gt", "gte", "lt", "lte"));
    if (!field.equals("dateAdded") && !field.equals("dateUpdated")) {
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
    return field.equals("dateAdded")
        ? contact -> range.test(contact.dateAdded())
        : contact -> range.test(contact.dateUpdated());
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
  private static List<String> values(Contact contact, String field) {
    JsonValue value =
        field.startsWith(CUSTOM_FIELD)
            ? customField(contact, field.substring(CUSTOM_FIELD.length()))
            : contact.json().getOrDefault(FIELDS.getOrDefault(field, field), JsonValue.NULL);
    return texts(value);
  }

  private static JsonValue customField(Contact contact, String id) {
    return contact.json().getJsonArray("customFields").getValuesAs(JsonObject.class).stream()
        .filter(item -> item.getString("id").equals(id))
        .map(item -> item.getOrDefault("value", JsonValue.NULL))
        .findFirst()
        .orElse(JsonValue.NULL);
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
