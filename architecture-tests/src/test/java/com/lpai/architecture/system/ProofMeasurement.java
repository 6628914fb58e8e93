package com.lpai.architecture.system;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Proves a large location on real processes, with fifty differences planted in it, and prints a
 * report; {@code dev/bench/proof.sh} runs it. Nothing here is a test: it asserts nothing, and names
 * what was not found.
 */
public final class ProofMeasurement {
  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final long LOOK_NANOS = Duration.ofMillis(200).toNanos();
  private static final int PAGE = 1_000;
  private static final long HEAP_NANOS = Duration.ofSeconds(1).toNanos();
  private static final String REFUSED =
      "{\"kind\":\"status\",\"status\":400,\"body\":{\"message\":\"refused\"},"
          + "\"match\":{\"method\":\"%s\",\"path\":\"/contacts/{contactId}\"}}";

  private ProofMeasurement() {}

  /**
   * Measures and prints.
   *
   * @param args contacts of the large location; a tenth of it is proven before
   */
  public static void main(String[] args) {
    int whole = Integer.parseInt(args[0]);
    StringBuilder report =
        new StringBuilder(
            "| contacts | calls | pages | own CPU, s | time, s | live heap, MiB: median / most |"
                + " found and rightly named | records and contacts of both sides after it |\n"
                + "|---|---|---|---|---|---|---|---|\n");
    StringBuilder again = new StringBuilder();
    for (int size : new int[] {whole / 10, whole}) {
      measure(size, report, again);
    }
    System.out.print(report);
    System.out.print("\n" + again);
    System.exit(0);
  }

  private static void measure(int size, StringBuilder report, StringBuilder again) {
    Map<String, String> settings = new HashMap<>(BigLocation.SETTINGS);
    settings.put("LPAI_PAGE_SIZE", "500");
    try (RunningSystem system = RunningSystem.start(settings)) {
      Sandbox sandbox = new Sandbox(system);
      BigLocation.withoutLimits(sandbox);
      String location = "proof-" + size;
      sandbox.hasLocation(location, size);
      sandbox.installs(location);
      until(system, () -> isCopied(system, location));
      Map<String, String> planted = plant(system, sandbox, location);
      sandbox.turnsClock("PT1H");
      String before = sides(system, sandbox, location);
      Run first = prove(system, sandbox, location, true);
      Map<String, String> found = found(system, location);
      boolean isUntouched = before.equals(sides(system, sandbox, location));
      report.append(
          "| %,d | %d | %d | %.1f | %.0f | %.0f / %.0f | %s | %s |\n"
              .formatted(
                  size,
                  first.calls(),
                  first.pages(),
                  first.cpu(),
                  first.seconds(),
                  first.heap().get(first.heap().size() / 2),
                  first.heap().getLast(),
                  verdict(planted, found),
                  isUntouched ? "byte for byte as before" : "changed"));
      again.append(repairs(system, sandbox, location, size));
    }
  }

  private static boolean isCopied(RunningSystem system, String location) {
    return BigLocation.setup(system, location).getString("state", "").equals("done");
  }

