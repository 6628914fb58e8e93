package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.application.health.ConnectionOverview;
import com.lpai.application.health.LocationOverview;
import com.lpai.application.health.SyncHealth;
import com.lpai.domain.crm.BudgetStatus;
import com.lpai.domain.location.Location;
import com.lpai.domain.sync.SyncCounts;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;

/** Locations and their health as the REST API shows them (docs/rest-api.md). */
public final class LocationJson {
  private static final String INSTALL = "/api/oauth/install";

  private LocationJson() {}

  /** One location at a glance. */
  public static JsonObject of(LocationOverview overview) {
    return of(overview, connection(overview.connection()));
  }

  /** The same with all scopes of its connection. */
  static JsonObject withScopes(LocationOverview overview) {
    ConnectionOverview.Scopes scopes = overview.connection().scopes();
    return of(
        overview,
        connection(overview.connection())
            .add("neededScopes", JSON.createArrayBuilder(scopes.needed()))
            .add("grantedScopes", JSON.createArrayBuilder(scopes.granted())));
  }

  private static JsonObject of(LocationOverview overview, JsonObjectBuilder connection) {
    Location location = overview.location();
    return JSON.createObjectBuilder()
        .add("id", location.id().value())
        .add("name", location.details().name())
        .add("companyId", location.companyId().value())
        .add("country", location.details().country())
        .add("timezone", location.details().timezone().getId())
        .add("installedAt", location.installedAt().toString())
        .add("connection", connection)
        .add("setup", SetupJson.of(location.setup()))
        .add("contacts", counts(overview.contacts()))
        .add("failedMessages", overview.failedMessages())
        .add("calls", calls(overview.calls()))
        .build();
  }

  /** How a budget of calls stands, and the forecast. */
  public static JsonObjectBuilder calls(BudgetStatus calls) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("limit", calls.limit())
            .add("windowMillis", calls.window().toMillis())
            .add("leased", calls.leased())
            .add("dailyLimit", calls.day().limit())
            .add("usedToday", calls.day().used())
            .add("leftToday", calls.dailyLeft())
            .add("backfillLimit", calls.backfillLimit())
            .add("backfillToday", calls.day().backfill())
            .add("backfillPerMinute", Math.round(calls.backfillPerMinute()));
    addTime(json, "backfillEndsAt", calls.backfillEndsAt());
    addTime(json, "pausedUntil", calls.pausedUntil());
    return calls.trouble().isEmpty() ? json : json.add("trouble", calls.trouble());
  }

  /** A connection, never with a token; {@code installUrl} where only a person can help. */
  public static JsonObjectBuilder connection(ConnectionOverview connection) {
    JsonObjectBuilder json = JSON.createObjectBuilder().add("state", connection.state());
    if (!connection.problem().isEmpty()) {
      json.add("problem", connection.problem());
    }
    addTime(json, "since", connection.since());
    addTime(json, "tokenSince", connection.tokenSince());
    addTime(json, "expiresAt", connection.tokenExpiresAt());
    addTime(json, "renewsAt", connection.renewsAt());
    addTime(json, "provedAt", connection.provedAt());
    json.add("derivedFromCompany", connection.derivedFromCompany())
        .add("migratedToOAuth", connection.migratedToOAuth())
        .add("missingScopes", JSON.createArrayBuilder(connection.scopes().missing()));
    if (connection.needsInstallation()) {
      json.add("installUrl", INSTALL);
    }
    return json;
  }

  public static void addTime(JsonObjectBuilder json, String name, Instant time) {
    if (time.isAfter(Instant.EPOCH)) {
      json.add(name, time.toString());
    }
  }

  /** How many records of each kind there are, and how far those of both sides are told. */
  public static JsonObject of(SyncHealth health) {
    JsonObjectBuilder json = JSON.createObjectBuilder();
    health.counts().forEach((kind, counts) -> json.add(kind, counts(counts)));
    JsonObjectBuilder copied = JSON.createObjectBuilder();
    health.copied().forEach(copied::add);
    return json.add("copied", copied).build();
  }

  private static JsonObject counts(SyncCounts counts) {
    return JSON.createObjectBuilder()
        .add("total", counts.total())
        .add("synced", counts.synced())
        .add("pending", counts.pending())
        .add("blocked", counts.blocked())
        .add("failed", counts.failed())
        .build();
  }
}
