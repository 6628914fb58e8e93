package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.domain.conversation.OutgoingMessage;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * A message that is sent from here as the REST API shows it (docs/rest-api.md); a field without a
 * value is absent.
 */
final class OutgoingMessageJson {
  private OutgoingMessageJson() {}

  static JsonObject of(OutgoingMessage message) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("id", message.id().value())
            .add("etag", Versions.quoted(message));
    message.crmId().ifPresent(id -> json.add("ghlMessageId", id.value()));
    message.contact().contactId().ifPresent(id -> json.add("contactId", id.value()));
    RecordJson.addFields(json, message);
    RecordJson.addState(json, message);
    return json.build();
  }
}
