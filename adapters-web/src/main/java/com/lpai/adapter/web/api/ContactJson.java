package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.json.JsonText;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.CrmTrace;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.SyncState;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A contact as the REST API shows it (docs/rest-api.md). A field without a value is absent. */
final class ContactJson {
  private ContactJson() {}

  static JsonObject of(Contact contact) {
    JsonObjectBuilder json = JSON.createObjectBuilder().add("id", contact.id().value());
    contact.crmId().ifPresent(id -> json.add("ghlContactId", id.value()));
    json.add("fullName", contact.fullName());
    for (ContactField field : ContactField.values()) {
      FieldValue value = contact.fields().get(field.fieldName());
      if (!value.isCleared()) {
        json.add(field.key(), value(value));
      }
    }
    json.add("tags", JSON.createArrayBuilder(contact.tags()))
        .add(ContactField.CUSTOM_FIELDS, customFields(contact))
        .add(ContactField.DND_SETTINGS, dndSettings(contact))
        .add("sync", sync(contact.sync(), contact.trace()))
        .add("createdBySync", contact.createdBySync())
        .add("createdAt", contact.createdAt().toString())
        .add("updatedAt", contact.updatedAt().toString());
    if (!contact.conflicts().isEmpty()) {
      json.add("conflicts", conflicts(contact.conflicts()));
    }
    return json.build();
  }

  private static JsonArrayBuilder customFields(Contact contact) {
    JsonArrayBuilder list = JSON.createArrayBuilder();
    for (Map.Entry<FieldName, FieldValue> field : contact.fields().values().entrySet()) {
      if (field.getKey().isIn(ContactField.CUSTOM_FIELDS)) {
        list.add(
            JSON.createObjectBuilder()
                .add("id", field.getKey().element())
                .add("value", value(field.getValue())));
      }
    }
    return list;
  }

  private static JsonObjectBuilder dndSettings(Contact contact) {
    JsonObjectBuilder channels = JSON.createObjectBuilder();
    for (Map.Entry<FieldName, FieldValue> field : contact.fields().values().entrySet()) {
      if (field.getKey().isIn(ContactField.DND_SETTINGS)) {
        channels.add(field.getKey().element(), value(field.getValue()));
      }
    }
    return channels;
  }

  private static JsonObjectBuilder sync(SyncState sync, CrmTrace trace) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder().add("state", sync.phase().name().toLowerCase(Locale.ROOT));
    if (!sync.problem().isEmpty()) {
      json.add("error", sync.problem());
    }
    Stream.of(trace.lastReadAt(), trace.lastPushAt(), trace.lastWebhookAt())
        .max(Comparator.naturalOrder())
        .filter(Instant.EPOCH::isBefore)
        .ifPresent(at -> json.add("lastSyncedAt", at.toString()));
    return json;
  }

  private static JsonArrayBuilder conflicts(List<Conflict> conflicts) {
    JsonArrayBuilder list = JSON.createArrayBuilder();
    for (Conflict conflict : conflicts) {
      list.add(
          JSON.createObjectBuilder()
              .add("field", conflict.field().value())
              .add("base", value(conflict.base()))
              .add("ours", value(conflict.ours()))
              .add("theirs", value(conflict.theirs()))
              .add("winner", conflict.winner().name().toLowerCase(Locale.ROOT))
              .add("noticedAt", conflict.noticedAt().toString()));
    }
    return list;
  }

  static JsonValue value(FieldValue value) {
    return switch (value) {
      case FieldValue.Cleared cleared -> JsonValue.NULL;
      case FieldValue.Text(String text) -> JSON.createValue(text);
      case FieldValue.Flag(boolean flag) -> flag ? JsonValue.TRUE : JsonValue.FALSE;
      case FieldValue.Amount amount -> JSON.createValue(amount.value());
      case FieldValue.Day day -> JSON.createValue(day.value().toString());
      case FieldValue.Moment moment -> JSON.createValue(moment.value().toString());
      case FieldValue.Texts(List<String> texts) -> JSON.createArrayBuilder(texts).build();
      case FieldValue.Structure(String json) -> JsonText.parse(json);
    };
  }
}
