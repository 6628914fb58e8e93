package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Tokens that never need a reinstall, on three servers over one database. */
@SuppressWarnings("JavaUtilDate") // the driver's
class ConnectionsIT extends ThreeServers {
  // ---- weather and people

  @Test
  void anHourWithoutNetworkCondemnsNobody() {
    List<String> locations = sandbox.hasCompany("away", 20);
    inParallel(locations, sandbox::installs);
    await("set up").atMost(SOON).until(() -> setUp("away-") == 20);
    sandbox.faults("[{\"kind\":\"drop\"}]");

    sandbox.turnsClock("PT24H");
    for (int minutes = 0; minutes < 60; minutes += 10) {
      await("attempts are made and fail")
          .atMost(SOON)
          .until(() -> connections("away-", Filters.gt("attempts.count", 0)) == 20);
      sandbox.turnsClock("PT10M");
    }
    assertThat(connections("away-", Filters.eq("state", "needsReauth"))).isZero();
    sandbox.noFaults();

    await("all recover by themselves")
        .atMost(SOON)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              sandbox.turnsClock("PT1M");
              return connections("away-", Filters.eq("state", "active")) == 20;
            });
  }

  @Test
  void aSuspendedLocationKeepsItsTokenAndComesBackByItself() {
    installed("sleepy");
    sandbox.control("/sandbox/locations/sleepy/suspend", "{}");
    setupAgain(1, "sleepy");

    await("it is seen to be suspended")
        .atMost(SOON)
        .until(() -> state("sleepy").equals("suspended"));
    assertThat(connection("sleepy").get("tokens")).isNotNull();
    sandbox.control("/sandbox/locations/sleepy/resume", "{}");
    sandbox.turnsClock("PT16M");

    await("it is back").atMost(SOON).until(() -> state("sleepy").equals("active"));
    awaitSetupOver("sleepy");
  }

  @Test
  void aMissingScopeIsReportedByNameAndNotRefreshed() {
    sandbox.hasLocation("scopeless", 1);
    sandbox.control(
        "/sandbox/installs",
        """
        {"locationId":"scopeless","scopes":["contacts.readonly","contacts.write",
          "locations.readonly","opportunities.readonly","opportunities.write",
          "calendars.readonly","calendars/events.readonly","calendars/events.write",
          "locations/customFields.readonly","locations/customFields.write",
          "locations/customValues.readonly","conversations.readonly",
          "conversations/message.readonly","conversations/message.write"]}
        """);
    awaitSetupOver("scopeless");

    JsonObject location = operator().get("/api/locations/scopeless").json();
    assertThat(location.getJsonObject("connection").getJsonArray("missingScopes").toString())
        .isEqualTo("[\"users.readonly\"]");
    assertThat(location.getJsonObject("setup").toString()).contains("users.readonly");
    assertThat(refreshes("scopeless")).isZero();
  }

  @Test
  void aRefusedTokenAsksForAPersonAndAReinstallationClearsIt() {
    installed("refused");
    sandbox.control("/sandbox/tokens/revoke", "{\"locationId\":\"refused\"}");
    setupAgain(1, "refused");

    await("a person is asked").atMost(SOON).until(() -> state("refused").equals("needsReauth"));
    JsonObject connection =
        operator().get("/api/locations/refused").json().getJsonObject("connection");
    assertThat(connection.getString("installUrl")).endsWith("/api/oauth/install");
    assertThat(operator().get("/api/operations/alerts").body()).contains("refused");

    sandbox.installs("refused");
    await("it works again").atMost(SOON).until(() -> state("refused").equals("active"));
    assertThat(operator().get("/api/operations/alerts").body()).doesNotContain("\"refused\"");
  }

  @Test
  void aLateUninstallOfAnEarlierInstallationIsNotBelieved() {
    installed("returned");
    List<JsonObject> late = sandbox.uninstalls("/returned?", false);
    sandbox.turnsClock("PT20M");
    sandbox.installs("returned");
    awaitSetupOver("returned");

    sandbox.control("/sandbox/webhooks", late.getFirst().toString());
    await("the event was looked at")
        .atMost(SOON)
        .until(
            () ->
                isOneEvent(
                    Filters.eq("locationId", "returned"),
                    Filters.eq("type", "UNINSTALL"),
                    Filters.eq("status", "done")));
    assertThat(state("returned")).isEqualTo("active");
  }

  @Test
  void afterAnUninstallLaterEventsWait() {
    installed("left");
    sandbox.uninstalls("/left?", true);
    await("it is uninstalled").atMost(SOON).until(() -> state("left").equals("uninstalled"));

    sandbox.sendsWebhook(
        "ContactUpdate",
        Json.createObjectBuilder().add("locationId", "left").add("id", "c1").build(),
        "good");

    await("the event is parked")
        .atMost(SOON)
        .until(
            () ->
                isOneEvent(
                    Filters.eq("locationId", "left"),
                    Filters.eq("type", "ContactUpdate"),
                    Filters.regex("outcome", "not installed")));
    assertThat(connection("left").get("tokens")).isNull();
  }

  @Test
  void ofAnErasedLocationNothingIsLeftAnywhereThoughGoHighLevelTriesAgain() {
    sandbox.hasLocation("forgotten", 30);
    sandbox.installs("forgotten");
    awaitSetupOver("forgotten");
    JsonObject event =
        Json.createObjectBuilder().add("locationId", "forgotten").add("id", "c1").build();

    JsonObject erased = operator().delete("/api/locations/forgotten?confirm=forgotten").json();
    assertThat(erased.getJsonObject("removed").getInt("contacts")).isEqualTo(30);
    for (int i = 0; i < 3; i++) {
      sandbox.sendsWebhook("ContactUpdate", event, "good");
    }

    sandbox.turnsClock("PT3M");
    await("nothing is left")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(mentions("forgotten")).isEmpty());
    sandbox.sendsWebhook("ContactUpdate", event, "good");
    assertThat(mentions("forgotten")).isEmpty();

    sandbox.installs("forgotten");
    awaitSetupOver("forgotten");
  }

  @Test
  void aLocationThatWasErasedIsNotBroughtBackByItsAgency() {
    sandbox.hasCompany("eraser", 3);
    sandbox.control("/sandbox/installs", "{\"companyId\":\"eraser\"}");
    await("all are set up").atMost(SOON).until(() -> setUp("eraser-") == 3);
    List<String> locations = locationsOf("eraser-");
    String erased = locations.getFirst();

    operator().delete("/api/locations/" + erased + "?confirm=" + erased);
    sandbox.turnsClock("PT3M");
    operator().post("/api/operations/companies/eraser/discovery", JsonValue.EMPTY_JSON_OBJECT);

    await("the agency was searched again")
        .atMost(SOON)
        .until(
            () ->
                company("eraser").getInt("locations") == 2
                    && !company("eraser").getBoolean("searching"));
    assertThat(company("eraser").getInt("connected")).isEqualTo(2);
    await("nothing of it is left")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(mentions(erased)).isEmpty());

    sandbox.installs(erased);
    await("its own installation brings it back")
        .atMost(SOON)
        .until(() -> state(erased).equals("active"));
  }

  @Test
  void anAgencyThatUninstallsTakesItsLocationsAlongButNotThoseThatInstalledThemselves() {
    List<String> locations = sandbox.hasCompany("leaver", 3);
    String own = locations.getFirst();
    sandbox.installs(own);
    awaitSetupOver(own);
    sandbox.control(
        "/sandbox/installs",
        "{\"companyId\":\"leaver\",\"locations\":[\"leaver-2\",\"leaver-3\"]}"
            .replace("leaver-2", locations.get(1))
            .replace("leaver-3", locations.get(2)));
    await("all are set up").atMost(SOON).until(() -> setUp("leaver-") == 3);
    sandbox.turnsClock("PT20M");

    sandbox.uninstalls("?companyId=leaver&", true);

    await("the derived ones are uninstalled")
        .atMost(SOON)
        .until(() -> connections("leaver-", Filters.eq("state", "uninstalled")) == 2);
    assertThat(company("leaver").getJsonObject("connection").getString("state"))
        .isEqualTo("uninstalled");
    assertThat(connection(own).getString("state")).isNotEqualTo("uninstalled");
    assertThat(connections("leaver-", Filters.exists("tokens"))).isLessThanOrEqualTo(1);
  }

  @Test
  void aLateUninstallOfAnAgencyThatIsBackIsNotBelieved() {
    sandbox.hasCompany("comeback", 2);
    sandbox.control("/sandbox/installs", "{\"companyId\":\"comeback\"}");
    await("all are set up").atMost(SOON).until(() -> setUp("comeback-") == 2);
    List<JsonObject> late = sandbox.uninstalls("?companyId=comeback&", false);
    sandbox.turnsClock("PT20M");
    sandbox.control("/sandbox/installs", "{\"companyId\":\"comeback\"}");
    Date again = Date.from(sandbox.now().minusSeconds(60));
    await("the agency's new tokens are stored")
        .atMost(SOON)
        .until(
            () ->
                system
                        .database()
                        .getCollection("companies")
                        .countDocuments(
                            Filters.and(
                                Filters.eq("_id", "comeback"),
                                Filters.gt("connection.refreshedAt", again)))
                    == 1);

    sandbox.control("/sandbox/webhooks", late.getFirst().toString());

    // It comes after the INSTALL of the same agency, which may wait for its connection.
    await("the event was looked at")
        .atMost(SOON)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              sandbox.turnsClock("PT30S");
              return isOneEvent(
                  Filters.eq("companyId", "comeback"),
                  Filters.eq("type", "UNINSTALL"),
                  Filters.eq("status", "done"));
            });
    assertThat(company("comeback").getJsonObject("connection").getString("state"))
        .isEqualTo("active");
    await("its locations are connected")
        .atMost(SOON)
        .until(() -> connections("comeback-", Filters.eq("state", "active")) == 2);
  }

  private static List<String> locationsOf(String prefix) {
    return system
        .database()
        .getCollection("locations")
        .distinct("locationId", Filters.regex("locationId", "^" + prefix), String.class)
        .into(new ArrayList<>());
  }

  private static JsonObject company(String id) {
    return operator()
        .get("/api/operations/companies")
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(company -> company.getString("id").equals(id))
        .findFirst()
        .orElse(JsonValue.EMPTY_JSON_OBJECT);
  }

  /** Every document of every collection whose text holds this id, not as a part of a longer one. */
  private static List<String> mentions(String id) {
    Predicate<String> mentions = Pattern.compile("(?<![\\w-])" + id + "(?![\\w-])").asPredicate();
    List<String> found = new ArrayList<>();
    for (String collection : system.database().listCollectionNames()) {
      for (Document document : system.database().getCollection(collection).find()) {
        if (mentions.test(document.toJson())) {
          found.add(collection + " " + document.get("_id"));
        }
      }
    }
    return found;
  }

  @Test
  void aPrivateTokenWorksUntilOAuthDid() {
    sandbox.hasLocation("legacy", 3);
    String key =
        sandbox
            .control("/sandbox/private-tokens", "{\"locationId\":\"legacy\"}")
            .getString("token");
    HttpCalls.Answer taken =
        operator()
            .post(
                "/api/operations/locations/legacy/api-key",
                Json.createObjectBuilder().add("apiKey", key).build());
    assertThat(taken.status()).as(taken.body()).isEqualTo(200);
    setupAgain(1, "legacy");
    awaitSetupOver("legacy");
    assertThat(state("legacy")).isEqualTo("legacy");

    sandbox.installs("legacy");

    await("the key is not needed any more")
        .atMost(SOON)
        .until(
            () ->
                operator()
                    .get("/api/locations/legacy")
                    .json()
                    .getJsonObject("connection")
                    .getBoolean("migratedToOAuth"));
    assertThat(state("legacy")).isEqualTo("active");
  }

  // ---- what one server does is seen on the others: three servers run here anyway

  @Test
  void aSetupIsFollowedOnEveryServerWhicheverItRunsOn() throws Exception {
    sandbox.hasLocation("followed", 600);
    sandbox.faults(
        """
        [{"kind":"latency","latencyMs":1500,"match":{"path":"/contacts/search","locationId":"followed"}}]
        """);
    sandbox.installs("followed");

    List<Future<HttpCalls.Answer>> streams = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (ServerInstance server : system.servers()) {
        String stream = streamTicket("followed");
        streams.add(executor.submit(() -> server.calls().get(stream)));
      }
      for (Future<HttpCalls.Answer> followed : streams) {
        HttpCalls.Answer answer = followed.get();
        List<String> events = List.of(answer.body().split("\\n\\n"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
        assertThat(events)
            .as("states of the copy of contacts")
            .filteredOn(event -> event.contains("\"step\":\"contacts\",\"state\":\"running\""))
            .hasSizeGreaterThan(2)
            .allMatch(event -> event.contains("event: setup") && event.contains("id: "));
        assertThat(events.getLast()).contains("event: end", "\"reason\":\"over\"");
        assertThat(events.get(events.size() - 2)).contains("\"state\":\"done\"");
      }
    }
  }

  @Test
  void aTicketForAStreamWorksOnceAcrossAllServersAndForItsLocationOnly() {
    installed("ticketed");
    String stream = streamTicket("ticketed");

    assertThat(system.server(2).calls().get(stream.replace("ticketed", "other")).status())
        .isEqualTo(401);
    assertThat(system.server(2).calls().get(stream).body()).contains("\"reason\":\"over\"");
    for (ServerInstance server : system.servers()) {
      assertThat(server.calls().get(stream).status()).isEqualTo(401);
    }
    assertThat(
            system
                .database()
                .getCollection("stream_tickets")
                .countDocuments(Filters.eq("locationId", "ticketed")))
        .isZero();
  }

  /** A browser comes back by itself until it is told that there is nothing more to come. */
  @Test
  void whoHasSeenTheEndOnOneServerNeedNotComeBackToAnother() {
    installed("seen");
    String events = system.server(1).operator().get("/api/locations/seen/setup/stream").body();
    String last = events.replaceFirst("(?s).*\nid: (\\S+).*", "$1");

    HttpCalls.Answer again =
        system
            .server(2)
            .operator()
            .with("Last-Event-ID", last)
            .get("/api/locations/seen/setup/stream");

    assertThat(again.status()).isEqualTo(204);
  }

  private static String streamTicket(String location) {
    HttpCalls.Answer answer =
        operator()
            .send(
                "POST",
                "/api/locations/" + location + "/setup/stream-ticket",
                BodyPublishers.noBody(),
                "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().getString("stream");
  }
}
