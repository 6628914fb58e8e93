package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.json.JsonText;
import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.application.contact.FieldProblem;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactNormalizer;
import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.sync.MirroredField;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the body of a create or of a merge patch (RFC 7396) as field changes: an absent property
 * says nothing, null clears, anything else is the value. Groups are taken apart, so that each tag,
 * custom field and channel is merged on its own: an array of tags is the whole set, custom fields
 * are patched by id, channels by name.
 */
final class ContactChanges {
  private static final Set<String> SET_BY_SERVER =
      Set.of("id", "ghlContactId", "fullName", "sync", "createdBySync", "createdAt", "updatedAt");
  private static final Set<String> GROUPS =
      Set.of(ContactField.TAGS, ContactField.CUSTOM_FIELDS, ContactField.DND_SETTINGS);
  private static final Set<String> CHANNELS =
      Set.of("Call", "Email", "SMS", "WhatsApp", "GMB", "FB");
  private static final Set<String> CHANNEL_PROPERTIES = Set.of("status", "message", "code");
  private static final Set<String> CHANNEL_STATES = Set.of("active", "inactive", "permanent");
  private static final int MOST_ELEMENTS = 1_000;
  private static final int LONGEST_ELEMENT = 250;

  private final Fields present;
  private final SortedMap<FieldName, FieldValue> changes = new TreeMap<>();
  private final List<FieldProblem> problems = new ArrayList<>();

  private ContactChanges(Fields present) {
    this.present = present;
  }

  /**
   * The changes that a body asks for.
   *
   * @param present the contact's values now; none for a new one
   * @throws ProblemException 400, naming every property that is unknown or not accepted
   */
  static FieldChanges read(JsonObject body, Fields present) {
    List<String> unknown = body.keySet().stream().filter(name -> !isKnown(name)).sorted().toList();
    if (!unknown.isEmpty()) {
      throw new ProblemException(Problem.unknownProperties(unknown));
    }
    ContactChanges reader = new ContactChanges(present);
    body.forEach(reader::property);
    if (!reader.problems.isEmpty()) {
      throw new ProblemException(Problem.invalid(reader.problems));
    }
    return new FieldChanges(reader.changes);
  }

  private static boolean isKnown(String name) {
    return ContactField.TABLE.named(name).isPresent()
        || GROUPS.contains(name)
        || SET_BY_SERVER.contains(name);
  }

  private void property(String name, JsonValue value) {
    if (SET_BY_SERVER.contains(name)) {
      refuse(name, "Only the server sets this property; leave it out.");
      return;
    }
    if (!JsonText.isStorable(value)) {
      refuse(name, "A text holds U+0000 or half a character, or a number is too large.");
      return;
    }
    switch (name) {
      case ContactField.TAGS -> tags(value);
      case ContactField.CUSTOM_FIELDS -> customFields(value);
      case ContactField.DND_SETTINGS -> channels(value);
      default -> ContactField.TABLE.named(name).ifPresent(field -> plain(field, value));
    }
  }

  private void refuse(String field, String message) {
    problems.add(new FieldProblem(field, message));
  }

  // ---- plain fields

  private void plain(MirroredField field, JsonValue value) {
    if (field.access() == FieldAccess.READ_ONLY) {
      refuse(field.key(), "Only GoHighLevel sets this field; leave it out.");
      return;
    }
    if (value.equals(JsonValue.NULL)) {
      changes.put(field.fieldName(), FieldValue.cleared());
      return;
    }
    switch (field.type()) {
      case FLAG -> flag(field, value);
      case DAY -> day(field, value);
      case TEXT, EMAIL, PHONE, COUNTRY -> text(field, value);
      case WORD, AMOUNT, MOMENT, STRUCTURE ->
          throw new IllegalStateException("nothing here reads a " + field.type() + " of a contact");
    }
  }

  private void text(MirroredField field, JsonValue value) {
    if (value instanceof JsonString string) {
      changes.put(field.fieldName(), FieldValue.text(string.getString()));
    } else {
      refuse(field.key(), "A text or null is expected here.");
    }
  }

  private void flag(MirroredField field, JsonValue value) {
    if (value.equals(JsonValue.TRUE) || value.equals(JsonValue.FALSE)) {
      changes.put(field.fieldName(), new FieldValue.Flag(value.equals(JsonValue.TRUE)));
    } else {
      refuse(field.key(), "Only true, false or null is accepted.");
    }
  }

  private void day(MirroredField field, JsonValue value) {
    try {
      if (value instanceof JsonString string) {
        LocalDate day = LocalDate.parse(string.getString());
        if (day.getYear() >= 1 && day.getYear() <= 9999) {
          changes.put(field.fieldName(), new FieldValue.Day(day));
          return;
        }
      }
    } catch (DateTimeParseException notADay) {
      // Told below, with everything else that is no day.
    }
    refuse(field.key(), "A day (YYYY-MM-DD) or null is expected here.");
  }

