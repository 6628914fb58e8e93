package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks a body as the schemas {@code CreateContactDto}, {@code UpdateContactDto} and {@code
 * UpsertContactDto} describe it, and brings its values to the form in which they are stored. What a
 * schema does not name is refused (ghl-facts.md 1).
 */
final class ContactInput {
  private static final Set<String> BOTH =
      Set.of(
          "firstName",
          "lastName",
          "name",
          "email",
          "phone",
          "address1",
          "city",
          "state",
          "postalCode",
          "website",
          "timezone",
          "dnd",
          "dndSettings",
          "inboundDndSettings",
          "tags",
          "customFields",
          "source",
          "dateOfBirth",
          "country",
          "assignedTo");
  private static final Set<String> ONLY_CREATE = Set.of("locationId", "gender", "companyName");
  private static final String ONLY_UPSERT = "createNewIfDuplicateAllowed";
  private static final Set<String> NEVER_NULL =
      Set.of(
          ONLY_UPSERT,
          "locationId",
          "gender",
          "postalCode",
          "country",
          "dnd",
          "dndSettings",
          "inboundDndSettings",
          "tags",
          "customFields");
  private static final Set<String> NULL_ONLY_IN_UPDATE = Set.of("source", "assignedTo");
  private static final Set<String> CHANNELS =
      Set.of("Call", "Email", "SMS", "WhatsApp", "GMB", "FB");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+");
  private static final Pattern YEAR_FIRST =
      Pattern.compile("(\\d{4})[-/._](\\d{2})[-/._](\\d{2})(T.*)?");
  private static final Pattern YEAR_LAST = Pattern.compile("(\\d{2})[-/._](\\d{2})[-/._](\\d{4})");

  private final Kind kind;
  private final String country;
  private final List<String> complaints = new ArrayList<>();
  private final Map<String, JsonValue> values = new LinkedHashMap<>();

  /** Which body is read. */
  private enum Kind {
    CREATE,
    UPDATE,
    UPSERT
  }

  private ContactInput(Kind kind, String country) {
    this.kind = kind;
    this.country = country;
  }

  /**
   * Reads a create body.
   *
   * @return field by field the new value
   */
  static Map<String, JsonValue> ofCreate(JsonObject body, String country) {
    return new ContactInput(Kind.CREATE, country).read(body);
  }

  /**
   * Reads an update body.
   *
   * @return only the fields that are sent; null clears a field
   */
  static Map<String, JsonValue> ofUpdate(JsonObject body, String country) {
    return new ContactInput(Kind.UPDATE, country).read(body);
  }

  /**
   * Reads an upsert body.
   *
   * @return field by field the new value
   */
  static Map<String, JsonValue> ofUpsert(JsonObject body, String country) {
    return new ContactInput(Kind.UPSERT, country).read(body);
  }

  private Map<String, JsonValue> read(JsonObject body) {
    body.keySet().stream()
        .filter(name -> !isKnown(name))
        .forEach(name -> complaints.add("property " + name + " should not exist"));
    if (kind != Kind.UPDATE && JsonText.text(body, "locationId").orElse("").isEmpty()) {
      complaints.add("locationId should not be empty");
      complaints.add("locationId must be a string");
    }
    body.forEach(
        (name, value) -> {
          if (isKnown(name)) {
            readField(name, value);
          }
        });
    Errors.refuseIfAny(complaints);
    values.remove("locationId");
    values.remove("gender");
    values.remove(ONLY_UPSERT);
    return values;
  }

  private boolean isKnown(String name) {
    return BOTH.contains(name)
        || (kind != Kind.UPDATE && ONLY_CREATE.contains(name))
        || (kind == Kind.UPSERT && name.equals(ONLY_UPSERT));
  }

  private void readField(String name, JsonValue value) {
    if (JsonValue.NULL.equals(value)) {
      readNull(name);
      return;
    }
    switch (name) {
      case "dnd", ONLY_UPSERT -> {
        boolean isBoolean =
            value.getValueType() == ValueType.TRUE || value.getValueType() == ValueType.FALSE;
        accept(name, isBoolean, value, name + " must be a boolean value");
      }
      case "tags" -> readTags(value);
      case "customFields" -> readCustomFields(value);
      case "dndSettings" -> readChannels(name, value, CHANNELS::contains);
      case "inboundDndSettings" -> readChannels(name, value, "all"::equals);
      default -> readText(name, value);
    }
  }

  private void readNull(String name) {
    boolean refused =
        NEVER_NULL.contains(name) || (kind != Kind.UPDATE && NULL_ONLY_IN_UPDATE.contains(name));
    if (!refused) {
      values.put(name, JsonValue.NULL);
      return;
    }
    complaints.add(
        switch (name) {
          case "dnd", ONLY_UPSERT -> name + " must be a boolean value";
          case "tags", "customFields" -> name + " must be an array";
          case "dndSettings", "inboundDndSettings" -> name + " must be an object";
          default -> name + " must be a string";
        });
  }

