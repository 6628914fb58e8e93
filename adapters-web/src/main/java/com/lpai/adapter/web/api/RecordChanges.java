package com.lpai.adapter.web.api;

import com.lpai.adapter.web.json.JsonText;
import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.application.edit.FieldProblem;
import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.sync.MirroredField;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the body of a create or of a merge patch (RFC 7396) as field changes: an absent property
 * says nothing, null clears, anything else is the value.
 */
abstract class RecordChanges {
  private static final Set<String> SET_BY_SERVER_ALWAYS =
      Set.of("id", "sync", "createdBySync", "createdAt", "updatedAt", "conflicts");
  private static final int MOST_ELEMENTS = 1_000;
  private static final int LONGEST_ELEMENT = 250;

  /** Every double of JavaScript, and no number that fills a page. */
  private static final int MOST_DIGITS = 34;

  private final FieldTable table;
  private final Set<String> ofTheServer = new HashSet<>(SET_BY_SERVER_ALWAYS);
  private final Fields present;
  private final SortedMap<FieldName, FieldValue> changes = new TreeMap<>();
  private final List<FieldProblem> problems = new ArrayList<>();

  /**
   * For records of this table.
   *
   * @param setByServer properties that are shown and not taken, beside those of every record
   * @param present the record's values now; none for a new one
   */
  RecordChanges(FieldTable table, Set<String> setByServer, Fields present) {
    this.table = table;
    this.ofTheServer.addAll(setByServer);
    this.present = present;
  }

  /** Whether a property that is no plain field can be changed. */
  abstract boolean isSpecial(String name);

  /** Reads a property that {@link #isSpecial}. */
  abstract void special(String name, JsonValue value);

  /**
   * The changes that a body asks for.
   *
   * @throws ProblemException 400, naming every property that is unknown or not accepted
   */
  final FieldChanges read(JsonObject body) {
    List<String> unknown = body.keySet().stream().filter(name -> !isKnown(name)).sorted().toList();
    if (!unknown.isEmpty()) {
      throw new ProblemException(Problem.unknownProperties(unknown));
    }
    body.forEach(this::property);
    if (!problems.isEmpty()) {
      throw new ProblemException(Problem.invalid(problems));
    }
    return new FieldChanges(changes);
  }

  private boolean isKnown(String name) {
    return isSpecial(name) || ofTheServer.contains(name) || table.named(name).isPresent();
  }

  private void property(String name, JsonValue value) {
    if (ofTheServer.contains(name)) {
      refuse(name, "Only the server sets this property; leave it out.");
    } else if (!JsonText.isStorable(value)) {
      refuse(name, "A text holds U+0000 or half a character, or a number is too large.");
    } else if (isSpecial(name)) {
      special(name, value);
    } else {
      table.named(name).ifPresent(field -> plain(field, value));
    }
  }

  final void refuse(String field, String message) {
    problems.add(new FieldProblem(field, message));
  }

  final Fields present() {
    return present;
  }

  /** Says this of a field; true when something was said of it before. */
  final boolean say(FieldName name, FieldValue value) {
    return changes.put(name, value) != null;
  }

  // ---- plain fields

  private void plain(MirroredField field, JsonValue value) {
    if (field.access() == FieldAccess.READ_ONLY) {
      refuse(field.key(), "Only GoHighLevel sets this field; leave it out.");
      return;
    }
    if (value.equals(JsonValue.NULL)) {
      say(field.fieldName(), FieldValue.cleared());
      return;
    }
    switch (field.type()) {
      case FLAG -> flag(field, value);
      case DAY -> day(field, value);
      case MOMENT -> moment(field, value);
      case AMOUNT -> amount(field, value);
      case TEXT, EMAIL, PHONE, COUNTRY, WORD -> text(field, value);
      case STRUCTURE -> throw new IllegalStateException("nobody writes " + field.key());
    }
  }

  private void text(MirroredField field, JsonValue value) {
    if (value instanceof JsonString string) {
      say(field.fieldName(), FieldValue.text(string.getString()));
    } else {
      refuse(field.key(), "A text or null is expected here.");
    }
  }

  private void flag(MirroredField field, JsonValue value) {
    if (value.equals(JsonValue.TRUE) || value.equals(JsonValue.FALSE)) {
      say(field.fieldName(), new FieldValue.Flag(value.equals(JsonValue.TRUE)));
    } else {
      refuse(field.key(), "Only true, false or null is accepted.");
    }
  }

