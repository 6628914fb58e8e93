package com.lpai.adapter.ghl.contact;

import static com.lpai.adapter.ghl.json.Provider.JSON;

import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.adapter.ghl.record.FieldReads;
import com.lpai.adapter.ghl.record.Records;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.ZoneOffset;
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
  private static final List<String> CUSTOM_VALUE_KEYS =
      List.of("value", "fieldValue", "field_value");

  private ContactReader() {}

  /** The contact of an event: flat, with the fields that the event happens to carry. */
  public static Optional<CrmRecord<GhlContactId>> event(JsonObject payload) {
    // Its type is the event's, not the contact's.
    JsonObject contact = JSON.createObjectBuilder(payload).remove(ContactField.TYPE.key()).build();
    return read(contact, ContactForm.PARTIAL).map(record -> showing(groupsOf(payload), record));
  }

  /**
   * Every event of a contact shows its tags and custom fields, only that about do-not-disturb the
   * channels (ghl-facts.md 6.7); where one has none of a group, the list may be missing.
   */
  private static Set<String> groupsOf(JsonObject payload) {
    return payload.containsKey(ContactField.DND_SETTINGS)
            || JsonReads.text(payload, "type").equals("ContactDndUpdate")
        ? Set.of(ContactField.TAGS, ContactField.CUSTOM_FIELDS, ContactField.DND_SETTINGS)
        : Set.of(ContactField.TAGS, ContactField.CUSTOM_FIELDS);
  }

  private static CrmRecord<GhlContactId> showing(
      Set<String> groups, CrmRecord<GhlContactId> record) {
    Set<String> shown = new TreeSet<>(groups);
    shown.removeAll(record.completeGroups());
    return new CrmRecord<>(
        record.id(),
        record.fields(),
        record.completeGroups(),
        shown,
        record.changedAt(),
        record.inLowerCase());
  }

  /** A contact; empty when it has no usable id. */
  static Optional<CrmRecord<GhlContactId>> read(JsonObject contact, ContactForm form) {
    return Records.id(contact, "id", GhlContactId::new).map(id -> withId(id, contact, form));
  }

  private static CrmRecord<GhlContactId> withId(
      GhlContactId id, JsonObject contact, ContactForm form) {
    Map<FieldName, FieldValue> fields = new TreeMap<>();
    Map<FieldName, String> inLowerCase = new TreeMap<>();
    for (ContactField field : ContactField.values()) {
      readField(contact, field, form).ifPresent(value -> fields.put(field.fieldName(), value));
      if (!contact.containsKey(field.key())) {
        inLowerCase(contact, field).ifPresent(text -> inLowerCase.put(field.fieldName(), text));
      }
    }
    Set<String> complete = new TreeSet<>();
    readTags(contact, form, fields, complete);
    readCustomFields(contact, form, fields, complete);
    readChannels(contact, form, fields, complete);
    Set<String> shown = listed(contact);
    shown.removeAll(complete);
    Instant changedAt =
        form.tellsChangeTime() ? JsonReads.instant(contact, "dateUpdated") : Instant.EPOCH;
    return new CrmRecord<>(id, FieldChanges.of(fields), complete, shown, changedAt, inLowerCase);
  }

  private static Set<String> listed(JsonObject contact) {
    Set<String> listed = new TreeSet<>();
    if (contact.get(ContactField.CUSTOM_FIELDS) instanceof JsonArray) {
      listed.add(ContactField.CUSTOM_FIELDS);
    }
    if (contact.get(ContactField.DND_SETTINGS) instanceof JsonObject) {
      listed.add(ContactField.DND_SETTINGS);
    }
    return listed;
  }

  private static Optional<String> inLowerCase(JsonObject contact, ContactField field) {
    return contact.get(field.key() + "LowerCase") instanceof JsonString text
        ? Optional.of(text.getString())
        : Optional.empty();
  }

  private static Optional<FieldValue> readField(
      JsonObject contact, ContactField field, ContactForm form) {
    JsonValue value = contact.get(field.key());
    if (value == null && field == ContactField.ADDRESS1) {
      value = contact.get("address");
    }
    if (value != null) {
      return FieldReads.typed(value, field.type(), ZoneOffset.UTC);
    }
    return form.covers(field) && inLowerCase(contact, field).isEmpty()
        ? Optional.of(FieldValue.cleared())
        : Optional.empty();
  }

  private static void readTags(
      JsonObject contact,
      ContactForm form,
      Map<FieldName, FieldValue> fields,
      Set<String> complete) {
    JsonValue tags = contact.get(ContactField.TAGS);
    if (tags instanceof JsonArray list) {
      for (JsonValue tag : list) {
        if (tag instanceof JsonString text && FieldReads.isElement(text.getString())) {
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
      if (FieldReads.isElement(id)) {
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
        return Optional.of(FieldReads.any(value));
      }
    }
    return Optional.empty();
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
              if (setting instanceof JsonObject && FieldReads.isElement(channel)) {
                fields.put(
                    FieldName.element(ContactField.DND_SETTINGS, channel),
                    new FieldValue.Structure(JsonReads.canonical(setting)));
              }
            });
    if (form.listsEveryGroup() && (listed == null || listed instanceof JsonObject)) {
      complete.add(ContactField.DND_SETTINGS);
    }
  }
}
