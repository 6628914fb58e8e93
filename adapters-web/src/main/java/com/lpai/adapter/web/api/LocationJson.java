package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.application.health.ConnectionOverview;
import com.lpai.application.health.LocationOverview;
import com.lpai.domain.crm.BudgetStatus;
import com.lpai.domain.directory.User;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.Setup;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.setup.StepResult;
import com.lpai.domain.sync.SyncCounts;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Locations, their setup and their health as the REST API shows them (docs/rest-api.md). */
public final class LocationJson {
  private static final String INSTALL = "/api/oauth/install";
  private static final String RETRYING = "retrying";

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
        .add("setup", setup(location.setup()))
        .add("contacts", counts(overview.contacts()))
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

  /** A setup with its steps in their order. */
  public static JsonObject setup(Setup setup) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("run", setup.run())
            .add("state", state(setup))
            .add("fullSync", setup.fullSync());
    addTime(json, "requestedAt", setup.requestedAt());
    JsonArrayBuilder steps = JSON.createArrayBuilder();
    for (Map.Entry<SetupStep, StepResult> step : setup.results().entrySet()) {
      steps.add(step(step.getKey(), step.getValue()));
    }
    return json.add("steps", steps).build();
  }

  private static String state(Setup setup) {
    if (setup.run() == 0) {
      return "none";
    }
    if (setup.isAtWork()) {
      return "running";
    }
    if (setup.hasFailedSteps()) {
      return "failed";
    }
    return setup.isUnderWay() ? RETRYING : "done";
  }

  private static JsonObjectBuilder step(SetupStep step, StepResult result) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("step", step.key())
            .add(
                "state",
                result.isToBeTriedAgain()
                    ? RETRYING
                    : result.state().name().toLowerCase(Locale.ROOT))
            .add("done", result.done());
    if (result.total() >= 0) {
      json.add("total", result.total());
    }
    if (!result.told().isEmpty()) {
      json.add("note", result.told());
    }
    addTime(json, "startedAt", result.startedAt());
    addTime(json, "finishedAt", result.finishedAt());
    if (result.attempts() > 0) {
      json.add("attempts", result.attempts());
    }
    addTime(json, "nextAttemptAt", result.nextAttemptAt());
    return json;
  }

  public static void addTime(JsonObjectBuilder json, String name, Instant time) {
    if (time.isAfter(Instant.EPOCH)) {
      json.add(name, time.toString());
    }
  }

  static JsonObject counts(SyncCounts counts) {
    return JSON.createObjectBuilder()
        .add("total", counts.total())
        .add("synced", counts.synced())
        .add("pending", counts.pending())
        .add("blocked", counts.blocked())
        .add("failed", counts.failed())
        .build();
  }

  static JsonObject user(User user) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder().add("id", user.id().value()).add("name", user.name());
    if (!user.email().isEmpty()) {
      json.add("email", user.email());
    }
    if (!user.role().isEmpty()) {
      json.add("role", user.role());
    }
    return json.build();
  }
}