  private void day(MirroredField field, JsonValue value) {
    try {
      if (value instanceof JsonString string) {
        LocalDate day = LocalDate.parse(string.getString());
        if (day.getYear() >= 1 && day.getYear() <= 9999) {
          say(field.fieldName(), new FieldValue.Day(day));
          return;
        }
      }
    } catch (DateTimeParseException notADay) {
      // Told below, with everything else that is no day.
    }
    refuse(field.key(), "A day (YYYY-MM-DD) or null is expected here.");
  }

  private void moment(MirroredField field, JsonValue value) {
    try {
      if (value instanceof JsonString string) {
        OffsetDateTime time = OffsetDateTime.parse(string.getString());
        if (time.getYear() >= 1 && time.getYear() <= 9999) {
          say(field.fieldName(), new FieldValue.Moment(time.toInstant()));
          return;
        }
      }
    } catch (DateTimeParseException notATime) {
      // Told below, with everything else that is no time.
    }
    refuse(field.key(), "A time with its zone (2026-11-28T09:30:00Z) or null is expected here.");
  }

  private void amount(MirroredField field, JsonValue value) {
    if (value instanceof JsonNumber number
        && number.bigDecimalValue().precision() <= MOST_DIGITS
        && Math.abs(number.bigDecimalValue().scale()) <= MOST_DIGITS) {
      say(field.fieldName(), new FieldValue.Amount(number.bigDecimalValue()));
    } else {
      refuse(
          field.key(), "A number of at most " + MOST_DIGITS + " digits or null is expected here.");
    }
  }

  // ---- groups

  /** Every element of the group that the record has, but for these, is to go. */
  final void clearGroup(String group, Set<FieldName> except) {
    for (FieldName name : present.values().keySet()) {
      if (name.isIn(group) && !except.contains(name)) {
        say(name, FieldValue.cleared());
      }
    }
  }

  /** A list, if not a longer one than anybody needs; empty, and refused, for anything else. */
  final Optional<JsonArray> list(String group, JsonValue value, String items) {
    if (value instanceof JsonArray array && array.size() <= MOST_ELEMENTS) {
      return Optional.of(array);
    }
    refuse(group, "A list of at most " + MOST_ELEMENTS + " " + items + " is expected here.");
    return Optional.empty();
  }

  /** Whether this can be the name of an element. */
  static boolean isElement(String name) {
    return !name.isBlank()
        && name.length() <= LONGEST_ELEMENT
        && name.chars().noneMatch(Character::isISOControl);
  }

  /** How long the name of an element may be. */
  static int longestElement() {
    return LONGEST_ELEMENT;
  }

  // ---- custom fields: merged by id

  final void customFields(String group, JsonValue value) {
    if (value.equals(JsonValue.NULL)) {
      clearGroup(group, Set.of());
      return;
    }
    list(group, value, "items {\"id\", \"value\"}")
        .ifPresent(items -> items.forEach(item -> customField(group, item)));
  }

  private void customField(String group, JsonValue item) {
    boolean complete =
        item instanceof JsonObject object && object.keySet().equals(Set.of("id", "value"));
    if (!complete || !(item.asJsonObject().get("id") instanceof JsonString id)) {
      refuse(
          group,
          "Each item is {\"id\": the field's id in GoHighLevel, \"value\": its value or null}.");
      return;
    }
    if (!isElement(id.getString())) {
      refuse(group, "An id has 1 to " + LONGEST_ELEMENT + " characters.");
      return;
    }
    FieldName name = FieldName.element(group, id.getString());
    JsonValue given = item.asJsonObject().getOrDefault("value", JsonValue.NULL);
    if (say(name, customValue(given))) {
      refuse(name.value(), "This id occurs twice.");
    }
  }

  private static FieldValue customValue(JsonValue value) {
    return switch (value) {
      case JsonString text -> FieldValue.text(text.getString());
      case JsonNumber number -> new FieldValue.Amount(number.bigDecimalValue());
      case JsonArray array when array.isEmpty() -> FieldValue.cleared();
      case JsonArray array when array.stream().allMatch(JsonString.class::isInstance) ->
          new FieldValue.Texts(
              array.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList());
      default ->
          switch (value.getValueType()) {
            case NULL -> FieldValue.cleared();
            case TRUE -> new FieldValue.Flag(true);
            case FALSE -> new FieldValue.Flag(false);
            case ARRAY, OBJECT, STRING, NUMBER ->
                new FieldValue.Structure(JsonText.canonical(value));
          };
    };
  }
}
