package com.lpai.adapter.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.web.WebFixture;
import com.lpai.adapter.web.WebFixture.Answer;
import com.lpai.domain.project.ProjectPart;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.testing.ManyThreads;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Milestones, timeline, photos and documents of a project are ours alone. */
class ProjectPartsApiTest {
  private static WebFixture web;
  private static String ann;

  @BeforeAll
  static void start() {
    web = WebFixture.start();
    ann =
        web.call("POST", "locations/" + web.location + "/contacts", "{\"firstName\":\"Ann\"}")
            .json()
            .getString("id");
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private static String path(LocationId location, String project, String rest) {
    return "locations/" + location + "/projects/" + project + rest;
  }

  private static String path(String project, String rest) {
    return path(web.location, project, rest);
  }

  private static String project() {
    return web.call(
            "POST",
            "locations/" + web.location + "/projects",
            "{\"contactId\":\"%s\",\"title\":\"Boiler\",\"pipelineId\":\"p1\"}".formatted(ann))
        .json()
        .getString("id");
  }

  private static JsonObject added(String project, String part, String body) {
    Answer answer = web.call("POST", path(project, "/" + part), body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.header("Location"))
        .endsWith("/" + part + "/" + answer.json().getString("id"));
    return answer.json();
  }

  private static List<JsonObject> listed(String project, String part) {
    return web.call("GET", path(project, "/" + part), "")
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class);
  }

  private static String body(ProjectPart part) {
    return switch (part) {
      case MILESTONES -> "{\"title\":\"Tiles\",\"dueOn\":\"2027-01-02\",\"status\":\"planned\"}";
      case TIMELINE -> "{\"text\":\"Called\",\"at\":\"2026-11-20T10:00:00Z\"}";
      case PHOTOS -> "{\"url\":\"https://example.com/a.jpg\",\"caption\":\"Before\"}";
      case DOCUMENTS -> "{\"name\":\"Quote\",\"url\":\"https://example.com/q.pdf\",\"size\":12345}";
    };
  }

  @ParameterizedTest
  @EnumSource
  void entriesAreAddedAndShownInTheirOrder(ProjectPart part) {
    String project = project();

    JsonObject first = added(project, part.key(), body(part));
    JsonObject second = added(project, part.key(), body(part));

    assertThat(listed(project, part.key())).containsExactly(first, second);
    assertThat(first.getString("createdBy")).isEqualTo("operator");
    assertThat(
            web.call("GET", path(project, "/" + part.key() + "/" + first.getString("id")), "")
                .json())
        .isEqualTo(first);
  }

  @Test
  void anEntryIsChangedAtTheStateThatWasSeen() {
    String project = project();
    String one =
        path(
            project,
            "/milestones/"
                + added(project, "milestones", body(ProjectPart.MILESTONES)).getString("id"));
    String before = web.call("GET", one, "").header("ETag");

    Answer changed =
        web.call("PATCH", one, "{\"status\":\"done\",\"dueOn\":null}", "If-Match", before);

    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(changed.json().getString("status")).isEqualTo("done");
    assertThat(changed.json().getString("title")).isEqualTo("Tiles");
    assertThat(changed.json()).doesNotContainKey("dueOn");
    assertThat(web.call("PATCH", one, "{\"title\":\"x\"}", "If-Match", before).problem())
        .isEqualTo("changed-meanwhile");
    assertThat(web.call("DELETE", one, "", "If-Match", before).status()).isEqualTo(412);
    assertThat(web.call("DELETE", one, "", "If-Match", changed.header("ETag")).status())
        .isEqualTo(204);
    assertThat(web.call("GET", one, "").status()).isEqualTo(404);
    assertThat(web.call("DELETE", one, "").status()).isEqualTo(404);
  }

  @Test
  void theTimelineGrowsOnly() {
    String project = project();
    JsonObject entry = added(project, "timeline", body(ProjectPart.TIMELINE));
    String one = path(project, "/timeline/" + entry.getString("id"));

    assertThat(web.call("PATCH", one, "{\"text\":\"x\"}").status()).isEqualTo(405);
    assertThat(web.call("DELETE", one, "").problem()).isEqualTo("method-not-allowed");
    assertThat(listed(project, "timeline")).containsExactly(entry);
  }

  @Test
  void aRepetitionAddsNothing() {
    String project = project();
    String photos = path(project, "/photos");
    String body = body(ProjectPart.PHOTOS);

    List<Answer> answers =
        ManyThreads.atOnce(
            8, number -> web.call("POST", photos, body, "Idempotency-Key", "a photo"));

    assertThat(answers).allMatch(answer -> answer.status() == 201);
    assertThat(listed(project, "photos")).hasSize(1);
    assertThat(
            web.call(
                    "POST",
                    photos,
                    "{\"url\":\"https://example.com/b.jpg\"}",
                    "Idempotency-Key",
                    "a photo")
                .problem())
        .isEqualTo("idempotency-key-reused");
    web.call("DELETE", photos + "/" + answers.get(0).json().getString("id"), "");
    assertThat(web.call("POST", photos, body, "Idempotency-Key", "a photo").problem())
        .isEqualTo("made-and-deleted");
    assertThat(listed(project, "photos")).isEmpty();
  }

