package com.lpai.dev.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.dev.sandbox.Client.Reply;
import com.lpai.dev.sandbox.world.Seeding;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlApiTest extends Sandboxed {

  private static List<JsonObject> items(Reply reply) {
    return reply.json().getJsonArray("items").getValuesAs(JsonObject.class);
  }

  @Test
  void aLocationIsMadeAndCounted() {
    Reply made =
        anonymous.post(
            "/sandbox/locations",
            """
            {"locationId":"new","companyId":"c1","name":"New","timezone":"Europe/Rome",
             "country":"IT","contacts":25,"users":2,"opportunities":20,"pipelines":1,
             "seed":5}""");

    assertThat(made.status()).isEqualTo(201);
    JsonObject counts = anonymous.get("/sandbox/locations/new/counts").json();
    assertThat(counts.getInt("contacts")).isEqualTo(25);
    assertThat(counts.getInt("users")).isEqualTo(2);
    assertThat(counts.getInt("opportunities")).isEqualTo(20);
    assertThat(items(anonymous.get("/sandbox/locations"))).hasSize(2);
  }

  @Test
  void theSameSeedGivesTheSamePeople() {
    Seeding seeding = Seeding.of("seeded").withContacts(40, 11);
    String first;
    try (GhlSandbox one = GhlSandbox.start(config())) {
      one.createLocation(seeding);
      first = everybody(one);
    }
    try (GhlSandbox two = GhlSandbox.start(config())) {
      two.createLocation(seeding);
      assertThat(everybody(two)).isEqualTo(first);
    }
  }

  private static String everybody(GhlSandbox sandbox) {
    return Client.of(sandbox)
        .withToken(sandbox.userToken("seeded"))
        .post("/contacts/search", "{\"locationId\":\"seeded\",\"pageLimit\":100}")
        .json()
        .getJsonArray("contacts")
        .toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/sandbox/locations | {\"locationId\":\"x\",\"opportunities\":3} | opportunities must be at most contacts times pipelines",
        "/sandbox/locations | {\"locationId\":\"x\",\"foo\":3} | unknown property foo",
        "/sandbox/locations | {\"locationId\":\"x\",\"contacts\":-1} | contacts must be a whole number",
        "/sandbox/locations | {\"locationId\":\"x\",\"contacts\":99999999} | contacts must be at most",
        "/sandbox/locations | {\"locationId\":\"x\",\"timezone\":\"Mars\"} | timezone must be",
        "/sandbox/locations | {} | locationId is required",
        "/sandbox/locations | nonsense | must be a JSON object",
        "/sandbox/installs | {\"companyId\":\"c\",\"locationId\":\"d\"} | send either locationId or companyId",
        "/sandbox/installs | {\"companyId\":\"sandboxCompany\",\"locations\":[\"x\"]} | not a location of this company: x",
        "/sandbox/installs | {\"locationId\":\"location1\",\"webhooks\":\"later\"} | webhooks must be one of",
        "/sandbox/tokens/expire | {} | send locationId, companyId or",
        "/sandbox/installs | {\"locationId\":\"none\"} | there is no location none",
        "/sandbox/tokens | {\"locationId\":\"none\"} | there is no location none",
        "/sandbox/clock | {\"advance\":\"soon\"} | advance must be",
        "/sandbox/clock | {\"advance\":-5} | advance must be",
        "/sandbox/clock | {} | advance is required",
        "/sandbox/webhooks | {\"payload\":{}} | type is required",
        "/sandbox/webhooks | {\"type\":\"X\",\"sign\":\"maybe\"} | sign must be"
      })
  void mistakesAreSaid(String path, String body, String message) {
    Reply reply = anonymous.post(path, body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.messages()).first().asString().contains(message);
  }

  @Test
  void aLocationIsNotMadeTwice() {
    Reply reply = anonymous.post("/sandbox/locations", "{\"locationId\":\"location1\"}");

    assertThat(reply.status()).isEqualTo(409);
  }

  @Test
  void anUnknownControlCallIs404() {
    assertThat(anonymous.get("/sandbox/nothing").status()).isEqualTo(404);
    assertThat(anonymous.get("/sandbox/locations/none/counts").status()).isEqualTo(404);
  }

  @Test
  void installAnswersTheCallbacksStatus() {
    Reply reply = anonymous.post("/sandbox/installs", "{\"locationId\":\"location1\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().getInt("callbackStatus")).isEqualTo(200);
    assertThat(anonymous.delete("/sandbox/installs/location1").status()).isEqualTo(200);
  }

  @Nested
  class WithoutApp extends Sandboxed {
    @Override
    SandboxConfig config() {
      return super.config().withRedirectUri(URI.create("http://localhost:1/callback"));
    }

    @Test
    void installSaysWhenTheCallbackDoesNotAnswer() {
      Reply reply = anonymous.post("/sandbox/installs", "{\"locationId\":\"location1\"}");

      assertThat(reply.status()).isEqualTo(502);
      assertThat(reply.messages()).first().asString().contains("http://localhost:1/callback");
    }
  }

  @Test
  void callsAreCountedByTemplateStatusAndActor() {
    String id = aContact("{\"locationId\":\"location1\",\"firstName\":\"Ann\"}");
    Client client = installedApp();
    client.put("/contacts/" + id, "{\"city\":\"Rome\"}");
    client.put("/contacts/" + id, "{\"foo\":\"Rome\"}");
    client.get("/opportunities/pipelines?locationId=location1");

    JsonObject calls = anonymous.get("/sandbox/calls?actor=app&detail=true").json();

    assertThat(calls.getJsonArray("items").toString())
        .contains(
            "{\"method\":\"PUT\",\"path\":\"/contacts/{contactId}\",\"status\":200,"
                + "\"actor\":\"app\",\"count\":1}")
        .contains("\"status\":422");
    JsonObject put = calls.getJsonArray("calls").getJsonObject(1);
    assertThat(put.getJsonArray("fields").toString()).isEqualTo("[\"city\"]");
    assertThat(put.getJsonObject("body").getString("city")).isEqualTo("Rome");
    assertThat(put.getString("target")).isEqualTo("/contacts/" + id);
    assertThat(put.getJsonObject("query")).isEmpty();
    assertThat(calls.getJsonArray("calls").getJsonObject(3).getJsonObject("query").toString())
        .isEqualTo("{\"locationId\":\"location1\"}");
  }

  @Test
  void theCallLogHoldsNoSecrets() {
    JsonObject tokens = tokens();
    refresh(tokens.getString("refresh_token"));

    String log = anonymous.get("/sandbox/calls?detail=true").text();

    assertThat(log)
        .contains("\"grantType\":\"refresh_token\"")
        .doesNotContain(
            tokens.getString("refresh_token"),
            tokens.getString("access_token"),
            SandboxConfig.CLIENT_SECRET);
  }

  @Test
  void callsCanBeForgotten() {
    user().get("/locations/location1");

    assertThat(anonymous.delete("/sandbox/calls").status()).isEqualTo(204);

    assertThat(items(anonymous.get("/sandbox/calls"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'\"PT1H\"', 3600000", "90, 90000", "'\"90\"', 90000", "0.5, 500"})
  void theClockMoves(String advance, long offset) {
    Reply reply = anonymous.post("/sandbox/clock", "{\"advance\":" + advance + "}");

    assertThat(reply.json().getJsonNumber("offsetMillis").longValue()).isEqualTo(offset);
    assertThat(anonymous.get("/sandbox/clock").json()).isEqualTo(reply.json());
    assertThat(sandbox.clock().instant()).isEqualTo(START.plusMillis(offset));
  }

  @Test
  void keysAreTwoPemBlocks() {
    assertThat(anonymous.get("/sandbox/keys").text())
        .isEqualTo(sandbox.publicKeys())
        .containsPattern("(?s)BEGIN PUBLIC KEY.*BEGIN PUBLIC KEY");
  }

  @Test
  void theIndexPageOffersToInstall() {
    Reply page = anonymous.get("/");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("data-location=\"location1\"").contains("Install");
    assertThat(page.text()).doesNotContain("data-company=\"");
    sandbox.createLocation(Seeding.of("second"));
    assertThat(anonymous.get("/").text()).contains("data-company=\"sandboxCompany\"");
  }
}
