package com.lpai.dev.sandbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lpai.dev.sandbox.AppReceiver.Webhook;
import com.lpai.dev.sandbox.Client.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What goes wrong with webhooks on demand, and the rules of their delivery that can be set. */
class WebhookFaultsTest extends Sandboxed {

  @BeforeEach
  void install() {
    assertThat(sandbox.newAuthorizationCode(LOCATION)).isNotEmpty();
    received(1);
    app.forget();
  }

  private List<Webhook> received(int count) {
    await().atMost(5, SECONDS).until(() -> app.webhooks().size() >= count);
    return app.webhooks();
  }

  private void fault(String fields) {
    sandbox.putFaults("[{" + fields + "}]");
  }

  private void set(String settings) {
    sandbox.control("PUT", "/sandbox/settings", "{" + settings + "}");
  }

  private void create(String name) {
    aContact("{\"locationId\":\"location1\",\"firstName\":\"" + name + "\"}");
  }

  private void awaitAttempts(int attempts) {
    await()
        .atMost(5, SECONDS)
        .until(() -> sandbox.webhooks().getFirst().getInt("attempts") == attempts);
  }

  private String nextKeys() {
    return anonymous.get("/sandbox/keys?next=true").text();
  }

  @Test
  void theEventsOfAWindowComeInTheReverseOrder() {
    fault("\"kind\":\"webhookReorder\",\"windowMs\":10000");
    create("first");
    advance(Duration.ofSeconds(2));
    create("second");
    advance(Duration.ofSeconds(2));
    create("third");

    assertThat(app.webhooks()).isEmpty();
    // 12:00:07 is the time now, the window ends at 12:00:10.
    advance(Duration.ofSeconds(6));
    received(1);
    advance(Duration.ofSeconds(2));
    received(2);
    advance(Duration.ofSeconds(2));

    assertThat(received(3))
        .extracting(it -> it.json().getString("firstName"))
        .containsExactly("third", "second", "first");
  }

  @Test
  void aWrongSignatureIsRightWhenItIsRetried() throws Exception {
    fault("\"kind\":\"webhookBadSignature\",\"times\":1");
    app.answerWebhooksWith(401);
    create("Ann");
    awaitAttempts(1);
    app.answerWebhooksWith(200);
    advance(Duration.ofSeconds(13));

    List<Webhook> webhooks = received(2);

    assertThat(Signatures.ed25519IsRight(sandbox.publicKeys(), webhooks.get(0))).isFalse();
    assertThat(Signatures.ed25519IsRight(sandbox.publicKeys(), webhooks.get(1))).isTrue();
    assertThat(webhooks.get(0).body()).isEqualTo(webhooks.get(1).body());
  }

  @Test
  void theNextKeysSignOneOrAll() throws Exception {
    fault("\"kind\":\"webhookNextKey\",\"times\":1");
    create("Ann");
    Webhook one = received(1).getFirst();
    create("Bob");
    Webhook two = received(2).get(1);
    set("\"webhookKey\":\"next\"");
    create("Cid");
    Webhook three = received(3).get(2);

    assertThat(Signatures.ed25519IsRight(nextKeys(), one)).isTrue();
    assertThat(Signatures.rsaIsRight(nextKeys(), one)).isTrue();
    assertThat(Signatures.ed25519IsRight(sandbox.publicKeys(), one)).isFalse();
    assertThat(Signatures.ed25519IsRight(sandbox.publicKeys(), two)).isTrue();
    assertThat(Signatures.ed25519IsRight(nextKeys(), three)).isTrue();
  }

  @Test
  void anOversizedOneIsOfTheSizeAskedForAndRightlySigned() throws Exception {
    fault("\"kind\":\"webhookOversized\"");
    create("Zoë");

    Webhook webhook = received(1).getFirst();

    assertThat(webhook.body()).hasSize(1024 * 1024 + 1);
    assertThat(Signatures.ed25519IsRight(sandbox.publicKeys(), webhook)).isTrue();
  }

  @Test
  void aFaultMayLastForAWhile() {
    fault("\"kind\":\"status\",\"status\":429,\"forMs\":30000");
    Client client = user();

    assertThat(client.get("/locations/" + LOCATION).status()).isEqualTo(429);
    advance(Duration.ofSeconds(29));
    assertThat(client.get("/locations/" + LOCATION).messages())
        .containsExactly("Too Many Requests");
    advance(Duration.ofSeconds(1));

    assertThat(client.get("/locations/" + LOCATION).status()).isEqualTo(200);
  }

