package com.lpai.adapter.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.web.WebFixture;
import com.lpai.adapter.web.WebFixture.Answer;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.testing.ManyThreads;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trap 75: what makes something may be repeated with a key of the caller. */
class IdempotencyKeyApiTest {
  private static WebFixture web;
  private static String ann;

  @BeforeAll
  static void start() {
    web = WebFixture.start();
    ann = post("contacts", "{\"firstName\":\"Ann\"}", anyKey()).json().getString("id");
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private static Answer post(String kind, String body, String key) {
    return post(web.location, kind, body, key);
  }

  private static Answer post(LocationId location, String kind, String body, String key) {
    return web.call("POST", "locations/" + location + "/" + kind, body, "Idempotency-Key", key);
  }

  private static int count(String kind) {
    return web.call("GET", "locations/" + web.location + "/" + kind + "?limit=200", "")
        .json()
        .getJsonArray("items")
        .size();
  }

  private static String anyKey() {
    return UUID.randomUUID().toString();
  }

  private static String body(String kind) {
    return switch (kind) {
      case "contacts" -> "{\"firstName\":\"Bob\",\"tags\":[\"a\",\"b\"]}";
      case "projects" ->
          "{\"contactId\":\"%s\",\"title\":\"Boiler\",\"pipelineId\":\"p1\"}".formatted(ann);
      default ->
          ("{\"contactId\":\"%s\",\"calendarId\":\"c1\",\"title\":\"Visit\","
                  + "\"start\":\"2026-12-01T10:00:00Z\",\"end\":\"2026-12-01T10:30:00Z\"}")
              .formatted(ann);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"contacts", "projects", "appointments"})
  void aRepetitionMakesNothingAndIsAnsweredTheSame(String kind) {
    String key = anyKey();
    Answer first = post(kind, body(kind), key);
    int before = count(kind);

    Answer again = post(kind, body(kind), key);

    assertThat(first.status()).as(first.body()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(count(kind)).isEqualTo(before);
  }

  @Test
  void withoutAKeyEachRequestMakesAnother() {
    String path = "locations/" + web.location + "/contacts";

    assertThat(web.call("POST", path, body("contacts")).json().getString("id"))
        .isNotEqualTo(web.call("POST", path, body("contacts")).json().getString("id"));
  }

  @Test
  void theOrderOfPropertiesMakesNoOtherRequest() {
    String key = anyKey();
    Answer first = post("contacts", "{\"firstName\":\"Bob\",\"city\":\"Oslo\"}", key);

    assertThat(post("contacts", "{\"city\":\"Oslo\", \"firstName\":\"Bob\"}", key).body())
        .isEqualTo(first.body());
  }

  @Test
  void aKeyWithAnotherBodyIsRefusedAndMakesNothing() {
    String key = anyKey();
    post("contacts", "{\"firstName\":\"Bob\"}", key);
    int before = count("contacts");

    Answer other = post("contacts", "{\"firstName\":\"Eve\"}", key);

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.problem()).isEqualTo("idempotency-key-reused");
    assertThat(count("contacts")).isEqualTo(before);
  }

  @Test
  void whatIsRefusedUsesNoKeyUp() {
    String key = anyKey();

    assertThat(post("contacts", "{\"email\":\"no address\"}", key).status()).isEqualTo(400);
    assertThat(post("contacts", "{\"email\":\"bob@example.com\"}", key).status()).isEqualTo(201);
  }

  @Test
  void ofManyAtOnceExactlyOneIsMade() {
    String key = anyKey();
    int before = count("contacts");

    List<Answer> answers = ManyThreads.atOnce(8, number -> post("contacts", body("contacts"), key));

    assertThat(answers).allMatch(answer -> answer.status() == 201);
    assertThat(answers.stream().map(answer -> answer.json().getString("id")).distinct()).hasSize(1);
    assertThat(count("contacts")).isEqualTo(before + 1);
  }

  @Test
  void anotherLocationAddressOrCallerHasKeysOfItsOwn() {
    String key = anyKey();
    String id = post("contacts", body("contacts"), key).json().getString("id");

    Answer elsewhere = post(web.otherLocation, "contacts", body("contacts"), key);
    Answer another = post("projects", body("projects"), key);
    Answer byAnother =
        web.send(
            "POST",
            "locations/" + web.location + "/contacts",
            "{\"firstName\":\"Eve\"}",
            "Authorization",
            "Bearer " + web.tokenFor(web.location),
            "Idempotency-Key",
            key);

    assertThat(elsewhere.status()).isEqualTo(201);
    assertThat(elsewhere.json().getString("id")).isNotEqualTo(id);
    assertThat(another.status()).isEqualTo(201);
    assertThat(byAnother.status()).isEqualTo(201);
  }

  @Test
  void whatWasChangedSinceIsAnsweredAsItIsNow() {
    String key = anyKey();
    String id = post("contacts", body("contacts"), key).json().getString("id");
    web.call("PATCH", "locations/" + web.location + "/contacts/" + id, "{\"city\":\"Oslo\"}");

    assertThat(post("contacts", body("contacts"), key).json().getString("city")).isEqualTo("Oslo");
  }

  @Test
  void whatWasDeletedSinceIsNotMadeAnew() {
    String key = anyKey();
    String id = post("contacts", body("contacts"), key).json().getString("id");
    web.call("DELETE", "locations/" + web.location + "/contacts/" + id, "");
    int before = count("contacts");

    Answer again = post("contacts", body("contacts"), key);

    assertThat(again.status()).isEqualTo(410);
    assertThat(again.problem()).isEqualTo("made-and-deleted");
    assertThat(count("contacts")).isEqualTo(before);
  }

  @Test
  void aKeyIsKnownForMoreThanADay() {
    String key = anyKey();
    String id = post("contacts", body("contacts"), key).json().getString("id");

    web.time.advance(Duration.ofHours(25));

    assertThat(post("contacts", body("contacts"), key).json().getString("id")).isEqualTo(id);
  }

  @Test
  void aKeyMayBeWrittenInQuotationMarks() {
    String key = anyKey();
    String id =
        post("contacts", body("contacts"), "\"a\\\"b\\\\" + key + "\"").json().getString("id");

    assertThat(post("contacts", body("contacts"), "a\"b\\" + key).json().getString("id"))
        .isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"", "\"\"", "\"a", "\"a\"b", "\"a\\b\"", "\"a\\"})
  void aKeyThatIsNoneIsRefused(String key) {
    int before = count("contacts");

    Answer answer = post("contacts", body("contacts"), key);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("malformed-request");
    assertThat(count("contacts")).isEqualTo(before);
  }

  @Test
  void aKeyIsBounded() {
    assertThat(post("contacts", body("contacts"), "k".repeat(256)).status()).isEqualTo(400);
    assertThat(post("contacts", body("contacts"), "k".repeat(255)).status()).isEqualTo(201);
  }
}
