package com.lpai.adapter.ghl.contact;

import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldType;
import com.lpai.domain.sync.FieldValue;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads contacts in every form in which GoHighLevel shows them. A value of an unexpected type is as
 * if it had not been mentioned; unknown properties are normal.
 */
public final class ContactReader {
  /** An element's name must be a field name; GoHighLevel's own are far shorter. */
  private static final int LONGEST_ELEMENT = 200;

  private static final List<String> CUSTOM_VALUE_KEYS =
      List.of("value", "fieldValue", "field_value");

  /** Characters of {@code YYYY-MM-DD}. */
  private static final int ISO_DAY = 10;

  private ContactReader() {}

  /** The contact of an event: flat, with the fields that the event happens to carry. */
  public static Optional<CrmRecord<GhlContactId>> event(JsonObject payload) {
    // Its type is the event's, not the contact's.
    JsonObject contact = Json.createObjectBuilder(payload).remove(ContactField.TYPE.key()).build();
    return read(contact, ContactForm.PARTIAL);
  }

  /** A contact; empty when it has no usable id. */
  static Optional<CrmRecord<GhlContactId>> read(JsonObject contact, ContactForm form) {
    return id(contact).map(id -> withId(id, contact, form));
  }

  private static CrmRecord<GhlContactId> withId(
      GhlContactId id, JsonObject contact, ContactForm form) {
    Map<FieldName, FieldValue> fields = new TreeMap<>();
    for (ContactField field : ContactField.values()) {
      readField(contact, field, form).ifPresent(value -> fields.put(field.fieldName(), value));
    }
    Set<String> complete = new TreeSet<>();
    readTags(contact, form, fields, complete);
    readCustomFields(contact, form, fields, complete);
    readChannels(contact, form, fields, complete);
    Instant changedAt =
        form.tellsChangeTime() ? JsonReads.instant(contact, "dateUpdated") : Instant.EPOCH;
    return new CrmRecord<>(id, FieldChanges.of(fields), complete, changedAt);
  }

  private static Optional<GhlContactId> id(JsonObject contact) {
    try {
      return Optional.of(new GhlContactId(JsonReads.text(contact, "id")));
    } catch (IllegalArgumentException unusable) {
      return Optional.empty();
    }
  }

  private static Optional<FieldValue> readField(
      JsonObject contact, ContactField field, ContactForm form) {
    JsonValue value = contact.get(field.key());
    if (value == null && field == ContactField.ADDRESS1) {
      value = contact.get("address");
    }
    if (value != null) {
      return typed(value, field.type());
    }
    boolean isThereInLowerCase = contact.get(field.key() + "LowerCase") instanceof JsonString;
    if (!form.covers(field) || isThereInLowerCase) {
      // A name in lower case only tells that there is one, not how it is written.
      return Optional.empty();
    }
    return Optional.of(FieldValue.cleared());
  }

  private static Optional<FieldValue> typed(JsonValue value, FieldType type) {
    if (value.equals(JsonValue.NULL)) {
      return Optional.of(FieldValue.cleared());
    }
    return switch (type) {
      case TEXT, EMAIL, PHONE, COUNTRY, WORD -> text(value);
      case DAY -> day(value);
      case FLAG -> JsonReads.flag(value).map(FieldValue.Flag::new);
      case AMOUNT, MOMENT -> Optional.empty(); // no contact has one
      case STRUCTURE ->
          value instanceof JsonObject
              ? Optional.of(new FieldValue.Structure(JsonReads.canonical(value)))
              : Optional.empty();
    };
  }

  private static Optional<FieldValue> text(JsonValue value) {
    return switch (value) {
      case JsonString text -> Optional.of(FieldValue.text(text.getString()));
      case JsonNumber number ->
          JsonReads.number(number).map(it -> FieldValue.text(it.toPlainString()));
      default -> Optional.empty();
    };
  }

