package com.lpai.adapter.ghl.contact;

import static com.lpai.adapter.ghl.json.Provider.JSON;

import com.lpai.adapter.ghl.record.FieldWrites;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldGroup;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.FieldType;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The bodies that GoHighLevel takes for a contact, one for each operation: it refuses every
 * property that the operation does not know (ghl-facts.md 1).
 *
 * <p>How a field is cleared, by {@code UpdateContactDto} of GoHighLevel's OpenAPI: null where the
 * schema is nullable, an empty text where it is not ({@code postalCode}, {@code country}, a custom
 * field), false for {@code dnd}, and {@code inactive} for a do-not-disturb channel.
 */
final class ContactPayload {
  private static final List<ContactField> FIELDS = List.of(ContactField.values());
  private static final Set<ContactField> NOT_NULLABLE =
      Set.of(ContactField.POSTAL_CODE, ContactField.COUNTRY);
  private static final List<String> CHANNEL_KEYS = List.of("status", "message", "code");

  /** What an update takes: tags have calls of their own. */
  static final FieldTable IN_AN_UPDATE =
      FieldTable.of(
          FIELDS.stream()
              .filter(field -> field.access() == FieldAccess.WRITABLE)
              .toArray(ContactField[]::new),
          FieldGroup.ofValues(ContactField.CUSTOM_FIELDS, "id"),
          FieldGroup.ofValues(ContactField.DND_SETTINGS, "channel"));

  private ContactPayload() {}

  /** The body of a create: what has no value is left out. */
  static JsonObject create(LocationId locationId, FieldChanges values) {
    JsonObjectBuilder body = JSON.createObjectBuilder().add("locationId", locationId.value());
    FieldChanges given = FieldWrites.given(values);
    List<String> tags =
        given.values().keySet().stream()
            .filter(name -> name.isIn(ContactField.TAGS))
            .map(FieldName::element)
            .toList();
    addFields(body, given, Set.of(FieldAccess.WRITABLE, FieldAccess.CREATE_ONLY));
    if (!tags.isEmpty()) {
      body.add(ContactField.TAGS, JSON.createArrayBuilder(tags));
    }
    addGroups(body, given);
    return body.build();
  }

  /**
   * The body of an update: exactly the given fields (trap 61), never a tag. A field that
   * GoHighLevel takes on create only is not among them.
   */
  static JsonObject update(FieldChanges values) {
    JsonObjectBuilder body = JSON.createObjectBuilder();
    addFields(body, values, Set.of(FieldAccess.WRITABLE));
    addGroups(body, values);
    return body.build();
  }

  static JsonObject tags(Collection<String> tags) {
    return JSON.createObjectBuilder().add(ContactField.TAGS, JSON.createArrayBuilder(tags)).build();
  }

  private static void addFields(
      JsonObjectBuilder body, FieldChanges values, Set<FieldAccess> accepted) {
    FieldWrites.addFields(body, FIELDS, values, accepted, ContactPayload::empty);
  }

  private static JsonValue empty(ContactField field) {
    if (field.type() == FieldType.FLAG) {
      return JsonValue.FALSE;
    }
    return NOT_NULLABLE.contains(field) ? JSON.createValue("") : JsonValue.NULL;
  }

  private static void addGroups(JsonObjectBuilder body, FieldChanges values) {
    FieldWrites.addCustomFields(body, ContactField.CUSTOM_FIELDS, values, FieldWrites::json);
    JsonObjectBuilder channels = JSON.createObjectBuilder();
    values
        .values()
        .forEach(
            (name, value) -> {
              if (name.isIn(ContactField.DND_SETTINGS)) {
                channels.add(name.element(), channel(value));
              }
            });
    JsonObject all = channels.build();
    if (!all.isEmpty()) {
      body.add(ContactField.DND_SETTINGS, all);
    }
  }

  /** Only what the schema knows: what we carry may be more than it takes. */
  private static JsonObject channel(FieldValue value) {
    JsonObject setting =
        FieldWrites.json(value) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    JsonObjectBuilder channel = JSON.createObjectBuilder();
    for (String key : CHANNEL_KEYS) {
      JsonValue part = setting.get(key);
      if (part != null && !part.equals(JsonValue.NULL)) {
        channel.add(key, part);
      }
    }
    return setting.containsKey("status")
        ? channel.build()
        : channel.add("status", "inactive").build();
  }
}
