package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lpai.architecture.system.HttpCalls.Answer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input to the running server always gets a clear answer. */
class RestRefusalsIT {
  private static final String LOCATION = "rest-" + UUID.randomUUID();
  private static final String CONTACTS = "/api/locations/" + LOCATION + "/contacts";
  private static RunningSystem system;

  @BeforeAll
  static void install() {
    system = RunningSystem.shared();
    Sandbox sandbox = new Sandbox(system);
    sandbox.hasLocation(LOCATION, 3);
    sandbox.installs(LOCATION);
    await("the location is known")
        .atMost(Duration.ofSeconds(30))
        .until(() -> system.operator().get(CONTACTS).status() == 200);
  }

  private static void isProblem(Answer answer, int status, String kind) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().getString("type")).isEqualTo("urn:lpai:problem:" + kind);
    assertThat(answer.json().getInt("status")).isEqualTo(status);
    assertThat(answer.body()).doesNotContain("Exception", "com.lpai", "jakarta");
  }

  private static Answer post(String path, String body, String contentType) {
    return system.operator().send("POST", path, BodyPublishers.ofString(body), contentType);
  }

  @Test
  void withoutATokenNothingIsAnswered() {
    Answer answer = system.server().get(CONTACTS);

    isProblem(answer, 401, "unauthorized");
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
  }

  @Test
  void aForgedTokenIsRefused() {
    String token = system.evaluationToken();
    String forged = token.substring(0, token.length() - 8) + "AAAAAAAA";

    isProblem(system.server().withBearer(forged).get(CONTACTS), 401, "unauthorized");
    isProblem(system.server().withBearer("x.y.z").get(CONTACTS), 401, "unauthorized");
    isProblem(
        system.server().with("Authorization", "Basic b3A6cHc=").get(CONTACTS), 401, "unauthorized");
  }

  @Test
  void aLocationThatIsNotOnesOwnDoesNotExist() {
    isProblem(system.operator().get("/api/locations/of-nobody/contacts"), 404, "not-found");
    isProblem(system.operator().get("/api/locations/of-nobody"), 404, "not-found");
    isProblem(
        post("/api/locations/of-nobody/contacts", "{\"firstName\":\"A\"}", "application/json"),
        404,
        "not-found");
  }

  @Test
  void unknownPropertiesAreNamed() {
    Answer answer = post(CONTACTS, "{\"firstName\":\"A\",\"shoe\":42}", "application/json");

    isProblem(answer, 400, "unknown-property");
    assertThat(answer.json().getJsonArray("errors").getValuesAs(JsonObject.class))
        .extracting(error -> error.getString("field"))
        .containsExactly("shoe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not json", "[]", "{\"a\":1,\"a\":2}", "{\"firstName\":\"A\"}}"})
  void aBodyThatIsNoObjectIsRefused(String body) {
    isProblem(post(CONTACTS, body, "application/json"), 400, "malformed-request");
  }

  @Test
  void aBodyOfMoreThanOneMebibyteIsRefused() {
    String body = "{\"firstName\":\"" + "a".repeat(1 << 20) + "\"}";

    isProblem(post(CONTACTS, body, "application/json"), 413, "too-large");
  }

  @ParameterizedTest
  @CsvSource({"text/plain, 415", "nonsense, 415", "application/x-www-form-urlencoded, 415"})
  void otherMediaTypesAreRefused(String contentType, int status) {
    isProblem(post(CONTACTS, "{}", contentType), status, "unsupported-media-type");
  }

  @Test
  void aWrongMethodIsRefusedWithTheRightOnes() {
    Answer answer = system.operator().put(CONTACTS, Json.createObjectBuilder().build());

    isProblem(answer, 405, "method-not-allowed");
    assertThat(answer.header("Allow")).contains("GET", "POST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/",
        "/api/nothing",
        "/api/locations/%20/contacts",
        "/api/locations/..%2f..%2fx",
        "/api/locations/a%0ab/contacts",
        "/nothing.html",
        "/WEB-INF/web.xml",
        "/problem"
      })
  void anAddressThatDoesNotExistIsNotFound(String path) {
    Answer answer = system.operator().get(path);

    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.body()).doesNotContain("Exception", "com.lpai", "jakarta");
  }

  @Test
  void whatAnotherPersonChangedMeanwhileIsNotOverwritten() {
    JsonObject contact = post(CONTACTS, "{\"firstName\":\"Ada\"}", "application/json").json();
    String path = CONTACTS + "/" + contact.getString("id");
    JsonObject city = Json.createObjectBuilder().add("city", "London").build();

    Answer stale = system.operator().with("If-Match", "\"0\"").patch(path, city);

    isProblem(stale, 412, "changed-meanwhile");
  }

  @Test
  void anOutsideClockNeedsItsSecret() {
    isProblem(system.operator().get("/api/cron/process-webhooks"), 401, "unauthorized");
    assertThat(
            system
                .server()
                .withBearer(system.cronSecret())
                .get("/api/cron/process-webhooks")
                .status())
        .isEqualTo(202);
  }

  @Test
  void pagesTellBrowsersWhatTheyMayDo() {
    for (String path : new String[] {"/", "/app.js", "/api/session", "/nothing"}) {
      Answer answer = system.server().get(path);

      assertThat(answer.header("Content-Security-Policy"))
          .as(path)
          .contains("default-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }
  }
}