  private static void until(RunningSystem system, BooleanSupplier isOver) {
    Instant begun = Instant.now();
    while (!isOver.getAsBoolean()) {
      if (Duration.between(begun, Instant.now()).compareTo(LONGEST) > 0) {
        throw new IllegalStateException("It takes too long:\n" + system.logs());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  // ---- what differs

  private static MongoCollection<Document> contacts(RunningSystem system) {
    return system.database().getCollection("contacts");
  }

  /** By GoHighLevel's id, what is to be said of it. */
  private static Map<String, String> plant(RunningSystem system, Sandbox sandbox, String location) {
    List<Document> some =
        contacts(system)
            .find(Filters.eq("locationId", location))
            .sort(Sorts.ascending("_id"))
            .limit(42)
            .into(new ArrayList<>());
    Map<String, String> planted = new TreeMap<>();
    HttpCalls user = sandbox.asUserOf(location);
    String path = "/api/locations/" + location + "/contacts/";
    sandbox.faults(
        "[{\"kind\":\"webhookDrop\"},"
            + REFUSED.formatted("PUT")
            + ","
            + REFUSED.formatted("DELETE")
            + "]");
    for (int i = 0; i < 8; i++) {
      Document told = some.get(i);
      system
          .operator()
          .patch(
              path + told.getObjectId("_id").toHexString(),
              Json.createObjectBuilder().add("city", "Ours").build());
      planted.put(told.getString("ghlContactId"), "fields pushFailed");
      Document deleted = some.get(8 + i);
      system.operator().delete(path + deleted.getObjectId("_id").toHexString());
      planted.put(deleted.getString("ghlContactId"), "deletedHere deletionRefused");
    }
    until(
        system,
        () ->
            contacts(system)
                    .countDocuments(
                        Filters.and(
                            Filters.eq("locationId", location), Filters.eq("sync.state", "failed")))
                == 16);
    sandbox.faults("[{\"kind\":\"webhookDrop\"}]");
    for (int i = 0; i < 8; i++) {
      JsonObject made =
          user.post(
                  "/contacts/",
                  Json.createObjectBuilder()
                      .add("locationId", location)
                      .add("firstName", "Unheard")
                      .add("email", "unheard" + i + "@example.com")
                      .build())
              .json()
              .getJsonObject("contact");
      planted.put(made.getString("id"), "missingHere webhookLost");
      String gone = some.get(16 + i).getString("ghlContactId");
      user.delete("/contacts/" + gone);
      planted.put(gone, "missingThere deletedThere");
    }
    for (int i = 0; i < 9; i++) {
      String edited = some.get(24 + i).getString("ghlContactId");
      user.put("/contacts/" + edited, Json.createObjectBuilder().add("city", "Theirs").build());
      planted.put(edited, "fields webhookLost");
      Document altered = some.get(33 + i);
      contacts(system)
          .updateOne(
              Filters.and(
                  Filters.eq("locationId", location), Filters.eq("_id", altered.get("_id"))),
              Updates.set("city", "Altered"));
      planted.put(altered.getString("ghlContactId"), "fields alteredHere");
    }
    return planted;
  }

  private static Map<String, String> found(RunningSystem system, String location) {
    Map<String, String> found = new TreeMap<>();
    system
        .operator()
        .get(path(location) + "?limit=200")
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .forEach(
            item ->
                found.put(
                    item.getString("ghlId"),
                    item.getString("nature") + " " + item.getString("cause")));
    return found;
  }

  private static String verdict(Map<String, String> planted, Map<String, String> found) {
    if (planted.equals(found)) {
      return "all %d, of %d kinds, and nothing else"
          .formatted(planted.size(), planted.values().stream().distinct().count());
    }
    List<String> wrong = new ArrayList<>();
    planted.forEach(
        (id, what) -> {
          String told = found.getOrDefault(id, "not found");
          if (!told.equals(what)) {
            wrong.add(what + ": " + told);
          }
        });
    found.keySet().removeAll(planted.keySet());
    return "wrong: " + wrong + ", not planted: " + found.values();
  }

  /** A hash over all that both sides have. */
  private static String sides(RunningSystem system, Sandbox sandbox, String location) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Bson ofLocation = Filters.eq("locationId", location);
      List<Document> page = page(system, ofLocation);
      while (!page.isEmpty()) {
        page.forEach(it -> digest.update(it.toJson().getBytes(StandardCharsets.UTF_8)));
        Bson after = Filters.gt("_id", page.getLast().getObjectId("_id"));
        page = page(system, Filters.and(ofLocation, after));
      }
      digest.update(
          system
              .sandbox()
              .get("/sandbox/locations/" + location + "/records/contacts")
              .body()
              .getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest()) + sandbox.contactsOf(location);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The database sorts as many as its memory holds. */
  private static List<Document> page(RunningSystem system, Bson which) {
    return contacts(system)
        .find(which)
        .sort(Sorts.ascending("_id"))
        .limit(PAGE)
        .into(new ArrayList<>());
  }

  // ---- the proof

  private static String path(String location) {
    return "/api/operations/locations/" + location + "/proof";
  }

  /** What a proof took; live heap in MiB, sorted. */
  private record Run(
      int calls, int pages, double cpu, double seconds, List<Double> heap, JsonObject report) {}

  private static Run prove(
      RunningSystem system, Sandbox sandbox, String location, boolean samplesHeap) {
    sandbox.forgetsCalls();
    ProcessHandle server = system.serverProcess();
    double cpu = cpu(server);
    Instant begun = Instant.now();
    system.operator().post(path(location), Json.createObjectBuilder().build());
    List<Double> heap = new ArrayList<>();
    JsonObject report;
    do {
      LockSupport.parkNanos(HEAP_NANOS);
      report = system.operator().get(path(location) + "?limit=1").json();
    } while (report.containsKey("running"));
    double seconds = Duration.between(begun, Instant.now()).toMillis() / 1_000.0;
    double own = cpu(server) - cpu;
    if (samplesHeap) {
      // A collection of the whole heap costs CPU: the proof is made once more for it.
      system.operator().post(path(location), Json.createObjectBuilder().build());
      do {
        heap.add(LiveHeap.mebibytes(server.pid()));
      } while (system.operator().get(path(location) + "?limit=1").json().containsKey("running"));
      heap.sort(Comparator.naturalOrder());
    }
    JsonObject contacts = report.getJsonObject("kinds").getJsonObject("contacts");
    return new Run(contacts.getInt("calls"), contacts.getInt("pages"), own, seconds, heap, report);
  }

  private static double cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElseThrow().toMillis() / 1_000.0;
  }

  /** All are repaired, and it is proven once more. */
  private static String repairs(RunningSystem system, Sandbox sandbox, String location, int size) {
    sandbox.noFaults();
    sandbox.forgetsCalls();
    JsonObject plan =
        system
            .operator()
            .post(
                path(location) + "/repair",
                Json.createObjectBuilder().add("all", true).add("dryRun", false).build())
            .json();
    sandbox.turnsClock("PT5M");
    until(system, () -> !system.operator().get(path(location)).json().getBoolean("repairing"));
    until(
        system,
        () ->
            contacts(system)
                    .countDocuments(
                        Filters.and(
                            Filters.eq("locationId", location),
                            Filters.in("sync.state", List.of("failed", "pending"))))
                == 0);
    int calls =
        sandbox.countedAppCalls(location).values().stream().mapToInt(Integer::intValue).sum();
    sandbox.turnsClock("PT1H");
    Run after = prove(system, sandbox, location, false);
    return "Of %,d contacts all %d differences repaired by %d calls (planned: %d); proven again: %s, with %d calls and %.1f s of own CPU.\n\n"
        .formatted(
            size,
            plan.getInt("count"),
            calls,
            plan.getInt("calls"),
            after.report().getString("state"),
            after.calls(),
            after.cpu());
  }
}
