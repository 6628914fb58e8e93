package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A contact, a project and an appointment stay the same on both sides, on real processes. */
class TwoWayRecordsIT {
  private static final String LOCATION = "twoway";
  private static final Duration SOON = Duration.ofSeconds(30);

  private static RunningSystem system;
  private static Sandbox sandbox;
  private static HttpCalls operator;

  @BeforeAll
  static void start() {
    system = RunningSystem.start(Map.of("LPAI_LOOKUP_DELAY", "PT1S"));
    sandbox = new Sandbox(system);
    operator = system.operator();
    sandbox.hasLocation(LOCATION, 1);
    sandbox.installs(LOCATION);
    await("the setup is over")
        .atMost(Duration.ofMinutes(2))
        .until(() -> operator.get(ours("setup")).json().getString("state", "").equals("done"));
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  private static String ours(String rest) {
    return "/api/locations/" + LOCATION + "/" + rest;
  }

  private static JsonObject parsed(String json) {
    return Sandbox.parsed(json);
  }

  private static JsonObject made(String kind, String json) {
    HttpCalls.Answer answer = operator.post(ours(kind), parsed(json));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  private static List<JsonObject> listed(String kind) {
    return operator.get(ours(kind)).json().getJsonArray("items").getValuesAs(JsonObject.class);
  }

  private static JsonObject synced(String path) {
    await(path + " is synced")
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(operator.get(ours(path)).json().getJsonObject("sync").toString())
                    .contains("\"state\":\"synced\""));
    return operator.get(ours(path)).json();
  }

  private static JsonObject opportunity(String id) {
    return sandbox
        .asUserOf(LOCATION)
        .get("/opportunities/" + id)
        .json()
        .getJsonObject("opportunity");
  }

  private static HttpCalls calendars() {
    return sandbox.asUserOf(LOCATION).with("Version", "2021-04-15");
  }

  private static JsonObject event(String id) {
    return calendars().get("/calendars/events/appointments/" + id).json().getJsonObject("event");
  }

  private static void changed(String path, String json) {
    HttpCalls.Answer answer = operator.patch(ours(path), parsed(json));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private static void eventually(String what, String expected, Callable<String> told) {
    await(what).atMost(SOON).untilAsserted(() -> assertThat(told.call()).isEqualTo(expected));
  }

  @Test
  void whatIsMadeHereAtOnceIsMadeThereAndChangedAndDeletedOnBothSides() {
    JsonObject pipeline = listed("pipelines").getFirst();
    JsonObject calendar =
        listed("calendars").stream()
            .filter(it -> !it.getJsonArray("teamMembers").isEmpty())
            .findFirst()
            .orElseThrow();

    String contactId =
        made("contacts", "{\"firstName\":\"Ada\",\"email\":\"ada@example.com\"}").getString("id");
    String projectPath =
        "projects/"
            + made(
                    "projects",
                    """
                    {"contactId":"%s","title":"New boiler","pipelineId":"%s",
                     "monetaryValue":1250.5,"quoteNumber":"Q-17","signedDate":"2026-11-20"}
                    """
                        .formatted(contactId, pipeline.getString("id")))
                .getString("id");
    String appointmentPath =
        "appointments/"
            + made(
                    "appointments",
                    """
                    {"contactId":"%s","calendarId":"%s","title":"Visit",
                     "start":"2027-03-07T03:00:00Z","end":"2027-03-07T03:40:00Z"}
                    """
                        .formatted(contactId, calendar.getString("id")))
                .getString("id");

    // Made.
    String ghlContactId = synced("contacts/" + contactId).getString("ghlContactId");
    String opportunityId = synced(projectPath).getString("ghlOpportunityId");
    String eventId = synced(appointmentPath).getString("ghlAppointmentId");
    assertThat(sandbox.contact(LOCATION, ghlContactId).getString("email"))
        .isEqualTo("ada@example.com");
    assertThat(opportunity(opportunityId).getString("name")).isEqualTo("New boiler");
    assertThat(opportunity(opportunityId).getString("contactId")).isEqualTo(ghlContactId);
    assertThat(opportunity(opportunityId).getJsonNumber("monetaryValue").doubleValue())
        .isEqualTo(1250.5);
    assertThat(opportunity(opportunityId).getJsonArray("customFields").toString())
        .contains("Q-17")
        .contains("2026-11-20");
    assertThat(event(eventId).getString("contactId")).isEqualTo(ghlContactId);
    assertThat(sandbox.appCalls(LOCATION, "POST", "/contacts/")).hasSize(1);
    assertThat(sandbox.appCalls(LOCATION, "POST", "/opportunities/")).hasSize(1);
    assertThat(sandbox.appCalls(LOCATION, "POST", "/calendars/events/appointments")).hasSize(1);

    // Changed here: exactly that is told.
    changed(projectPath, "{\"title\":\"Old boiler\"}");
    changed(appointmentPath, "{\"start\":\"2027-03-08T03:00:00Z\"}");
    eventually("title", "Old boiler", () -> opportunity(opportunityId).getString("name"));
    assertThat(
            sandbox
                .appCalls(LOCATION, "PUT", "/opportunities/{id}")
                .getLast()
                .getJsonObject("body"))
        .isEqualTo(Json.createObjectBuilder().add("name", "Old boiler").build());
    assertThat(opportunity(opportunityId).getJsonNumber("monetaryValue").doubleValue())
        .isEqualTo(1250.5);
    changed(projectPath, "{\"status\":\"won\"}");
    eventually("status", "won", () -> opportunity(opportunityId).getString("status"));
    synced(projectPath);
    synced(appointmentPath);

    // Changed there.
    HttpCalls person = sandbox.asUserOf(LOCATION);
    assertThat(
            person
                .put("/opportunities/" + opportunityId, parsed("{\"monetaryValue\":99}"))
                .status())
        .isEqualTo(200);
    assertThat(
            calendars()
                .put(
                    "/calendars/events/appointments/" + eventId,
                    parsed("{\"appointmentStatus\":\"showed\"}"))
                .status())
        .isEqualTo(200);
    eventually(
        "value",
        "99",
        () -> String.valueOf(operator.get(ours(projectPath)).json().get("monetaryValue")));
    eventually(
        "status",
        "showed",
        () -> operator.get(ours(appointmentPath)).json().getString("status", ""));
    assertThat(operator.get(ours(projectPath)).json().getString("title")).isEqualTo("Old boiler");
    assertThat(listed("projects?contactId=" + contactId)).hasSize(1);

    // Deleted: one here, the other there.
    assertThat(operator.delete(ours(projectPath)).status()).isEqualTo(204);
    await("the opportunity is gone")
        .atMost(SOON)
        .until(() -> person.get("/opportunities/" + opportunityId).status() == 404);
    assertThat(operator.get(ours(projectPath)).status()).isEqualTo(404);
    assertThat(
            calendars()
                .send(
                    "DELETE",
                    "/calendars/events/" + eventId,
                    BodyPublishers.ofString("{}"),
                    "application/json")
                .status())
        .isEqualTo(201);
    await("the appointment is gone here")
        .atMost(SOON)
        .until(() -> operator.get(ours(appointmentPath)).status() == 404);
  }
}
