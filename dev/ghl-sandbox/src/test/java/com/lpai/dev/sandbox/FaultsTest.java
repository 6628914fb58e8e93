package com.lpai.dev.sandbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.lpai.dev.sandbox.Client.Reply;
import com.lpai.dev.sandbox.fault.Fault;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FaultsTest extends Sandboxed {
  private static final String ANN = "{\"locationId\":\"location1\",\"firstName\":\"Ann\"}";

  private void fault(String fields) {
    Reply reply = anonymous.put("/sandbox/faults", "[{" + fields + "}]");
    assertThat(reply.status()).isEqualTo(200);
  }

  private int used() {
    return anonymous
        .get("/sandbox/faults")
        .json()
        .getJsonArray("items")
        .getJsonObject(0)
        .getInt("used");
  }

  @Test
  void aTimeoutAfterTheEffectDoesTheWorkAndNeverAnswers() {
    fault(
        "\"kind\":\"timeoutAfterEffect\",\"times\":1,"
            + "\"match\":{\"method\":\"POST\",\"path\":\"/contacts/\"}");
    Client impatient = user().waiting(Duration.ofMillis(300));

    assertThatThrownBy(() -> impatient.post("/contacts/", ANN))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(HttpTimeoutException.class);

    assertThat(sandbox.contactCount(LOCATION)).isEqualTo(1);
    assertThat(user().post("/contacts/", ANN).status()).isEqualTo(201);
    assertThat(used()).isEqualTo(1);
  }

  @Test
  void aSilentConnectionIsClosedAfterItsTime() {
    fault("\"kind\":\"timeoutAfterEffect\",\"holdMs\":50,\"match\":{\"path\":\"/contacts/\"}");

    assertThatThrownBy(() -> user().post("/contacts/", ANN))
        .hasCauseInstanceOf(IOException.class)
        .cause()
        .isNotInstanceOf(HttpTimeoutException.class);
    // The JDK's client repeats nothing that is not idempotent: one call, one contact.
    assertThat(sandbox.contactCount(LOCATION)).isEqualTo(1);
  }

  @Test
  void aTimeoutOrDropBeforeTheEffectDoesNothing() {
    for (String kind : new String[] {"timeout", "drop"}) {
      fault("\"kind\":\"" + kind + "\",\"holdMs\":20,\"match\":{\"path\":\"/contacts/*\"}");

      assertThatThrownBy(() -> user().post("/contacts/", ANN))
          .isInstanceOf(UncheckedIOException.class);
      assertThat(sandbox.contactCount(LOCATION)).isZero();
    }
  }

  @Test
  void aStatusComesWithItsBodyAndHeadersAndWithoutEffect() {
    fault(
        "\"kind\":\"status\",\"status\":429,\"body\":{\"message\":\"slow down\"},"
            + "\"headers\":{\"Retry-After\":\"3\"},\"match\":{\"locationId\":\"location1\"}");

    Reply reply = user().post("/contacts/", ANN);

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.header("Retry-After")).isEqualTo("3");
    assertThat(reply.messages()).containsExactly("slow down");
    assertThat(sandbox.contactCount(LOCATION)).isZero();
  }

  @Test
  void aStatusCanComeAfterTheEffectAndBeHtml() {
    fault("\"kind\":\"statusAfterEffect\",\"status\":502,\"body\":\"<html>\"");

    Reply reply = user().post("/contacts/", ANN);

    assertThat(reply.status()).isEqualTo(502);
    assertThat(reply.text()).isEqualTo("<html>");
    assertThat(sandbox.contactCount(LOCATION)).isEqualTo(1);
  }

  @Test
  void latencyDelaysTheAnswerOnly() {
    fault("\"kind\":\"latency\",\"latencyMs\":150");
    long start = System.nanoTime();

    Reply reply = user().post("/contacts/", ANN);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(149));
    assertThat(reply.status()).isEqualTo(201);
  }

  @Test
  void aFaultOfAnotherCallDoesNotHappen() {
    fault(
        "\"kind\":\"status\",\"match\":{\"method\":\"PUT\",\"path\":\"/contacts/{contactId}\","
            + "\"locationId\":\"location1\"}");

    assertThat(user().post("/contacts/", ANN).status()).isEqualTo(201);
    assertThat(user().put("/contacts/any", "{}").status()).isEqualTo(503);
    sandbox.clearFaults();
    assertThat(user().put("/contacts/any", "{}").status()).isEqualTo(404);
  }

  @Test
  void aRefreshWhoseAnswerIsLostCanBeRepeatedForTheSameTokens() {
    String refreshToken = tokens().getString("refresh_token");
    fault(
        "\"kind\":\"timeoutAfterEffect\",\"holdMs\":20,\"times\":1,"
            + "\"match\":{\"path\":\"/oauth/token\",\"locationId\":\"location1\"}");
    assertThatThrownBy(() -> refresh(refreshToken)).isInstanceOf(UncheckedIOException.class);

    Reply repeated = refresh(refreshToken);

    assertThat(repeated.status()).isEqualTo(200);
    assertThat(used()).isEqualTo(1);
    JsonObject calls = anonymous.get("/sandbox/calls?locationId=location1").json();
    assertThat(calls.toString())
        .contains("\"path\":\"/oauth/token\",\"status\":0,\"actor\":\"app\",\"count\":1");
  }

  @Test
  void webhooksAreLostDoubledOrLate() {
    sandbox.newAuthorizationCode(LOCATION);
    await().atMost(5, SECONDS).until(() -> app.webhooks().size() == 1);
    app.forget();

    fault("\"kind\":\"webhookDrop\",\"match\":{\"type\":\"ContactCreate\"},\"times\":1");
    aContact(ANN);
    assertThat(used()).isEqualTo(1);
    fault("\"kind\":\"webhookDuplicate\",\"copies\":3");
    aContact(ANN);
    await().atMost(5, SECONDS).until(() -> app.webhooks().size() == 3);
    fault("\"kind\":\"webhookDelay\",\"delayMs\":60000");
    aContact(ANN);
    assertThat(app.webhooks()).hasSize(3);
    advance(Duration.ofMinutes(1));

    await().atMost(5, SECONDS).until(() -> app.webhooks().size() == 4);
    assertThat(app.webhooks().get(0).body()).isEqualTo(app.webhooks().get(2).body());
  }

  @Test
  void aWrongFaultIsRefusedByName() {
    assertThat(anonymous.put("/sandbox/faults", "[{\"kind\":\"earthquake\"}]").messages())
        .first()
        .asString()
        .contains("unknown kind earthquake", "timeoutAfterEffect");
    assertThat(
            anonymous
                .put("/sandbox/faults", "[{\"kind\":\"drop\",\"match\":{\"verb\":\"GET\"}}]")
                .messages())
        .first()
        .asString()
        .contains("unknown property verb");
    assertThat(anonymous.put("/sandbox/faults", "{\"faults\":7}").status()).isEqualTo(400);
  }

  @Test
  void theReadmeNamesEachKind() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String table = readme.substring(readme.indexOf("| `kind` |"), readme.indexOf("A storm of 429"));

    List<String> named =
        Pattern.compile("(?m)^\\| `(\\w+)` \\|")
            .matcher(table.substring(table.indexOf('\n')))
            .results()
            .map(it -> it.group(1))
            .toList();
    assertThat(named).containsExactlyInAnyOrderElementsOf(Fault.Kind.names());
  }
}