  /** {@code YYYY-MM-DD}, alone or as the beginning of a time. */
  private static Optional<FieldValue> day(JsonValue value) {
    if (!(value instanceof JsonString given)) {
      return Optional.empty();
    }
    String text = given.getString().strip();
    if (text.isEmpty()) {
      return Optional.of(FieldValue.cleared());
    }
    if (text.length() > ISO_DAY && text.charAt(ISO_DAY) != 'T' && text.charAt(ISO_DAY) != ' ') {
      return Optional.empty();
    }
    try {
      String day = text.substring(0, Math.min(ISO_DAY, text.length()));
      return Optional.of(new FieldValue.Day(LocalDate.parse(day)));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  private static void readTags(
      JsonObject contact,
      ContactForm form,
      Map<FieldName, FieldValue> fields,
      Set<String> complete) {
    JsonValue tags = contact.get(ContactField.TAGS);
    if (tags instanceof JsonArray list) {
      for (JsonValue tag : list) {
        if (tag instanceof JsonString text && isElement(text.getString())) {
          fields.put(
              FieldName.element(ContactField.TAGS, text.getString()), new FieldValue.Flag(true));
        }
      }
    }
    boolean listsNone = JsonValue.NULL.equals(tags) || (tags == null && form.listsEveryGroup());
    if (tags instanceof JsonArray || listsNone) {
      complete.add(ContactField.TAGS);
    }
  }

  private static void readCustomFields(
      JsonObject contact,
      ContactForm form,
      Map<FieldName, FieldValue> fields,
      Set<String> complete) {
    JsonValue listed = contact.get(ContactField.CUSTOM_FIELDS);
    for (JsonObject item : JsonReads.objects(contact, ContactField.CUSTOM_FIELDS)) {
      String id = JsonReads.text(item, "id");
      if (isElement(id)) {
        customValue(item)
            .ifPresent(
                value -> fields.put(FieldName.element(ContactField.CUSTOM_FIELDS, id), value));
      }
    }
    if (form.listsEveryGroup() && (listed == null || listed instanceof JsonArray)) {
      complete.add(ContactField.CUSTOM_FIELDS);
    }
  }

  private static Optional<FieldValue> customValue(JsonObject item) {
    for (String key : CUSTOM_VALUE_KEYS) {
      JsonValue value = item.get(key);
      if (value != null) {
        return Optional.of(anyValue(value));
      }
    }
    return Optional.empty();
  }

  /** Text, number, texts, or whatever else it is as a structure. */
  private static FieldValue anyValue(JsonValue value) {
    return switch (value) {
      case JsonString text -> FieldValue.text(text.getString());
      case JsonNumber number ->
          JsonReads.number(number)
              .<FieldValue>map(FieldValue.Amount::new)
              .orElseGet(() -> FieldValue.text(number.toString()));
      case JsonArray list when list.isEmpty() -> FieldValue.cleared();
      case JsonArray list when list.stream().allMatch(JsonString.class::isInstance) ->
          new FieldValue.Texts(
              list.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList());
      case JsonArray list -> new FieldValue.Structure(JsonReads.canonical(list));
      case JsonObject object -> new FieldValue.Structure(JsonReads.canonical(object));
      default ->
          JsonReads.flag(value)
              .<FieldValue>map(FieldValue.Flag::new)
              .orElseGet(FieldValue::cleared);
    };
  }

  private static void readChannels(
      JsonObject contact,
      ContactForm form,
      Map<FieldName, FieldValue> fields,
      Set<String> complete) {
    JsonValue listed = contact.get(ContactField.DND_SETTINGS);
    JsonReads.child(contact, ContactField.DND_SETTINGS)
        .forEach(
            (channel, setting) -> {
              if (setting instanceof JsonObject && isElement(channel)) {
                fields.put(
                    FieldName.element(ContactField.DND_SETTINGS, channel),
                    new FieldValue.Structure(JsonReads.canonical(setting)));
              }
            });
    if (form.listsEveryGroup() && (listed == null || listed instanceof JsonObject)) {
      complete.add(ContactField.DND_SETTINGS);
    }
  }

  private static boolean isElement(String name) {
    return !name.isBlank() && name.length() <= LONGEST_ELEMENT;
  }
}
