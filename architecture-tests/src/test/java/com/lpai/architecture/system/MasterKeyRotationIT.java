package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;

/**
 * Rotation of the master key while 50 requests a second use tokens, on two servers over one
 * database: nobody notices. Opened data keys are forgotten after a second, so that they are opened
 * again and again, whichever master key wraps them at that moment.
 */
class MasterKeyRotationIT {
  private static final System.Logger LOG = System.getLogger(MasterKeyRotationIT.class.getName());
  private static final int LOCATIONS = 10;
  private static final int CONTACTS_EACH = 75;
  private static final int PER_SECOND = 50;

  /** A server that has just been started is slow at first. */
  private static final int TO_WARM_UP = 250;

  /** A machine that is too slow for the rate gets less of it, not a queue without an end. */
  private static final int AT_ONCE = 32;

  /** Data keys beside those of the locations, so that a rotation takes its time. */
  private static final int MORE_DATA_KEYS = 800;

  private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();

  private record Edit(String locationId, String contactId) {}

  @Test
  void nobodyNoticesARotationAndTheFormerKeyCanBeTakenAway() throws IOException {
    try (RunningSystem system = RunningSystem.builder().servers(2).prepare()) {
      Path next = newKey(system.dataDirectory().resolve("next-master-key"));
      for (ServerInstance server : system.servers()) {
        server.set("LPAI_MASTER_KEY_NEXT_FILE", next.toString());
        server.set("LPAI_DATA_KEY_CACHE", "PT1S");
      }
      system.startServers();
      Sandbox sandbox = new Sandbox(system);
      List<Edit> edits = installed(system, sandbox);
      copyDataKeys(system);
      awaitBothKnown(system);
      JsonObject before = masterKey(system.server(1));
      assertThat(before.getString("state")).isEqualTo("prepared");
      String nextFingerprint = fingerprint(before, 1);

      // Echoes of our own pushes use no token, and would take half of the machine.
      sandbox.faults("[{\"kind\":\"webhookDrop\"}]");
      try (Load warmUp = new Load(system, edits.subList(0, TO_WARM_UP))) {
        warmUp.awaitEnd();
      }
      long begun = System.nanoTime();
      int pushedMeanwhile;
      try (Load load = new Load(system, edits.subList(TO_WARM_UP, edits.size()))) {
        pushedMeanwhile = rotatedMeanwhile(system, sandbox);
        load.awaitEnd();
      }
      LOG.log(
          System.Logger.Level.INFO,
          "{0} edits in {1} ms, {2} pushes during the rotation",
          edits.size() - TO_WARM_UP,
          Duration.ofNanos(System.nanoTime() - begun).toMillis(),
          pushedMeanwhile);

      assertThat(answers)
          .as(() -> "all edits are taken; the log has: " + refusals(system))
          .hasSize(edits.size())
          .containsOnly(200);
      assertThat(pushedMeanwhile).as("pushes during the rotation").isGreaterThan(20);
      for (int number = 0; number < LOCATIONS; number++) {
        assertAllPushed(system, sandbox, location(number));
      }
      assertWrappedByOnly(system, nextFingerprint);

      system.server(1).kill();
      system.server(2).stop();
      system.server(2).set("LPAI_MASTER_KEY_FILE", next.toString());
      system.server(2).unset("LPAI_MASTER_KEY_NEXT_FILE");
      system.server(2).start();

      assertThat(masterKey(system.server(2)).getString("state")).isEqualTo("single");
      assertThat(fingerprint(masterKey(system.server(2)), 0)).isEqualTo(nextFingerprint);
      assertThat(edit(system.server(2), edits.getFirst(), "Lisbon")).isEqualTo(200);
      awaitSynced(system.server(2), location(0));
      assertThat(pushesOf(sandbox, location(0)).getLast().getJsonObject("body").getString("city"))
          .isEqualTo("Lisbon");
    }
  }

