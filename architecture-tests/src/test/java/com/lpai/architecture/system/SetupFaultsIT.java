package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lpai.dev.wire.Match;
import com.lpai.dev.wire.When;
import com.mongodb.client.model.Filters;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Setups that are killed, overtaken by changes, and refused, on real processes. */
class SetupFaultsIT {
  private static final Duration LONG = Duration.ofMinutes(4);

  private static MortalServers servers;
  private static RunningSystem system;
  private static Sandbox sandbox;

  @BeforeAll
  static void start() {
    servers = MortalServers.start();
    system = servers.system();
    sandbox = new Sandbox(system);
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @AfterEach
  void fineWeather() {
    sandbox.noFaults();
    servers.awaitBoth();
  }

  // ---- killed

  @Test
  void killedThreeTimesTheCopyIsCompleteAndAtMostOnePageADeathIsFetchedAgain() {
    hasEverything("undisturbed");
    hasEverything("mortal");
    sandbox.installs("undisturbed");
    awaitState("undisturbed", "done");

    MortalServers.Death beforeAPage =
        servers.next(Match.command("insert").collection("contacts").nth(3), When::before);
    sandbox.installs("mortal");
    beforeAPage.awaitAndGoOn();
    MortalServers.Death betweenPageAndCheckpoint =
        servers.next(Match.command("insert").collection("projects").nth(2), When::afterReply);
    betweenPageAndCheckpoint.awaitAndGoOn();
    MortalServers.Death afterACheckpoint =
        servers.next(
            Match.command("update").collection("sync_checkpoints").containing("MESSAGES").nth(2),
            When::afterReply);
    afterACheckpoint.awaitAndGoOn();

    awaitState("mortal", "done");
    assertIsCopied("mortal");
    Map<String, Integer> undisturbed = sandbox.countedAppCalls("undisturbed");
    int again = 0;
    for (Map.Entry<String, Integer> call : sandbox.countedAppCalls("mortal").entrySet()) {
      again += Math.max(0, call.getValue() - undisturbed.getOrDefault(call.getKey(), 0));
    }
    assertThat(again).as("calls more than an undisturbed setup makes").isLessThanOrEqualTo(3);
  }

  // ---- overtaken

  @Test
  void whatChangesDuringTheSetupIsThereAfterwardsThoughAllWebhooksAreLost() {
    hasEverything("busy");
    // An event about a location itself does not say so in the field that others have for it.
    sandbox.faults(
        """
        [{"kind":"webhookDrop","match":{"locationId":"busy"}},
         {"kind":"webhookDrop","match":{"type":"LocationUpdate"}}]
        """);
    CrmPerson person = new CrmPerson(system, "busy");
    person.makesSpares();
    servers.atCommand(
        Match.command("update").collection("messages").containing("busy"),
        person::changesEverything);

    sandbox.control("/sandbox/installs", "{\"locationId\":\"busy\",\"webhooks\":\"none\"}");
    awaitState("busy", "done");

    Map<String, Integer> copied = assertIsCopied("busy");
    assertThat(copied).containsEntry("contacts", 799).containsEntry("appointments", 39);
    assertThat(
            system
                .database()
                .getCollection("webhook_queue")
                .distinct("type", Filters.eq("locationId", "busy"), String.class)
                .into(new ArrayList<>()))
        .isEmpty();
  }

  // ---- refused

  /** A step, the call it needs, and the scope that call needs. The last step makes no call. */
  private record Step(String name, String method, String path, String scope, String rests) {
    String refused() {
      return "refused-" + name;
    }

    String away() {
      return "away-" + name;
    }
  }

  private static final List<Step> STEPS =
      List.of(
          new Step("locationDetails", "GET", "/locations/{locationId}", "locations.readonly", ""),
          new Step(
              "pipelines",
              "GET",
              "/opportunities/pipelines",
              "opportunities.readonly",
              "opportunities"),
          new Step("calendars", "GET", "/calendars/", "calendars.readonly", "appointments"),
          new Step("users", "GET", "/users/search", "users.readonly", ""),
          new Step(
              "customFields",
              "GET",
              "/locations/{locationId}/customFields",
              "locations/customFields.readonly",
              ""),
          new Step(
              "customValues",
              "GET",
              "/locations/{locationId}/customValues",
              "locations/customValues.readonly",
              ""),
          new Step("contacts", "POST", "/contacts/search", "contacts.readonly", ""),
          new Step("opportunities", "POST", "/opportunities/search", "opportunities.readonly", ""),
          new Step("appointments", "GET", "/calendars/events", "calendars/events.readonly", ""),
          new Step("conversations", "GET", "/conversations/search", "conversations.readonly", ""));

  private static final String NO_SCOPE = "The token is not authorized for this scope.";

  /** What passes: a sick server, a closed connection, an answer that is no JSON. */
  private static final List<String> PASSING =
      List.of(
          "{\"kind\":\"status\",\"status\":503}",
          "{\"kind\":\"drop\"}",
          "{\"kind\":\"status\",\"status\":200,\"body\":\"{\\\"half\\\":\"}");

  @Test
  void eachStepFailsAloneAndIsDoneAlone() {
    STEPS.forEach(step -> sandbox.hasLocation(step.refused(), 0));
    STEPS.forEach(step -> sandbox.hasLocation(step.away(), 0));
    sandbox.faults(faults().build().toString());
    STEPS.forEach(step -> sandbox.installs(step.refused()));
    STEPS.forEach(step -> sandbox.installs(step.away()));

    for (Step step : STEPS) {
      awaitState(step.refused(), "failed");
      Map<String, JsonObject> refused = steps(step.refused());
      assertThat(refused).hasSize(11);
      assertThat(refused.get(step.name()).getString("note")).contains(step.scope());
      assertStates(refused, step, "failed", "skipped");
      awaitState(step.away(), "retrying");
      assertStates(steps(step.away()), step, "retrying", "waiting");
    }

    sandbox.noFaults();
    Map<String, Map<String, JsonObject>> before = new LinkedHashMap<>();
    for (Step step : STEPS) {
      before.put(step.name(), steps(step.refused()));
      HttpCalls.Answer answer =
          servers
              .operator()
              .post(
                  "/api/locations/%s/setup/steps/%s/retry".formatted(step.refused(), step.name()),
                  JsonValue.EMPTY_JSON_OBJECT);
      assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    }
    sandbox.turnsClock("PT10M");

    for (Step step : STEPS) {
      awaitState(step.refused(), "done");
      awaitState(step.away(), "done");
      Map<String, JsonObject> untouched = before.getOrDefault(step.name(), Map.of());
      assertThat(untouched).hasSize(11);
      steps(step.refused())
          .forEach(
              (name, after) -> {
                JsonObject was = untouched.getOrDefault(name, after);
                if (was.getString("note", "").contains("without " + step.name())) {
                  assertThat(after.getString("note", "")).as("%s, copied again", name).isEmpty();
                } else if (!name.equals(step.name()) && !name.equals(step.rests())) {
                  assertThat(after).isEqualTo(was);
                }
              });
    }
  }

  private static JsonArrayBuilder faults() {
    JsonArrayBuilder faults = Json.createArrayBuilder();
    for (int i = 0; i < STEPS.size(); i++) {
      Step step = STEPS.get(i);
      int status = i % 2 == 0 ? 401 : 403;
      JsonObject body =
          Json.createObjectBuilder().add("statusCode", status).add("message", NO_SCOPE).build();
      JsonObjectBuilder refusal =
          Json.createObjectBuilder().add("kind", "status").add("status", status).add("body", body);
      faults.add(refusal.add("match", match(step, step.refused())));
      JsonObjectBuilder passing =
          Json.createObjectBuilder(Sandbox.parsed(PASSING.get(i % PASSING.size())));
      faults.add(passing.add("match", match(step, step.away())));
    }
    return faults;
  }

  private static JsonObjectBuilder match(Step step, String locationId) {
    return Json.createObjectBuilder()
        .add("method", step.method())
        .add("path", step.path())
        .add("locationId", locationId);
  }

  private static void assertStates(
      Map<String, JsonObject> steps, Step failing, String state, String resting) {
    steps.forEach(
        (name, step) -> {
          String expected =
              name.equals(failing.name()) ? state : name.equals(failing.rests()) ? resting : "done";
          assertThat(step.getString("state"))
              .as("%s while %s fails: %s", name, failing.name(), step)
              .isEqualTo(expected);
        });
  }

  // ---- words for the tests above

  private static void hasEverything(String locationId) {
    sandbox.control(
        "/sandbox/locations",
        """
        {"locationId":"%s","contacts":800,"opportunities":250,"appointments":40,
         "conversations":40,"messages":300,"users":3,"seed":11}
        """
            .formatted(locationId));
  }

  private static JsonObject setup(String locationId) {
    return servers.operator().get("/api/locations/" + locationId + "/setup").json();
  }

  private static void awaitState(String locationId, String state) {
    await("the setup of " + locationId + " is " + state)
        .atMost(LONG)
        .until(() -> setup(locationId).getString("state", ""), state::equals);
  }

  private static Map<String, JsonObject> steps(String locationId) {
    Map<String, JsonObject> steps = new LinkedHashMap<>();
    setup(locationId)
        .getJsonArray("steps")
        .getValuesAs(JsonObject.class)
        .forEach(step -> steps.put(step.getString("step"), step));
    return steps;
  }

  /** Answers how many of each kind there are. */
  private static Map<String, Integer> assertIsCopied(String locationId) {
    FieldByField.Result result = FieldByField.compared(system, locationId);
    assertThat(result.differences()).as(result.toString()).isEmpty();
    assertThat(result.compared())
        .hasSize(10)
        .allSatisfy((kind, count) -> assertThat(count).isPositive());
    return result.compared();
  }
}
