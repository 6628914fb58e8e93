package com.lpai.adapter.web.operations;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.api.LocationJson;
import com.lpai.application.health.HealthQueries;
import com.lpai.application.webhook.IngestCounters;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookStatus;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** What operators see at a glance, as JSON; two of the same state are the same text. */
final class OverviewJson {
  private OverviewJson() {}

  static JsonObject of(HealthQueries health) {
    JsonArrayBuilder locations = JSON.createArrayBuilder();
    health.locations().forEach(location -> locations.add(LocationJson.of(location)));
    return JSON.createObjectBuilder()
        .add("locations", locations)
        .add("queue", queue(health.queueDepth()))
        .add("ingest", ingest(health.ingest()))
        .build();
  }

  private static JsonObjectBuilder queue(Map<WebhookStatus, Long> depth) {
    JsonObjectBuilder json = JSON.createObjectBuilder();
    for (WebhookStatus status : WebhookStatus.values()) {
      json.add(word(status), depth.getOrDefault(status, 0L));
    }
    return json;
  }

  private static JsonObjectBuilder ingest(IngestCounters.Counts counts) {
    return JSON.createObjectBuilder()
        .add("stored", counts.stored())
        .add("duplicates", counts.duplicates())
        .add("otherApps", counts.otherApps())
        .add("unverified", counts.unverified())
        .add("notEvents", counts.notEvents())
        .add("legacySignatures", counts.legacySignatures());
  }

  /** One stored event without its body, which is personal data. */
  static JsonObject webhook(QueuedWebhook webhook) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("id", webhook.id())
            .add("type", webhook.envelope().type())
            .add("status", word(webhook.status()))
            .add("attempts", webhook.attempts())
            .add("receivedAt", webhook.receivedAt().toString());
    if (webhook.envelope().sentAt().isAfter(Instant.EPOCH)) {
      json.add("sentAt", webhook.envelope().sentAt().toString());
    }
    if (webhook.status() == WebhookStatus.PENDING) {
      json.add("processAfter", webhook.processAfter().toString());
    }
    return json.add("outcome", webhook.outcome()).build();
  }

  private static String word(WebhookStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
