package com.lpai.dev.sandbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lpai.dev.sandbox.AppReceiver.Webhook;
import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WebhooksTest extends Sandboxed {
  private static final String ANN =
      """
      {"locationId":"location1","firstName":"Ann","lastName":"Lee","email":"ann@example.com",
       "dateOfBirth":"1990-09-25","address1":"1 Main St","tags":["a"]}""";

  private void install() {
    String code = sandbox.newAuthorizationCode(LOCATION);
    assertThat(code).isNotEmpty();
    receive(1);
    app.forget();
  }

  private List<Webhook> receive(int count) {
    await().atMost(5, SECONDS).until(() -> app.webhooks().size() >= count);
    return app.webhooks();
  }

  private long pending() {
    return sandbox.webhooks().stream()
        .filter(it -> it.getString("state").equals("pending"))
        .count();
  }

  private JsonObject newest() {
    return sandbox.webhooks().getFirst();
  }

  @Test
  void installingSendsTheInstallEventAndCallsTheCallbackWithoutState() throws Exception {
    int status = sandbox.install(LOCATION);

    assertThat(status).isEqualTo(200);
    assertThat(app.callbacks()).singleElement().asString().matches("code=[\\w-]+");
    JsonObject event = receive(1).getFirst().json();
    assertThat(event.getString("type")).isEqualTo("INSTALL");
    assertThat(event.getString("appId")).isEqualTo("sandboxapp");
    assertThat(event.getString("locationId")).isEqualTo(LOCATION);
    assertThat(event.getString("companyId")).isEqualTo("sandboxCompany");
    assertThat(event).containsKeys("userId", "companyName", "isWhitelabelCompany", "webhookId");
  }

  @Test
  void uninstallingSendsTheUninstallEventAndNothingAfterIt() {
    install();

    sandbox.uninstall(LOCATION);
    receive(1);
    aContact(ANN);

    assertThat(app.types()).containsExactly("UNINSTALL");
    assertThat(pending()).isZero();
  }

  @Test
  void aLocationWithoutTheAppSendsNothing() {
    aContact(ANN);

    assertThat(sandbox.webhooks()).isEmpty();
  }

  @Test
  void aContactEventHasGoHighLevelsEnvelopeAndTheWholeContact() {
    install();

    String id = aContact(ANN);

    JsonObject event = receive(1).getFirst().json();
    assertThat(event.getString("type")).isEqualTo("ContactCreate");
    assertThat(event.getString("id")).isEqualTo(id);
    assertThat(event.getString("locationId")).isEqualTo(LOCATION);
    assertThat(event.getString("versionId")).isNotEmpty();
    assertThat(event.getString("timestamp")).isEqualTo("2026-11-22T12:00:03.000Z");
    assertThat(event.getString("webhookId")).hasSize(36);
    assertThat(event.getString("dateOfBirth")).isEqualTo("1990-09-25T00:00:00.000Z");
    assertThat(event.getString("address1")).isEqualTo("1 Main St");
    assertThat(event).containsKeys("attachments", "tags", "customFields", "dnd");
    assertThat(event).doesNotContainKeys("dateUpdated", "assignedTo", "emailLowerCase", "phone");
  }

  @Test
  void eachKindOfChangeHasItsOwnEvent() {
    install();
    String id = aContact(ANN);
    receive(1);
    app.forget();

    user().put("/contacts/" + id, "{\"city\":\"Rome\",\"tags\":[\"b\"],\"dnd\":true}");
    receive(3);

    assertThat(app.types())
        .containsExactlyInAnyOrder("ContactUpdate", "ContactTagUpdate", "ContactDndUpdate");
    app.forget();
    user().put("/contacts/" + id, "{\"city\":\"Rome\"}");
    user().post("/contacts/" + id + "/tags", "{\"tags\":[\"b\"]}");
    user().delete("/contacts/" + id);
    receive(1);
    assertThat(app.types()).containsExactly("ContactDelete");
  }

  @Test
  void theAppsOwnChangesComeBackAsEchoes() {
    Client client = installedApp();
    receive(1);
    app.forget();

    client.post("/contacts/", ANN);

    assertThat(receive(1).getFirst().type()).isEqualTo("ContactCreate");
  }

  @Test
  void bothSignaturesAreRightOverTheRawBytes() throws Exception {
    install();
    aContact(ANN.replace("Ann", "Zoë \\u00e9"));

    Webhook webhook = receive(1).getFirst();

    assertThat(Signatures.ed25519IsRight(sandbox.publicKeys(), webhook)).isTrue();
    assertThat(Signatures.rsaIsRight(sandbox.publicKeys(), webhook)).isTrue();
    assertThat(webhook.headers().getFirst("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void anythingBut2xxIsRetriedTwelveTimesOnTheClockWithTheSameBytes() {
    install();
    app.answerWebhooksWith(401);
    aContact(ANN);
    for (int attempt = 1; attempt <= 12; attempt++) {
      int made = attempt;
      await().atMost(5, SECONDS).until(() -> newest().getInt("attempts") == made && pending() == 1);
      advance(Duration.ofHours(8));
    }
    await().atMost(5, SECONDS).until(() -> pending() == 0);
    advance(Duration.ofDays(3));

    assertThat(app.webhooks()).hasSize(13);
    assertThat(newest().getString("state")).isEqualTo("given_up");
    assertThat(newest().getInt("lastStatus")).isEqualTo(401);
    Set<String> bodies =
        app.webhooks().stream()
            .map(it -> JsonText.parse(it.body()).orElseThrow().toString())
            .collect(Collectors.toSet());
    assertThat(bodies).hasSize(1);
  }

  @Test
  void aRetryWaitsForItsTimeAndStopsAtTheFirst2xx() {
    install();
    app.answerWebhooksWith(503);
    aContact(ANN);
    await().atMost(5, SECONDS).until(() -> newest().getInt("attempts") == 1);
    app.answerWebhooksWith(204);

    advance(Duration.ofSeconds(7));
    assertThat(newest().getInt("attempts")).isEqualTo(1);
    advance(Duration.ofSeconds(6));

    await().atMost(5, SECONDS).until(() -> newest().getString("state").equals("delivered"));
    assertThat(app.webhooks()).hasSize(2);
  }

  @Test
  void anyWebhookCanBeSentByHand() throws Exception {
    anonymous.post(
        "/sandbox/webhooks",
        """
        {"type":"LocationUpdate","payload":{"id":"location1","appId":"other","webhookId":null},
         "times":3}""");

    List<Webhook> webhooks = receive(3);

    assertThat(webhooks).hasSize(3);
    assertThat(webhooks.getFirst().json())
        .containsEntry("appId", JsonText.string("other"))
        .doesNotContainKeys("webhookId", "locationId");
    assertThat(Signatures.ed25519IsRight(sandbox.publicKeys(), webhooks.getFirst())).isTrue();
  }

  @Test
  void aBadOrMissingSignatureCanBeAskedFor() throws Exception {
    sandbox.sendWebhook("ContactUpdate", JsonText.object().build(), "bad");
    receive(1);
    sandbox.sendWebhook("ContactUpdate", JsonText.object().build(), "none");

    List<Webhook> webhooks = receive(2);

    assertThat(Signatures.ed25519IsRight(sandbox.publicKeys(), webhooks.get(0))).isFalse();
    assertThat(webhooks.get(1).headers()).doesNotContainKeys("X-ghl-signature", "X-wh-signature");
  }

  @Test
  void aWebhookCanBeSentLater() {
    anonymous.post("/sandbox/webhooks", "{\"type\":\"ContactUpdate\",\"delayMs\":60000}");
    assertThat(pending()).isEqualTo(1);

    advance(Duration.ofMinutes(1));

    assertThat(receive(1)).hasSize(1);
  }
}
