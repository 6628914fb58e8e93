package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.architecture.system.HttpCalls.Answer;
import com.lpai.dev.sandbox.hostile.HostileBodies;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The webhook address of the running server, with keys of this test in place of GoHighLevel's. */
class WebhookIntakeIT {
  private static final String PATH = "/api/webhooks/ghl/native";
  private static final int LIMIT = 1 << 20;

  @TempDir private static Path directory;
  private static KeyPair current;
  private static KeyPair legacy;
  private static RunningSystem system;

  @BeforeAll
  static void start() throws GeneralSecurityException, IOException {
    current = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    legacy = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    Path keys = directory.resolve("keys.pem");
    Files.writeString(keys, pem(current) + pem(legacy));
    system = RunningSystem.start(Map.of("GHL_WEBHOOK_PUBLIC_KEYS", keys.toString()));
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  private static String pem(KeyPair keys) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(keys.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  private static String signature(byte[] body, KeyPair keys, String algorithm) {
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(keys.getPrivate());
      signer.update(body);
      return Base64.getEncoder().encodeToString(signer.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Answer send(byte[] body, String signature) {
    return system
        .server()
        .with("X-GHL-Signature", signature)
        .send("POST", PATH, BodyPublishers.ofByteArray(body), "application/json");
  }

  private static Answer sendSigned(byte[] body) {
    return send(body, signature(body, current, "Ed25519"));
  }

  private static Answer sendSigned(String body) {
    return sendSigned(body.getBytes(StandardCharsets.UTF_8));
  }

  /** An event of exactly this many bytes. */
  private static byte[] event(int size) {
    String head = event(UUID.randomUUID().toString(), "").replaceFirst("}$", ",\"note\":\"");
    String body = head + "x".repeat(size - head.length() - 2) + "\"}";
    assertThat(body).hasSize(size);
    return body.getBytes(StandardCharsets.UTF_8);
  }

  private static String event(String webhookId, String more) {
    return "{\"type\":\"ContactUpdate\",\"locationId\":\"nobody\",\"id\":\"c1\",\"webhookId\":\""
        + webhookId
        + "\""
        + more
        + "}";
  }

  private static long stored() {
    return system.database().getCollection("webhook_queue").countDocuments();
  }

  @Test
  void aGenuineEventIsStoredOnceHoweverOftenItComes() {
    String event = event(UUID.randomUUID().toString(), "");
    long before = stored();

    Answer first = sendSigned(event);
    Answer second = sendSigned(event);

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body()).isEqualTo("{\"success\":true}");
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body()).isEqualTo("{\"success\":true,\"duplicate\":true}");
    assertThat(stored()).isEqualTo(before + 1);
  }

  @Test
  void theLegacySignatureIsAcceptedWhereTheOtherIsAbsent() {
    byte[] body = event(UUID.randomUUID().toString(), "").getBytes(StandardCharsets.UTF_8);

    Answer answer =
        system
            .server()
            .with("X-WH-Signature", signature(body, legacy, "SHA256withRSA"))
            .send("POST", PATH, BodyPublishers.ofByteArray(body), "application/json");

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void aWrongMissingOrMalformedSignatureIsRefusedAndNothingIsStored()
      throws GeneralSecurityException {
    byte[] body = event(UUID.randomUUID().toString(), "").getBytes(StandardCharsets.UTF_8);
    byte[] changed = event(UUID.randomUUID().toString(), "").getBytes(StandardCharsets.UTF_8);
    KeyPair stranger = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    long before = stored();

    assertThat(send(body, signature(body, stranger, "Ed25519")).status()).isEqualTo(401);
    assertThat(send(changed, signature(body, current, "Ed25519")).status()).isEqualTo(401);
    assertThat(send(body, "not base64 !").status()).isEqualTo(401);
    assertThat(send(body, "AAAA").status()).isEqualTo(401);
    assertThat(
            system
                .server()
                .send("POST", PATH, BodyPublishers.ofByteArray(body), "application/json")
                .status())
        .isEqualTo(401);
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void aGoodLegacySignatureDoesNotMendAWrongCurrentOne() {
    byte[] body = event(UUID.randomUUID().toString(), "").getBytes(StandardCharsets.UTF_8);

    Answer answer =
        system
            .server()
            .with("X-GHL-Signature", "AAAA")
            .with("X-WH-Signature", signature(body, legacy, "SHA256withRSA"))
            .send("POST", PATH, BodyPublishers.ofByteArray(body), "application/json");

    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void anEventOfAnotherAppIsAnsweredAndNotStored() {
    long before = stored();

    Answer answer =
        sendSigned(event(UUID.randomUUID().toString(), ",\"appId\":\"somebody-elses\""));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"success\":true,\"ignored\":\"other app\"}");
    assertThat(stored()).isEqualTo(before);
  }

  /** Trap 26. */
  @Test
  void oneMebibyteIsAcceptedAndOneByteMoreIsNot() {
    assertThat(sendSigned(event(LIMIT)).status()).isEqualTo(200);
    assertThat(sendSigned(event(LIMIT + 1)).status()).isEqualTo(413);
  }

  @Test
  void theLimitHoldsWithoutALengthToo() {
    byte[] large = event(LIMIT + 1);
    byte[] fitting = event(LIMIT);

    assertThat(sendChunked(large).status()).isEqualTo(413);
    assertThat(sendChunked(fitting).status()).isEqualTo(200);
  }

  private static Answer sendChunked(byte[] body) {
    return system
        .server()
        .with("X-GHL-Signature", signature(body, current, "Ed25519"))
        .send(
            "POST",
            PATH,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
            "application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "not json",
        "[]",
        "7",
        "null",
        "\"text\"",
        "{}",
        "{\"locationId\":\"loc\"}",
        "{\"type\":7}",
        "{\"type\":\"\"}",
        "{\"type\":",
        "{\"type\":\"ContactCreate\"} trailing",
        "\u0000\u0001"
      })
  void whatIsNoEventIsRefused(String body) {
    Answer answer = sendSigned(body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().getString("type")).isEqualTo("urn:lpai:problem:not-an-event");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"ContactCreate\",\"locationId\":{\"$oid\":\"5f\"},\"id\":[1,2]}",
        "{\"type\":\"ContactCreate\",\"locationId\":\"l\",\"id\":\"c\",\"a.b\":{\"$where\":\"1\"}}",
        "{\"type\":\"ContactCreate\",\"type\":\"ContactDelete\",\"locationId\":\"l\",\"id\":\"c\"}",
        "{\"type\":\"\\ud800\",\"locationId\":\"\\u0000\",\"id\":\"\\udfff\"}",
        "{\"type\":\"ContactCreate\",\"locationId\":\"l\",\"id\":\"c\",\"n\":1e999999999}",
        "{\"type\":\"ContactCreate\",\"locationId\":\"a b\",\"timestamp\":\"yesterday\"}"
      })
  void aHostileEventIsNeverAFaultOfOurs(String body) {
    assertThat(sendSigned(body).status()).isIn(200, 400);
  }

  /** Trap 26. */
  @Test
  void deepNestingAndBrokenTextAreNeverAFaultOfOurs() {
    String deep = "{\"type\":\"ContactCreate\",\"a\":" + "[".repeat(200_000);
    byte[] notUtf8 = {'{', '"', 't', 'y', 'p', 'e', '"', ':', '"', (byte) 0xff, '"', '}'};

    assertThat(sendSigned(deep).status()).isEqualTo(400);
    assertThat(sendSigned(notUtf8).status()).isEqualTo(400);
    assertThat(sendSigned(notUtf8).json().getString("detail")).contains("not in UTF-8");
  }

  /** Some of those that the fuzz test of adapters-ghl sends without HTTP. */
  @Test
  void afterTwoThousandHostileBodiesAGoodEventIsApplied() {
    long seed = new SplittableRandom().nextLong();
    System.out.println("hostile webhooks over HTTP: seed " + seed);
    Sandbox sandbox = new Sandbox(system);
    sandbox.hasLocation("besieged", 1);
    sandbox.installs("besieged");
    Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> !contacts().isEmpty());
    Map<Integer, Integer> statuses = new TreeMap<>();

    for (byte[] body : new HostileBodies(seed).next(2_000)) {
      statuses.merge(sendSigned(body).status(), 1, Integer::sum);
    }

    System.out.println("hostile webhooks over HTTP: " + statuses);
    assertThat(statuses.keySet()).containsOnly(200, 400);
    String ghlId = contacts().getJsonObject(0).getString("ghlContactId");
    // The sandbox tells of it, too, with a signature that this server does not accept.
    sandbox
        .asUserOf("besieged")
        .put("/contacts/" + ghlId, Json.createObjectBuilder().add("city", "Reykjavik").build());
    JsonObject good =
        Json.createObjectBuilder()
            .add("type", "ContactUpdate")
            .add("locationId", "besieged")
            .add("id", ghlId)
            .add("webhookId", UUID.randomUUID().toString())
            .add("timestamp", sandbox.now().toString())
            .add("city", "Reykjavik")
            .build();
    assertThat(sendSigned(good.toString()).status()).isEqualTo(200);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> contacts().getJsonObject(0).getString("city", "").equals("Reykjavik"));
  }

  private static JsonArray contacts() {
    return system
        .operator()
        .get("/api/locations/besieged/contacts?limit=1")
        .json()
        .getJsonArray("items");
  }

  @Test
  void nativeCodeVerifiesSignaturesInTheServer() {
    assertThat(system.logs()).contains("Signatures of webhooks are verified by Conscrypt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-16",
        "multipart/form-data",
        "nonsense"
      })
  void anyContentTypeIsAccepted(String contentType) {
    byte[] body = event(UUID.randomUUID().toString(), "").getBytes(StandardCharsets.UTF_8);

    Answer answer =
        system
            .server()
            .with("X-GHL-Signature", signature(body, current, "Ed25519"))
            .send("POST", PATH, BodyPublishers.ofByteArray(body), contentType);

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void whatBecameOfEventsIsCounted() {
    sendSigned("not json");

    JsonObject ingest =
        system.operator().get("/api/operations/overview").json().getJsonObject("ingest");

    assertThat(ingest.getInt("notEvents")).isPositive();
    assertThat(ingest.getInt("verified")).isGreaterThanOrEqualTo(ingest.getInt("legacySignatures"));
    assertThat(ingest.getJsonObject("refused").getInt("storage")).isZero();
  }
}
