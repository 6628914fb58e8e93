package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.json.FieldValueJson;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;

/** A contact as the REST API shows it (docs/rest-api.md). A field without a value is absent. */
final class ContactJson {
  private ContactJson() {}

  static JsonObject of(Contact contact) {
    JsonObjectBuilder json = JSON.createObjectBuilder().add("id", contact.id().value());
    contact.crmId().ifPresent(id -> json.add("ghlContactId", id.value()));
    json.add("fullName", contact.fullName());
    RecordJson.addFields(json, contact);
    json.add("tags", JSON.createArrayBuilder(contact.tags()))
        .add(ContactField.CUSTOM_FIELDS, RecordJson.valuesOf(contact, ContactField.CUSTOM_FIELDS))
        .add(ContactField.DND_SETTINGS, dndSettings(contact));
    RecordJson.addState(json, contact);
    return json.build();
  }

  private static JsonObjectBuilder dndSettings(Contact contact) {
    JsonObjectBuilder channels = JSON.createObjectBuilder();
    for (Map.Entry<FieldName, FieldValue> field : contact.fields().values().entrySet()) {
      if (field.getKey().isIn(ContactField.DND_SETTINGS)) {
        channels.add(field.getKey().element(), FieldValueJson.of(field.getValue()));
      }
    }
    return channels;
  }
}