  @Test
  void aPartHasABound() {
    String project = project();
    for (int i = 0; i < ProjectPart.MILESTONES.most(); i++) {
      added(project, "milestones", "{\"title\":\"m\"}");
    }

    Answer answer = web.call("POST", path(project, "/milestones"), "{\"title\":\"m\"}");

    assertThat(answer.problem()).isEqualTo("invalid-value");
    assertThat(answer.body()).contains("at most 100");
  }

  @Test
  void whatIsRefusedForABoundUsesNoKeyUp() {
    String project = project();
    for (int i = 0; i < ProjectPart.MILESTONES.most(); i++) {
      added(project, "milestones", "{\"title\":\"m\"}");
    }
    String milestones = path(project, "/milestones");
    String key = "one too many";
    assertThat(web.call("POST", milestones, "{\"title\":\"m\"}", "Idempotency-Key", key).problem())
        .isEqualTo("invalid-value");
    String first = listed(project, "milestones").getFirst().getString("id");
    assertThat(web.call("DELETE", milestones + "/" + first, "").status()).isEqualTo(204);

    assertThat(
            web.call("POST", milestones, "{\"title\":\"other\"}", "Idempotency-Key", key).status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "milestones | {}",
        "milestones | {'title':null}",
        "milestones | {'title':'m','status':'late'}",
        "milestones | {'title':'m','dueOn':'soon'}",
        "milestones | {'title':'m','id':'mine'}",
        "timeline | {'kind':'call'}",
        "photos | {'url':'javascript:alert(1)'}",
        "photos | {'url':'https://example.com/\\\"onload=x'}",
        "documents | {'name':'Quote'}",
        "documents | {'name':'Quote','url':'https://example.com','size':'big'}",
      })
  void whatAnEntryCannotBeIsRefused(String part, String body) {
    String project = project();

    Answer answer = web.call("POST", path(project, "/" + part), body.replace('\'', '"'));

    assertThat(answer.problem()).as(answer.body()).isEqualTo("invalid-value");
    assertThat(listed(project, part)).isEmpty();
  }

  @Test
  void aTextIsBounded() {
    String project = project();

    assertThat(
            web.call(
                    "POST",
                    path(project, "/timeline"),
                    "{\"text\":\"%s\"}".formatted("x".repeat(2_001)))
                .problem())
        .isEqualTo("invalid-value");
    added(project, "timeline", "{\"text\":\"%s\"}".formatted("x".repeat(2_000)));
    assertThat(
            web.call("POST", path(project, "/timeline"), "{\"text\":\"x\",\"shoe\":42}").problem())
        .isEqualTo("unknown-property");
  }

  /** Trap 64. */
  @ParameterizedTest
  @ValueSource(strings = {"milestones", "timeline", "photos", "documents"})
  void anotherLocationSeesNothingOfIt(String part) {
    String project = project();
    String id = added(project, part, body(ProjectPart.named(part).orElseThrow())).getString("id");
    String theirs = path(web.otherLocation, project, "/" + part);
    String body = body(ProjectPart.named(part).orElseThrow());

    assertThat(web.call("GET", theirs, "").status()).isEqualTo(404);
    assertThat(web.call("POST", theirs, body).status()).isEqualTo(404);
    assertThat(web.call("GET", theirs + "/" + id, "").status()).isEqualTo(404);
    assertThat(web.call("GET", path("none", "/" + part), "").status()).isEqualTo(404);
    assertThat(web.call("GET", path(project, "/" + part + "/none"), "").status()).isEqualTo(404);
    if (!part.equals("timeline")) {
      assertThat(web.call("PATCH", theirs + "/" + id, "{}").status()).isEqualTo(404);
      assertThat(web.call("DELETE", theirs + "/" + id, "").status()).isEqualTo(404);
    }
    assertThat(listed(project, part)).hasSize(1);
  }

  @Test
  void anEditOfTheProjectLeavesThemAlone() {
    String project = project();
    JsonObject entry = added(project, "milestones", body(ProjectPart.MILESTONES));
    String before = web.call("GET", path(project, ""), "").header("ETag");

    assertThat(web.call("PATCH", path(project, ""), "{\"title\":\"Bath\"}").status())
        .isEqualTo(200);
    added(project, "milestones", body(ProjectPart.MILESTONES));

    assertThat(listed(project, "milestones")).hasSize(2).startsWith(entry);
    assertThat(web.call("GET", path(project, ""), "").header("ETag")).isNotEqualTo(before);
    assertThat(web.call("PATCH", path(project, ""), "{\"milestones\":[]}").problem())
        .isEqualTo("unknown-property");
  }
}