  private void readText(String name, JsonValue value) {
    if (!(value instanceof JsonString string)) {
      complaints.add(name + " must be a string");
      return;
    }
    String text = string.getString();
    switch (name) {
      case "email" -> {
        String email = text.strip().toLowerCase(Locale.ROOT);
        accept(
            name, EMAIL.matcher(email).matches(), JsonText.string(email), "email must be an email");
      }
      case "phone" ->
          acceptOrComplain(
              name, PhoneForm.normalised(text, country), "phone must be a valid phone number");
      case "dateOfBirth" ->
          acceptOrComplain(name, date(text), "dateOfBirth must be in one of the supported formats");
      case "country" ->
          accept(
              name,
              text.matches("[A-Z]{2}"),
              value,
              "country must be a valid ISO31661 Alpha2 code");
      default -> values.put(name, text.isEmpty() ? JsonValue.NULL : value);
    }
  }

  private void accept(String name, boolean good, JsonValue value, String complaint) {
    if (good) {
      values.put(name, value);
    } else {
      complaints.add(complaint);
    }
  }

  private void acceptOrComplain(String name, Optional<String> value, String complaint) {
    value.ifPresentOrElse(
        it -> values.put(name, JsonText.string(it)), () -> complaints.add(complaint));
  }

  private void readTags(JsonValue value) {
    List<String> bad = tagComplaints(value);
    complaints.addAll(bad);
    if (bad.isEmpty()) {
      values.put("tags", distinctTags(value.asJsonArray()));
    }
  }

  /** What is wrong with a list of tags. */
  static List<String> tagComplaints(JsonValue value) {
    if (!(value instanceof JsonArray tags)) {
      return List.of("tags must be an array");
    }
    boolean allText = tags.stream().allMatch(JsonString.class::isInstance);
    return allText ? List.of() : List.of("each value in tags must be a string");
  }

  private static JsonArray distinctTags(JsonArray tags) {
    Set<String> distinct = new LinkedHashSet<>();
    tags.getValuesAs(JsonString.class).forEach(tag -> distinct.add(tag.getString()));
    return JsonText.array(distinct).build();
  }

  private void readCustomFields(JsonValue value) {
    if (!(value instanceof JsonArray items)) {
      complaints.add("customFields must be an array");
      return;
    }
    JsonArrayBuilder stored = JsonText.array();
    for (int i = 0; i < items.size(); i++) {
      String place = "customFields." + i + ".";
      if (!(items.get(i) instanceof JsonObject item)) {
        complaints.add("each value in nested property customFields must be either object or array");
        continue;
      }
      item.keySet().stream()
          .filter(key -> !Set.of("id", "key", "field_value", "fieldValue").contains(key))
          .forEach(key -> complaints.add(place + "property " + key + " should not exist"));
      Optional<String> id = JsonText.text(item, "id").filter(it -> !it.isEmpty());
      if (id.isEmpty()) {
        complaints.add(place + "id must be a string");
        continue;
      }
      JsonValue field =
          item.getOrDefault("field_value", item.getOrDefault("fieldValue", JsonValue.NULL));
      stored.add(JsonText.object().add("id", id.get()).add("value", field));
    }
    values.put("customFields", stored.build());
  }

  private void readChannels(String name, JsonValue value, Predicate<String> isChannel) {
    if (!(value instanceof JsonObject channels)) {
      complaints.add(name + " must be an object");
      return;
    }
    channels.forEach((channel, setting) -> checkChannel(name, channel, setting, isChannel));
    values.put(name, channels);
  }

  private void checkChannel(
      String name, String channel, JsonValue setting, Predicate<String> isChannel) {
    String place = name + "." + channel;
    if (!isChannel.test(channel)) {
      complaints.add(name + ".property " + channel + " should not exist");
      return;
    }
    if (!(setting instanceof JsonObject object)) {
      complaints.add(place + " must be an object");
      return;
    }
    boolean inbound = name.equals("inboundDndSettings");
    Set<String> known = inbound ? Set.of("status", "message") : Set.of("status", "message", "code");
    object.keySet().stream()
        .filter(key -> !known.contains(key))
        .forEach(key -> complaints.add(place + ".property " + key + " should not exist"));
    List<String> statuses =
        inbound ? List.of("active", "inactive") : List.of("active", "inactive", "permanent");
    if (!statuses.contains(JsonText.text(object, "status").orElse(""))) {
      complaints.add(
          place + ".status must be one of the following values: " + String.join(", ", statuses));
    }
  }

  private static Optional<String> date(String text) {
    Matcher yearFirst = YEAR_FIRST.matcher(text);
    if (yearFirst.matches()) {
      return date(yearFirst.group(1), yearFirst.group(2), yearFirst.group(3));
    }
    Matcher yearLast = YEAR_LAST.matcher(text);
    return yearLast.matches()
        ? date(yearLast.group(3), yearLast.group(1), yearLast.group(2))
        : Optional.empty();
  }

  private static Optional<String> date(String year, String month, String day) {
    try {
      return Optional.of(
          LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day))
              .toString());
    } catch (DateTimeException notInCalendar) {
      return Optional.empty();
    }
  }
}
