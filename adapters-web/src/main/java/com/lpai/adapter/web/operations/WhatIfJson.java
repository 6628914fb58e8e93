package com.lpai.adapter.web.operations;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.json.FieldValueJson;
import com.lpai.application.overlay.RecordChange;
import com.lpai.application.webhook.TryWebhooksUseCase.Read;
import com.lpai.application.webhook.TryWebhooksUseCase.Tried;
import com.lpai.application.webhook.TryWebhooksUseCase.WhatIf;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** What events would change. */
final class WhatIfJson {
  private WhatIfJson() {}

  static JsonObject of(WhatIf whatIf) {
    JsonArrayBuilder events = JSON.createArrayBuilder();
    whatIf.events().forEach(event -> events.add(tried(event)));
    JsonArrayBuilder records = JSON.createArrayBuilder();
    whatIf.records().forEach(record -> records.add(change(record)));
    JsonArrayBuilder reads = JSON.createArrayBuilder();
    whatIf.reads().forEach(read -> reads.add(read(read)));
    return JSON.createObjectBuilder()
        .add("events", events)
        .add("records", records)
        .add("reads", reads)
        .add("more", whatIf.more())
        .build();
  }

  private static JsonObjectBuilder tried(Tried tried) {
    JsonObjectBuilder json = JSON.createObjectBuilder().add("id", tried.id());
    tried
        .event()
        .ifPresent(
            event ->
                json.add("type", event.envelope().type())
                    .add("entity", event.envelope().entityKey())
                    .add("status", WebhookRequests.word(event.status()))
                    .add("receivedAt", event.receivedAt().toString()));
    return json.add("would", WebhookRequests.word(tried.would())).add("outcome", tried.outcome());
  }

  private static JsonObjectBuilder change(RecordChange change) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder().add("kind", WebhookRequests.word(change.kind()));
    if (!change.id().isEmpty()) {
      json.add("id", change.id());
    }
    if (!change.crmId().isEmpty()) {
      json.add("ghlId", change.crmId());
    }
    JsonObjectBuilder fields = JSON.createObjectBuilder();
    for (RecordChange.FieldChange field : change.fields()) {
      fields.add(
          field.name(),
          JSON.createObjectBuilder()
              .add("before", FieldValueJson.of(field.before()))
              .add("after", FieldValueJson.of(field.after())));
    }
    return json.add("effect", WebhookRequests.word(change.effect())).add("fields", fields);
  }

  private static JsonObjectBuilder read(Read read) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder().add("what", WebhookRequests.word(read.what()));
    return read.crmId().isEmpty() ? json : json.add("ghlId", read.crmId());
  }
}