  @Test
  void aFaultMayHappenByChance() {
    fault("\"kind\":\"status\",\"status\":500,\"chance\":0.5");
    Client client = user();

    Set<Integer> statuses =
        IntStream.range(0, 40)
            .mapToObj(any -> client.get("/locations/" + LOCATION).status())
            .collect(Collectors.toSet());

    assertThat(statuses).containsExactlyInAnyOrder(200, 500);
  }

  @Nested
  class OldRetryRule {
    @Test
    void onlyA429IsRetriedSixTimesAtTenMinutes() {
      set("\"webhookRetry\":\"429-only\"");
      app.answerWebhooksWith(503);
      create("Ann");
      awaitAttempts(1);
      assertThat(sandbox.webhooks().getFirst().getString("state")).isEqualTo("given_up");

      app.forget();
      app.answerWebhooksWith(429);
      create("Bob");
      for (int attempt = 1; attempt <= 6; attempt++) {
        awaitAttempts(attempt);
        advance(Duration.ofMinutes(10));
      }
      awaitAttempts(7);

      assertThat(app.webhooks()).hasSize(7);
      await()
          .atMost(5, SECONDS)
          .until(() -> sandbox.webhooks().getFirst().getString("state").equals("given_up"));
    }
  }

  @Nested
  class Headers {
    private Webhook sentWith(String signatures) {
      set("\"webhookSignatures\":\"" + signatures + "\"");
      app.forget();
      create("Ann");
      return received(1).getFirst();
    }

    @Test
    void areBothOrOneOrNotAvailable() throws Exception {
      Webhook ed25519 = sentWith("ed25519");
      assertThat(Signatures.ed25519IsRight(sandbox.publicKeys(), ed25519)).isTrue();
      assertThat(ed25519.headers()).doesNotContainKey("X-wh-signature");

      Webhook rsa = sentWith("rsa");
      assertThat(Signatures.rsaIsRight(sandbox.publicKeys(), rsa)).isTrue();
      assertThat(rsa.headers()).doesNotContainKey("X-ghl-signature");

      Webhook notAvailable = sentWith("n/a");
      assertThat(notAvailable.headers().getFirst("X-GHL-Signature")).isEqualTo("N/A");
      assertThat(Signatures.rsaIsRight(sandbox.publicKeys(), notAvailable)).isTrue();
    }
  }

  @Test
  void severalServersTakeTurns() {
    try (AppReceiver second = new AppReceiver()) {
      set("\"webhookUrls\":[\"%s\",\"%s\"]".formatted(app.webhookUrl(), second.webhookUrl()));
      for (int i = 0; i < 4; i++) {
        create("Ann");
      }

      received(2);
      await().atMost(5, SECONDS).until(() -> second.webhooks().size() == 2);
      assertThat(app.webhooks()).hasSize(2);
    }
  }

  @Test
  void eventsMayLackFieldsAndBeLate() {
    set("\"webhookLeavesOutFields\":true,\"webhookJitterMillis\":60000");
    for (int i = 0; i < 20; i++) {
      create("Ann");
    }
    assertThat(app.webhooks()).hasSizeLessThan(10);

    advance(Duration.ofMinutes(1));

    List<JsonObject> events = received(20).stream().map(Webhook::json).toList();
    assertThat(events).allSatisfy(it -> assertThat(it).containsKeys("id", "locationId", "type"));
    assertThat(events.stream().filter(it -> it.containsKey("firstName")).count())
        .isBetween(5L, 19L);
  }

  @Test
  void theListCanBeNarrowed() {
    create("Ann");
    received(1);
    await()
        .atMost(5, SECONDS)
        .untilAsserted(
            () -> {
              Reply reply = anonymous.get("/sandbox/webhooks?type=ContactCreate&state=delivered");
              assertThat(reply.json().getJsonArray("items"))
                  .singleElement()
                  .satisfies(
                      it ->
                          assertThat(it.asJsonObject())
                              .containsEntry("type", type("ContactCreate")));
            });
    assertThat(anonymous.get("/sandbox/webhooks?state=pending").json().getJsonArray("items"))
        .isEmpty();
  }

  private static JsonString type(String name) {
    return JsonText.string(name);
  }
}