  /** Begins the rotation on one server, sees its end on the other; answers the pushes between. */
  private static int rotatedMeanwhile(RunningSystem system, Sandbox sandbox) {
    int before = pushes(sandbox);
    await("the load has begun").until(() -> pushes(sandbox) > before + PER_SECOND);
    int atTheBeginning = pushes(sandbox);
    HttpCalls.Answer answer =
        system
            .server(2)
            .operator()
            .post("/api/operations/master-key/rotation", JsonValue.EMPTY_JSON_OBJECT);
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    await("every data key is wrapped anew")
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> masterKey(system.server(1)).getString("state").equals("done"));
    return pushes(sandbox) - atTheBeginning;
  }

  private static List<String> refusals(RunningSystem system) {
    return system.logs().lines().filter(line -> line.contains("refused with 503")).toList();
  }

  private static Path newKey(Path file) throws IOException {
    byte[] key = new byte[96];
    new SecureRandom().nextBytes(key);
    return Files.writeString(file, Base64.getEncoder().encodeToString(key));
  }

  private static String location(int number) {
    return "rotating-" + number;
  }

  private static List<Edit> installed(RunningSystem system, Sandbox sandbox) {
    List<Edit> edits = new ArrayList<>();
    for (int number = 0; number < LOCATIONS; number++) {
      sandbox.hasLocation(location(number), CONTACTS_EACH);
      sandbox.installs(location(number));
    }
    for (int contact = 0; contact < CONTACTS_EACH; contact++) {
      for (int number = 0; number < LOCATIONS; number++) {
        edits.add(new Edit(location(number), String.valueOf(contact)));
      }
    }
    HttpCalls operator = system.server(1).operator();
    List<List<String>> ids =
        IntStream.range(0, LOCATIONS)
            .mapToObj(number -> contactIds(operator, location(number)))
            .toList();
    return edits.stream()
        .map(
            edit ->
                new Edit(
                    edit.locationId(),
                    ids.get(Integer.parseInt(edit.locationId().replace("rotating-", "")))
                        .get(Integer.parseInt(edit.contactId()))))
        .toList();
  }

  private static List<String> contactIds(HttpCalls operator, String locationId) {
    await("the setup of " + locationId)
        .atMost(Duration.ofSeconds(90))
        .until(
            () ->
                operator
                    .get("/api/locations/" + locationId + "/setup")
                    .json()
                    .getString("state", "")
                    .equals("done"));
    return operator
        .get("/api/locations/" + locationId + "/contacts?limit=200")
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(contact -> contact.getString("id"))
        .toList();
  }

  /** More of the same, under other names: a data key does not know its own name. */
  private static void copyDataKeys(RunningSystem system) {
    MongoCollection<Document> vault = system.database().getCollection("key_vault");
    Document one = vault.find(Filters.eq("keyAltNames", "connection:" + location(0))).first();
    assertThat(one).isNotNull();
    List<Document> copies = new ArrayList<>();
    for (int number = 0; number < MORE_DATA_KEYS; number++) {
      UUID id = UUID.randomUUID();
      copies.add(
          new Document(one)
              .append("_id", new Binary((byte) 4, bytes(id)))
              .append("keyAltNames", List.of("copy:" + number)));
    }
    vault.insertMany(copies);
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static JsonObject masterKey(ServerInstance server) {
    HttpCalls.Answer answer = server.operator().get("/api/operations/master-key");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static String fingerprint(JsonObject masterKey, int key) {
    return masterKey.getJsonArray("keys").getJsonObject(key).getString("fingerprint");
  }

  private static void awaitBothKnown(RunningSystem system) {
    await("both servers say that they know both keys")
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                masterKey(system.server(1))
                        .getJsonArray("instances")
                        .getValuesAs(JsonObject.class)
                        .stream()
                        .filter(instance -> instance.getJsonArray("knows").size() == 2)
                        .count()
                    == 2);
  }

  /** Edits of different contacts at a steady rate, each server in turn. */
  private final class Load implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger sent = new AtomicInteger();
    private final CountDownLatch open;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final ScheduledFuture<?> ticks;
    private final List<Edit> edits;

    private Load(RunningSystem system, List<Edit> edits) {
      this.edits = edits;
      open = new CountDownLatch(edits.size());
      ticks =
          clock.scheduleAtFixedRate(
              () -> sendNext(system), 0, 1_000_000 / PER_SECOND, TimeUnit.MICROSECONDS);
    }

    private void sendNext(RunningSystem system) {
      if (sent.get() == edits.size() || !places.tryAcquire()) {
        return;
      }
      int number = sent.getAndIncrement();
      senders.execute(
          () -> {
            try {
              answers.add(edit(system.server(1 + number % 2), edits.get(number), "Rome"));
            } finally {
              places.release();
              open.countDown();
            }
          });
    }

    private void awaitEnd() {
      await("all edits are answered")
          .atMost(Duration.ofSeconds(90))
          .until(() -> open.getCount() == 0);
    }

    @Override
    public void close() {
      ticks.cancel(true);
      clock.shutdownNow();
      senders.shutdownNow();
    }
  }

  private static int edit(ServerInstance server, Edit edit, String city) {
    return server
        .operator()
        .patch(
            "/api/locations/" + edit.locationId() + "/contacts/" + edit.contactId(),
            Json.createObjectBuilder().add("city", city).build())
        .status();
  }

  private static int pushes(Sandbox sandbox) {
    return sandbox.countOfAppCalls("PUT", "/contacts/{contactId}");
  }

  private static List<JsonObject> pushesOf(Sandbox sandbox, String locationId) {
    return sandbox.appCalls(locationId, "PUT", "/contacts/{contactId}");
  }

  private static void awaitSynced(ServerInstance server, String locationId) {
    await(locationId + " is synced")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              JsonObject contacts =
                  server
                      .operator()
                      .get("/api/locations/" + locationId + "/sync-health")
                      .json()
                      .getJsonObject("contacts");
              assertThat(contacts.getInt("synced")).isEqualTo(contacts.getInt("total"));
            });
  }

  private static void assertAllPushed(RunningSystem system, Sandbox sandbox, String locationId) {
    awaitSynced(system.server(2), locationId);
    assertThat(pushesOf(sandbox, locationId))
        .as("each edit was told once, and taken")
        .hasSize(CONTACTS_EACH)
        .allMatch(call -> call.getInt("status") == 200);
  }

  private static void assertWrappedByOnly(RunningSystem system, String fingerprint) {
    MongoCollection<Document> vault = system.database().getCollection("key_vault");
    long all = vault.countDocuments();
    assertThat(all).isGreaterThan(MORE_DATA_KEYS + LOCATIONS);
    assertThat(vault.countDocuments(Filters.eq("masterKey.provider", "local:" + fingerprint)))
        .isEqualTo(all);
    JsonObject state = masterKey(system.server(2));
    assertThat(state.getInt("remaining")).isZero();
    assertThat(state.getInt("unreadable")).isZero();
  }
}
