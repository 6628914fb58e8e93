package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks in bad weather while servers and the database are killed, on real processes. */
class WebhookFaultsIT {
  private static final int KILLS = 3;
  private static final int CONNECTIONS = 32;
  private static final int WARM = 1_000;
  private static final int EVENTS = 3_000;
  private static final int RATE = 50;
  private static final Duration BETWEEN = Duration.ofSeconds(2);

  /** About 40 changes a second: more would only keep what was killed from starting again. */
  private static final Duration REST = Duration.ofMillis(150);

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Test
  void everyAcknowledgedEventIsAppliedOnceAndInOrderThoughServerAndDatabaseAreKilled() {
    try (RunningSystem system = RunningSystem.start();
        WebhookStorm storm = new WebhookStorm(system, 1, REST)) {
      storm.begin();
      for (int kill = 0; kill < KILLS; kill++) {
        WebhookStorm.pause(BETWEEN);
        system.killServer();
        system.startServer();
        WebhookStorm.pause(BETWEEN);
        system.killDatabase();
        system.startDatabase();
      }
      WebhookStorm.pause(BETWEEN);

      assertNothingIsFound(storm);
    }
  }

  @Test
  void ofTwoServersOneIsKilledAndTheOtherGoesOn() {
    try (RunningSystem system = RunningSystem.builder().servers(2).start()) {
      Sandbox sandbox = new Sandbox(system);
      sandbox.behaves(
          "{\"webhookUrls\":[\"%s/api/webhooks/ghl/native\",\"%s/api/webhooks/ghl/native\"]}"
              .formatted(system.server(1).uri(), system.server(2).uri()));
      try (WebhookStorm storm = new WebhookStorm(system, 2, REST)) {
        storm.begin();
        WebhookStorm.pause(BETWEEN);
        system.server(2).kill();
        WebhookStorm.pause(BETWEEN.multipliedBy(2));
        system.server(2).start();
        WebhookStorm.pause(BETWEEN);

        assertNothingIsFound(storm);
      }
    }
  }

  @Test
  void whileTheDatabaseIsAwayAllAreToldToComeBackAndNothingPilesUp(@TempDir Path directory) {
    SignedEvents signer = new SignedEvents();
    try (RunningSystem system = signer.prepareSystem()) {
      system.startServers();
      Path events = directory.resolve("events");
      signer.writeCurrent(events, eventsOfNobody());
      int port = system.serverUri().getPort();
      WebhookLoad.send(port, CONNECTIONS, events, WARM, 0);
      double before = LiveHeap.mebibytes(system.serverProcess().pid());

      system.killDatabase();
      JsonObject away = WebhookLoad.send(port, CONNECTIONS, events, EVENTS, RATE);
      double during = LiveHeap.mebibytes(system.serverProcess().pid());
      system.startDatabase();
      await("it is taken in again")
          .atMost(PATIENCE)
          .until(() -> isAcknowledged(WebhookLoad.send(port, 1, events, 1, 0), 1));
      JsonObject back = WebhookLoad.send(port, CONNECTIONS, events, EVENTS, 0);

      assertThat(away.getString("answers")).isEqualTo("{429=%d}".formatted(EVENTS));
      assertThat(during - before).as("growth of the live heap, MiB").isLessThan(8);
      assertThat(isAcknowledged(back, EVENTS)).as(back.toString()).isTrue();
      assertThat(system.database().getCollection("webhook_queue").countDocuments())
          .isEqualTo(EVENTS);
    }
  }

  private static List<String> eventsOfNobody() {
    return IntStream.range(0, EVENTS)
        .mapToObj(
            i ->
                Json.createObjectBuilder()
                    .add("type", "SomethingUnheardOf")
                    .add("locationId", "nobody")
                    .add("webhookId", "event-" + i)
                    .add("note", "x".repeat(700))
                    .build()
                    .toString())
        .toList();
  }

  private static boolean isAcknowledged(JsonObject load, int events) {
    return load.getInt("acknowledged") == events;
  }

  private static void assertNothingIsFound(WebhookStorm storm) {
    List<String> findings = storm.endsAndIsFoundOut(PATIENCE);
    assertThat(findings).isEmpty();
    assertThat(storm.acknowledged()).isGreaterThan(100);
    assertThat(storm.done()).hasSizeGreaterThan(5);
  }
}
