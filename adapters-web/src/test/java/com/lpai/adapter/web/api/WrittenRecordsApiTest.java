package com.lpai.adapter.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.web.WebFixture;
import com.lpai.adapter.web.WebFixture.Answer;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.sync.MirrorRepository;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Projects and appointments are written as contacts are. */
class WrittenRecordsApiTest {
  private static WebFixture web;
  private static String ann;

  @BeforeAll
  static void start() {
    web = WebFixture.start();
    ann = made("contacts", "{\"firstName\":\"Ann\"}").getString("id");
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private static String path(LocationId location, String rest) {
    return "locations/" + location + "/" + rest;
  }

  private static Answer call(String method, String rest, String body, String... headers) {
    return web.call(method, path(web.location, rest), body, headers);
  }

  private static JsonObject made(String kind, String body) {
    Answer answer = call("POST", kind, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.header("Location"))
        .endsWith("/" + kind + "/" + answer.json().getString("id"));
    return answer.json();
  }

  private static String project() {
    return made(
            "projects",
            "{\"contactId\":\"%s\",\"title\":\"Boiler\",\"pipelineId\":\"p1\",\"monetaryValue\":1250.50}"
                .formatted(ann))
        .getString("id");
  }

  private static String appointment() {
    return made(
            "appointments",
            ("{\"contactId\":\"%s\",\"calendarId\":\"c1\",\"title\":\"Visit\","
                    + "\"start\":\"2026-12-01T10:00:00+01:00\",\"end\":\"2026-12-01T10:30:00Z\"}")
                .formatted(ann))
        .getString("id");
  }

  @Test
  void aCreatedProjectIsShownAndOnItsWay() {
    JsonObject shown = call("GET", "projects/" + project(), "").json();

    assertThat(shown.getString("contactId")).isEqualTo(ann);
    assertThat(shown.getString("title")).isEqualTo("Boiler");
    assertThat(shown.getString("status")).isEqualTo("open");
    assertThat(shown.getJsonNumber("monetaryValue").toString()).isEqualTo("1250.5");
    assertThat(shown.getJsonObject("sync").getString("state")).isEqualTo("pending");
    assertThat(shown).doesNotContainKeys("ghlOpportunityId", "ghlContactId");
  }

  @Test
  void aCreatedAppointmentIsShownInUniversalTime() {
    JsonObject shown = call("GET", "appointments/" + appointment(), "").json();

    assertThat(shown.getString("start")).isEqualTo("2026-12-01T09:00:00Z");
    assertThat(shown.getString("end")).isEqualTo("2026-12-01T10:30:00Z");
    assertThat(shown.getJsonObject("sync").getString("state")).isEqualTo("pending");
    assertThat(shown).as("GoHighLevel chooses the first one").doesNotContainKey("status");
  }

  /** Trap 63: nothing, zero and absence are three things. */
  @Test
  void absentIsLeftAloneNullClearsAndAValueReplaces() {
    String id = project();

    JsonObject zero = call("PATCH", "projects/" + id, "{\"monetaryValue\":0}").json();
    JsonObject none =
        call("PATCH", "projects/" + id, "{\"monetaryValue\":null,\"status\":\"won\"}").json();

    assertThat(zero.getInt("monetaryValue")).isZero();
    assertThat(none).doesNotContainKey("monetaryValue");
    assertThat(none.getString("title")).isEqualTo("Boiler");
    assertThat(none.getString("status")).isEqualTo("won");
  }

  @Test
  void customFieldsAreMergedById() {
    String id = project();
    call(
        "PATCH",
        "projects/" + id,
        "{\"crmCustomFields\":[{\"id\":\"f1\",\"value\":\"M\"},{\"id\":\"f2\",\"value\":\"L\"}]}");

    JsonObject after =
        call("PATCH", "projects/" + id, "{\"crmCustomFields\":[{\"id\":\"f1\",\"value\":null}]}")
            .json();

    assertThat(after.getJsonArray("crmCustomFields").toString())
        .isEqualTo("[{\"id\":\"f2\",\"value\":\"L\"}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"projects", "appointments"})
  void aStaleTagIsRefused(String kind) {
    String one = kind + "/" + (kind.equals("projects") ? project() : appointment());
    String before = call("GET", one, "").header("ETag");
    String after = call("PATCH", one, "{\"title\":\"Bath\"}", "If-Match", before).header("ETag");

    assertThat(call("PATCH", one, "{\"title\":\"Roof\"}", "If-Match", before).status())
        .isEqualTo(412);
    assertThat(call("DELETE", one, "", "If-Match", before).problem())
        .isEqualTo("changed-meanwhile");
    assertThat(call("DELETE", one, "", "If-Match", after).status()).isEqualTo(204);
    assertThat(call("GET", one, "").status()).isEqualTo(404);
  }

  /** What the push finds out of the contact is no change of the project. */
  @Test
  void aTagOutlivesThePush() {
    String id = project();
    String before = call("GET", "projects/" + id, "").header("ETag");
    Project stored = web.projects.find(web.location, new ProjectId(id)).orElseThrow();
    web.projects.save(
        web.location, stored.withGhlContact(new GhlContactId("ghl1"), web.time.instant()));

    assertThat(call("PATCH", "projects/" + id, "{\"title\":\"Roof\"}", "If-Match", before).status())
        .isEqualTo(200);
  }

  @Test
  void anotherContactIsAnotherTagAndTooLateOnceGoHighLevelHasTheProject() {
    String id = project();
    String bob = made("contacts", "{\"firstName\":\"Bob\"}").getString("id");
    String before = call("GET", "projects/" + id, "").header("ETag");

    Answer changed = call("PATCH", "projects/" + id, "{\"contactId\":\"" + bob + "\"}");
    Project stored = web.projects.find(web.location, new ProjectId(id)).orElseThrow();
    web.projects.save(
        web.location, stored.adopted(new GhlOpportunityId("opp-" + id), Instant.EPOCH));
    Answer late = call("PATCH", "projects/" + id, "{\"contactId\":\"" + ann + "\"}");

    assertThat(changed.json().getString("contactId")).isEqualTo(bob);
    assertThat(changed.header("ETag")).isNotEqualTo(before);
    assertThat(late.status()).isEqualTo(400);
    assertThat(late.body()).contains("only when a project is created");
  }

  /** Trap 69: nobody chooses a tenant, an id or a state. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "projects | locationId | unknown-property | {\"locationId\":\"other\"}",
        "projects | _id | unknown-property | {\"_id\":\"x\"}",
        "projects | userId | unknown-property | {\"userId\":\"x\"}",
        "projects | ghlOpportunityId | invalid-value | {\"ghlOpportunityId\":\"x\"}",
        "projects | ghlContactId | invalid-value | {\"ghlContactId\":\"x\"}",
        "projects | followers | invalid-value | {\"followers\":[]}",
        "projects | source | invalid-value | {\"source\":\"us\"}",
        "projects | contactId | invalid-value | {\"contactId\":null}",
        "projects | contactId | invalid-value | {\"contactId\":\"nobody\"}",
        "projects | status | invalid-value | {\"status\":\"all\"}",
        "projects | monetaryValue | invalid-value | {\"monetaryValue\":\"much\"}",
        "projects | monetaryValue | invalid-value | {\"monetaryValue\":1e40}",
        "projects | signedDate | invalid-value | {\"signedDate\":\"tomorrow\"}",
        "projects | title | invalid-value | {\"title\":null}",
        "projects | crmCustomFields | invalid-value | {\"crmCustomFields\":{}}",
        "appointments | locationId | unknown-property | {\"locationId\":\"other\"}",
        "appointments | toNotify | unknown-property | {\"toNotify\":true}",
        "appointments | ghlAppointmentId | invalid-value | {\"ghlAppointmentId\":\"x\"}",
        "appointments | notes | invalid-value | {\"notes\":\"x\"}",
        "appointments | status | invalid-value | {\"status\":\"booked\"}",
        "appointments | start | invalid-value | {\"start\":\"2026-12-01T10:00:00\"}",
        "appointments | start | invalid-value | {\"start\":1764579600000}",
        "appointments | end | invalid-value | {\"end\":\"2026-12-01T01:00:00Z\"}",
        "appointments | calendarId | invalid-value | {\"calendarId\":null}",
      })
  void trap69WhatIsNotTheCallersToSayIsRefused(
      String kind, String field, String problem, String body) {
    String one = kind + "/" + (kind.equals("projects") ? project() : appointment());

    Answer answer = call("PATCH", one, body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo(problem);
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo(field);
  }

  /** Trap 70: whoever sends a word that nobody takes is told those that are taken. */
  @Test
  void anUnknownStatusIsAnsweredWithTheAllowedOnes() {
    Answer answer = call("PATCH", "appointments/" + appointment(), "{\"status\":\"active\"}");

    assertThat(answer.body()).contains("scheduled, confirmed, cancelled, showed, noshow, invalid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"projects", "appointments"})
  void trap64AnotherLocationsRecordIsNotFound(String kind) {
    String one = kind + "/" + (kind.equals("projects") ? project() : appointment());

    for (String method : new String[] {"GET", "DELETE", "PATCH"}) {
      String body = method.equals("PATCH") ? "{\"title\":\"Mine\"}" : "";
      assertThat(web.call(method, path(web.otherLocation, one), body).status())
          .as(method)
          .isEqualTo(404);
    }
    assertThat(web.call("POST", path(web.otherLocation, one + "/retry"), "").status())
        .isEqualTo(404);
    assertThat(
            web.call(
                    "POST",
                    path(web.otherLocation, "projects"),
                    "{\"contactId\":\"%s\",\"title\":\"x\",\"pipelineId\":\"p1\"}".formatted(ann))
                .body())
        .contains("The location has no such contact.");
    assertThat(call("GET", one, "").status()).isEqualTo(200);
  }

  private static <I, G, R extends Mirrored<I, G, R>> void fails(
      MirrorRepository<I, G, R> records, I id) {
    R stored = records.find(web.location, id).orElseThrow();
    records.save(web.location, stored.withSync(stored.sync().failed("It was refused.")));
  }

  private static String state(String one) {
    return call("GET", one, "").json().getJsonObject("sync").getString("state");
  }

  @Test
  void aRefusedProjectIsTriedAgain() {
    String id = project();
    fails(web.projects, new ProjectId(id));
    assertThat(state("projects/" + id)).isEqualTo("failed");

    assertThat(call("POST", "projects/" + id + "/retry", "").status()).isEqualTo(202);

    assertThat(state("projects/" + id)).isEqualTo("pending");
  }

  @Test
  void aRefusedAppointmentIsTriedAgain() {
    String id = appointment();
    fails(web.appointments, new AppointmentId(id));
    assertThat(state("appointments/" + id)).isEqualTo("failed");

    assertThat(call("POST", "appointments/" + id + "/retry", "").status()).isEqualTo(202);

    assertThat(state("appointments/" + id)).isEqualTo("pending");
  }

  @ParameterizedTest
  @CsvSource({"projects, contactId title pipelineId", "appointments, contactId calendarId start"})
  void whatANewOneNeedsIsNamed(String kind, String needed) {
    Answer answer = call("POST", kind, "{}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().getJsonArray("errors").getValuesAs(JsonObject.class))
        .extracting(error -> error.getString("field"))
        .containsExactlyInAnyOrder(needed.split(" "));
  }
}
