package com.lpai.adapter.web.operations;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.api.LocationJson;
import com.lpai.application.health.Alert;
import com.lpai.application.health.CompanyOverview;
import com.lpai.application.health.Overview;
import com.lpai.application.webhook.IngestCounters;
import com.lpai.domain.company.Discovery;
import com.lpai.domain.company.MissedLocation;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookStatus;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What operators see at a glance, as JSON. */
final class OverviewJson {
  private OverviewJson() {}

  /** All but the locations. */
  static JsonObject common(Overview overview) {
    return JSON.createObjectBuilder()
        .add("companies", companies(overview.companies()))
        .add("alerts", alerts(overview.alerts()))
        .add("queue", queue(overview.queue()))
        .add("ingest", ingest(overview.ingest()))
        .build();
  }

  static JsonArrayBuilder companies(List<CompanyOverview> companies) {
    JsonArrayBuilder items = JSON.createArrayBuilder();
    companies.forEach(company -> items.add(company(company)));
    return items;
  }

  /** An agency: its own connection, and how far its locations are found. */
  private static JsonObjectBuilder company(CompanyOverview company) {
    Discovery discovery = company.discovery();
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("id", discovery.companyId().value())
            .add("connection", LocationJson.connection(company.connection()))
            .add("calls", LocationJson.calls(company.calls()))
            .add("futureLocations", discovery.futureLocations())
            .add("searching", discovery.isUnderWay())
            .add("locations", discovery.listed())
            .add("connected", discovery.connected())
            .add("missed", discovery.reading().missed())
            .add("missedLocations", missed(discovery.missed()))
            .add("trouble", discovery.trouble());
    LocationJson.addTime(json, "searchedAt", discovery.finishedAt());
    return json;
  }

  private static JsonArrayBuilder missed(List<MissedLocation> locations) {
    JsonArrayBuilder items = JSON.createArrayBuilder();
    for (MissedLocation location : locations) {
      items.add(
          JSON.createObjectBuilder()
              .add("id", location.id().value())
              .add("name", location.name())
              .add("problem", location.why())
              .add("attempts", location.attempts())
              .add("nextAttemptAt", location.notBefore().toString()));
    }
    return items;
  }

  static JsonArrayBuilder alerts(List<Alert> alerts) {
    JsonArrayBuilder items = JSON.createArrayBuilder();
    for (Alert alert : alerts) {
      JsonObjectBuilder json =
          JSON.createObjectBuilder()
              .add("kind", alert.kind().word())
              .add("subject", alert.subject())
              .add("subjectKind", alert.subjectKind())
              .add("name", alert.name())
              .add("message", alert.message())
              .add("action", alert.action());
      if (!alert.detail().isEmpty()) {
        json.add("detail", alert.detail());
      }
      LocationJson.addTime(json, "since", alert.since());
      if (alert.needsInstallation()) {
        json.add("installUrl", "/api/oauth/install");
      }
      items.add(json);
    }
    return items;
  }

  private static JsonObjectBuilder queue(Map<WebhookStatus, Long> depth) {
    JsonObjectBuilder json = JSON.createObjectBuilder();
    for (WebhookStatus status : WebhookStatus.values()) {
      if (status != WebhookStatus.EMPTIED) {
        json.add(word(status), depth.getOrDefault(status, 0L));
      }
    }
    return json;
  }

  private static JsonObjectBuilder ingest(IngestCounters.Counts counts) {
    return JSON.createObjectBuilder()
        .add("stored", counts.stored())
        .add("quarantined", counts.quarantined())
        .add("stale", counts.stale())
        .add("duplicates", counts.duplicates())
        .add("otherApps", counts.otherApps())
        .add("erased", counts.erased())
        .add("unverified", counts.unverified())
        .add("notEvents", counts.notEvents())
        .add("verified", counts.verified())
        .add("legacySignatures", counts.legacySignatures())
        .add("refused", refused(counts.refused()));
  }

  private static JsonObjectBuilder refused(Map<IngestCounters.Refusal, Long> counts) {
    JsonObjectBuilder json = JSON.createObjectBuilder();
    for (IngestCounters.Refusal why : IngestCounters.Refusal.values()) {
      json.add(why.word(), counts.getOrDefault(why, 0L));
    }
    return json;
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
    if (webhook.isStale()) {
      json.add("stale", true);
    }
    if (webhook.status() == WebhookStatus.WAITING) {
      json.add("processAfter", webhook.processAfter().toString());
    }
    return json.add("outcome", webhook.outcome()).build();
  }

  private static String word(WebhookStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