  // ---- tags: the array is the whole set

  private void tags(JsonValue value) {
    if (value.equals(JsonValue.NULL)) {
      clearGroup(ContactField.TAGS, Set.of());
      return;
    }
    if (!(value instanceof JsonArray array) || array.size() > MOST_ELEMENTS) {
      refuse(ContactField.TAGS, "A list of at most " + MOST_ELEMENTS + " texts is expected here.");
      return;
    }
    Set<FieldName> named = new HashSet<>();
    for (JsonValue item : array) {
      String tag = item instanceof JsonString text ? ContactNormalizer.tag(text.getString()) : "";
      if (tag.isEmpty() || tag.length() > LONGEST_ELEMENT || hasControls(tag)) {
        refuse(
            ContactField.TAGS,
            "A tag is a text of 1 to " + LONGEST_ELEMENT + " characters without line breaks.");
        return;
      }
      FieldName name = FieldName.element(ContactField.TAGS, tag);
      named.add(name);
      changes.put(name, new FieldValue.Flag(true));
    }
    clearGroup(ContactField.TAGS, named);
  }

  private void clearGroup(String group, Set<FieldName> except) {
    for (FieldName name : present.values().keySet()) {
      if (name.isIn(group) && !except.contains(name)) {
        changes.put(name, FieldValue.cleared());
      }
    }
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  // ---- custom fields: merged by id

  private void customFields(JsonValue value) {
    if (value.equals(JsonValue.NULL)) {
      clearGroup(ContactField.CUSTOM_FIELDS, Set.of());
      return;
    }
    if (!(value instanceof JsonArray array) || array.size() > MOST_ELEMENTS) {
      refuse(
          ContactField.CUSTOM_FIELDS,
          "A list of at most " + MOST_ELEMENTS + " items {\"id\", \"value\"} is expected here.");
      return;
    }
    array.forEach(this::customField);
  }

  private void customField(JsonValue item) {
    boolean complete =
        item instanceof JsonObject object && object.keySet().equals(Set.of("id", "value"));
    if (!complete || !(item.asJsonObject().get("id") instanceof JsonString id)) {
      refuse(
          ContactField.CUSTOM_FIELDS,
          "Each item is {\"id\": the field's id in GoHighLevel, \"value\": its value or null}.");
      return;
    }
    String key = id.getString();
    if (key.isBlank() || key.length() > LONGEST_ELEMENT || hasControls(key)) {
      refuse(ContactField.CUSTOM_FIELDS, "An id has 1 to " + LONGEST_ELEMENT + " characters.");
      return;
    }
    FieldName name = FieldName.element(ContactField.CUSTOM_FIELDS, key);
    JsonValue given = item.asJsonObject().getOrDefault("value", JsonValue.NULL);
    if (changes.put(name, customValue(given)) != null) {
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

  // ---- do-not-disturb channels: each is patched on its own

  private void channels(JsonValue value) {
    if (value.equals(JsonValue.NULL)) {
      clearGroup(ContactField.DND_SETTINGS, Set.of());
      return;
    }
    if (!(value instanceof JsonObject channels)) {
      refuse(ContactField.DND_SETTINGS, "An object with channels is expected here.");
      return;
    }
    for (Map.Entry<String, JsonValue> channel : channels.entrySet()) {
      if (CHANNELS.contains(channel.getKey())) {
        channel(FieldName.element(ContactField.DND_SETTINGS, channel.getKey()), channel.getValue());
      } else {
        refuse(
            ContactField.DND_SETTINGS + "/" + channel.getKey(),
            "There is no such channel; there are " + String.join(", ", sorted(CHANNELS)) + ".");
      }
    }
  }

  private void channel(FieldName name, JsonValue patch) {
    if (patch.equals(JsonValue.NULL)) {
      changes.put(name, FieldValue.cleared());
      return;
    }
    if (!(patch instanceof JsonObject properties)
        || !CHANNEL_PROPERTIES.containsAll(properties.keySet())) {
      refuse(name.value(), "An object with status, message and code is expected here.");
      return;
    }
    JsonValue before =
        present.get(name) instanceof FieldValue.Structure(String json)
            ? JsonText.parse(json)
            : JsonValue.EMPTY_JSON_OBJECT;
    JsonObject after = JSON.createMergePatch(properties).apply(before).asJsonObject();
    boolean texts = after.values().stream().allMatch(JsonString.class::isInstance);
    if (!texts || !CHANNEL_STATES.contains(after.getString("status", ""))) {
      refuse(
          name.value(),
          "status must be one of "
              + String.join(", ", sorted(CHANNEL_STATES))
              + "; message and code are texts.");
      return;
    }
    changes.put(name, new FieldValue.Structure(JsonText.canonical(after)));
  }

  private static List<String> sorted(Set<String> words) {
    return words.stream().sorted().toList();
  }
}
