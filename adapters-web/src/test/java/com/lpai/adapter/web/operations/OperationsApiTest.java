package com.lpai.adapter.web.operations;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.web.WebFixture;
import com.lpai.adapter.web.WebFixture.Answer;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.crm.BudgetStatus;
import com.lpai.domain.crm.DayUse;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsApiTest {
  private static WebFixture web;

  @BeforeAll
  static void start() {
    web = WebFixture.start();
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private static Answer register(String location) {
    return web.call(
        "POST", "operations/locations/" + location + "/api-key", "{\"apiKey\":\"of the old API\"}");
  }

  private static List<JsonObject> alertsOf(String location) {
    return web
        .call("GET", "operations/alerts", "")
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(alert -> alert.getString("subject").equals(location))
        .toList();
  }

  @Test
  void aLocationFromBeforeOAuthNeedNotBeKnownHere() {
    String location = TenantFixture.anyLocation().value();

    Answer answer = register(location);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().getString("state")).isEqualTo("needsInstall");
    assertThat(alertsOf(location))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.getString("kind")).isEqualTo("needsInstall");
              assertThat(alert.getString("subjectKind")).isEqualTo("location");
              assertThat(alert.getString("action")).startsWith("Install the app");
              assertThat(alert.getString("installUrl")).isEqualTo("/api/oauth/install");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"%20", "a%0Ab"})
  void whatCannotBeALocationsIdIsNotFound(String nobody) {
    assertThat(register(nobody).status()).isEqualTo(404);
  }

  @Test
  void theBudgetOfCallsIsShownWithItsForecast() {
    web.calls.stands(
        new BudgetStatus(
            100,
            Duration.ofSeconds(10),
            98,
            new DayUse(START, 200_000, 90_000, 80_000),
            110_000,
            160_000,
            571.4,
            START.plusSeconds(8_400),
            Instant.EPOCH,
            "The database is away."));

    JsonObject overview = web.call("GET", "operations/overview", "").json();

    assertThat(overview.getJsonArray("locations").getJsonObject(0).getJsonObject("calls"))
        .hasToString(
            "{\"limit\":100,\"windowMillis\":10000,\"leased\":98,\"dailyLimit\":200000,"
                + "\"usedToday\":90000,\"leftToday\":110000,\"backfillLimit\":160000,"
                + "\"backfillToday\":80000,\"backfillPerMinute\":571,"
                + "\"backfillEndsAt\":\"2026-03-01T12:20:00.123Z\","
                + "\"trouble\":\"The database is away.\"}");
  }

  @Test
  void anAlertSaysWhatGoHighLevelSaidAndSinceWhen() {
    Connection connection = web.connections.find(web.location).orElseThrow();
    web.connections.save(
        web.location,
        connection.condemned("invalid_grant", web.time.instant(), web.time.instant()));

    assertThat(alertsOf(web.location.value()))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.getString("detail")).isEqualTo("invalid_grant");
              assertThat(alert.getString("since")).isEqualTo(web.time.instant().toString());
            });
  }

  @Test
  void theOverviewHasTheSameAlertsAndNoToken() {
    register(TenantFixture.anyLocation().value());

    String overview = web.call("GET", "operations/overview", "").body();

    assertThat(overview)
        .contains("\"needsInstall\"")
        .doesNotContain("access-1", "refresh-1", "of the old API");
  }

  @Test
  void aLocationIsTakenOverByItsKeyThoughNobodyHasHeardOfIt() {
    LocationId location = TenantFixture.anyLocation();

    Answer taken =
        web.call("POST", "operations/locations/" + location + "/api-key", "{\"apiKey\":\"pit-1\"}");

    assertThat(taken.status()).as(taken.body()).isEqualTo(200);
    assertThat(web.call("GET", "locations/" + location, "").json().toString())
        .contains("\"state\":\"legacy\"")
        .contains("\"state\":\"running\"");
  }

  /** Its events may be parked here. */
  @Test
  void aLocationThatNeverInstalledTheAppCanBeErased() {
    LocationId location = TenantFixture.anyLocation();

    Answer erased = web.call("DELETE", "locations/" + location + "?confirm=" + location, "");

    assertThat(erased.status()).as(erased.body()).isEqualTo(200);
    assertThat(web.call("DELETE", "locations/" + location, "").status()).isEqualTo(400);
  }

  /** Trap 15: the guide believed a header that anybody can send. */
  @ParameterizedTest
  @ValueSource(strings = {"cron/refresh-tokens", "cron/process-webhooks"})
  void anOutsideClockIsBelievedByItsSecretOnly(String path) {
    for (String method : new String[] {"GET", "POST"}) {
      assertThat(web.send(method, path, "", "x-vercel-cron", "1").status()).isEqualTo(401);
      assertThat(web.send(method, path, "", "Authorization", "Bearer undefined").status())
          .isEqualTo(401);
      assertThat(web.send(method, path, "", "Authorization", "Bearer ").status()).isEqualTo(401);
      assertThat(web.call(method, path, "").status()).isEqualTo(401);
      String right = "Bearer " + web.settings.cronSecret().value();
      assertThat(web.send(method, path, "", "Authorization", right).status()).isEqualTo(202);
    }
  }

  @Test
  void anAgencyTellsWhichOfItsLocationsCouldNotBeConnectedAndWhy() {
    web.missesALocation("Salon", "No permission.");

    String companies = web.call("GET", "operations/companies", "").body();
    String alerts = web.call("GET", "operations/alerts", "").body();

    assertThat(companies).contains("\"missed\":1", "\"name\":\"Salon\"", "No permission.");
    assertThat(alerts).contains("missedLocations", "Salon", "No permission.");
  }
}
