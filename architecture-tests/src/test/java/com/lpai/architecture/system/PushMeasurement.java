package com.lpai.architecture.system;

import com.mongodb.client.model.Filters;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;

/**
 * Measures on real processes how soon an edit here is on its way to GoHighLevel, and what an edit
 * costs while GoHighLevel is away, and prints a report; {@code dev/bench/push.sh} runs it. Nothing
 * here is a test: it asserts nothing.
 */
public final class PushMeasurement {
  private static final String UPDATE = "/contacts/{contactId}";
  private static final String AWAY = "away";
  private static final int WARM_UP = 100;
  private static final int CONTACTS_OF_AWAY = 300;
  private static final int EDITS_A_SECOND = 20;
  private static final int EDITS_BETWEEN_TURNS = 10;
  private static final Duration AWAY_FOR = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration LATEST_CALL = Duration.ofSeconds(30);
  private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();
  private static final double NANOS_A_MILLI = 1e6;

  /** Half of the calls hang until the server gives up or the connection ends, half fail at once. */
  private static final String NOBODY_THERE =
      """
      [{"kind":"timeout","holdMs":3000,"chance":0.5},{"kind":"status","status":503}]
      """;

  private final int edits;
  private final int rate;
  private final int locations;
  private final int editsAway;
  private final int rounds;

  private PushMeasurement(String[] args) {
    edits = Integer.parseInt(args[0]);
    rate = Integer.parseInt(args[1]);
    locations = Integer.parseInt(args[2]);
    editsAway = Integer.parseInt(args[3]);
    rounds = Integer.parseInt(args[4]);
  }

  /**
   * Measures and prints.
   *
   * @param args edits, edits a second, over how many locations; edits while GoHighLevel is away,
   *     and in how many turns
   */
  public static void main(String[] args) {
    PushMeasurement measurement = new PushMeasurement(args);
    List<String> report = new ArrayList<>();
    try (RunningSystem system = RunningSystem.start()) {
      measurement.onTheirWay(system, report);
    }
    try (RunningSystem system = RunningSystem.start()) {
      measurement.away(system, report);
    }
    report.forEach(System.out::println);
    System.exit(0);
  }

  // ---- from the edit to the call

  private void onTheirWay(RunningSystem system, List<String> report) {
    Sandbox sandbox = new Sandbox(system);
    List<String> paths = new ArrayList<>();
    for (int i = 1; i <= locations; i++) {
      paths.addAll(contacts(system, sandbox, "push-" + i, (edits + WARM_UP) / locations + 1));
    }
    // The locations take turns.
    Collections.shuffle(paths, new Random(1));
    HttpCalls operator = system.operator();
    edited(operator, paths.subList(0, WARM_UP), "Warm ");
    callsByCity(sandbox, WARM_UP, "Warm ");
    sandbox.forgetsCalls();
    Map<String, Instant> stored =
        edited(operator, paths.subList(WARM_UP, WARM_UP + edits), "City ");
    Map<String, Instant> begun = callsByCity(sandbox, stored.size(), "City ");
    List<Double> millis = new ArrayList<>();
    stored.forEach(
        (city, at) -> {
          if (begun.containsKey(city)) {
            millis.add((double) Duration.between(at, begun.get(city)).toMillis());
          }
        });
    report.add("## From the edit to the call");
    report.add("");
    report.add(
        "%,d edits through the REST API, each of another contact, %d a second, over %d locations, with GoHighLevel's limits on. From the time that is stored with the edit, which is taken before it is written, until GoHighLevel has the call that tells it, by the sandbox's own record of calls."
            .formatted(edits, rate, locations));
    report.add("");
    report.add("| answered 200 | told | p50, ms | p95 | p99 | slowest |");
    report.add("|---|---|---|---|---|---|");
    report.add(
        "| %,d | %,d | %.0f | %.0f | %.0f | %.0f |"
            .formatted(
                stored.size(),
                millis.size(),
                share(millis, 0.5),
                share(millis, 0.95),
                share(millis, 0.99),
                share(millis, 1)));
    report.add("");
  }

  /** The paths of a new location's contacts in our API. */
  private static List<String> contacts(
      RunningSystem system, Sandbox sandbox, String location, int count) {
    sandbox.hasLocation(location, count);
    sandbox.installs(location);
    until(
        location + " is set up",
        () -> BigLocation.setup(system, location).getString("state", "").equals("done"));
    List<String> paths = new ArrayList<>();
    for (Document contact :
        system.database().getCollection("contacts").find(Filters.eq("locationId", location))) {
      paths.add(
          "/api/locations/%s/contacts/%s"
              .formatted(location, contact.getObjectId("_id").toHexString()));
    }
    return paths;
  }

  /** One edit for each path at the rate; answers by city when each was stored. */
  private Map<String, Instant> edited(HttpCalls operator, List<String> paths, String city) {
    Map<String, Instant> stored = new ConcurrentHashMap<>();
    long begun = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < paths.size(); i++) {
        parkUntil(begun + Duration.ofSeconds(1).toNanos() / rate * i);
        String path = paths.get(i);
        String value = city + i;
        threads.execute(
            () -> {
              HttpCalls.Answer answer = operator.patch(path, cityIs(value));
              if (answer.status() == 200) {
                stored.put(value, Instant.parse(answer.json().getString("updatedAt")));
              } else {
                System.err.println(path + ": " + answer.status() + " " + answer.body());
              }
            });
      }
    }
    return stored;
  }

  private static JsonObject cityIs(String value) {
    return Json.createObjectBuilder().add("city", value).build();
  }

  /** When each city was first told to GoHighLevel; waits for so many. */
  private static Map<String, Instant> callsByCity(Sandbox sandbox, int wanted, String prefix) {
    Map<String, Instant> begun = new HashMap<>();
    long end = System.nanoTime() + LATEST_CALL.toNanos();
    while (begun.size() < wanted && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_NANOS);
      for (JsonObject call : sandbox.appCalls()) {
        if (call.getString("method").equals("PUT") && call.getString("path").equals(UPDATE)) {
          String city = call.getJsonObject("body").getString("city", "");
          if (city.startsWith(prefix)) {
            begun.putIfAbsent(city, Instant.parse(call.getString("begunAt")));
          }
        }
      }
    }
    return begun;
  }

  // ---- while GoHighLevel is away

  private void away(RunningSystem system, List<String> report) {
    Sandbox sandbox = new Sandbox(system);
    List<String> paths = contacts(system, sandbox, AWAY, CONTACTS_OF_AWAY);
    HttpCalls operator = system.operator();
    Random chance = new Random(1);
    editsWhileTimePasses(sandbox, operator, paths, WARM_UP, chance);
    settle(system, sandbox);
    List<Double> there = new ArrayList<>();
    List<Double> gone = new ArrayList<>();
    int records = 0;
    int calls = 0;
    for (int round = 1; round <= rounds; round++) {
      there.addAll(
          editsWhileTimePasses(sandbox, operator, paths, editsAway / rounds, chance).millis());
      settle(system, sandbox);
      sandbox.forgetsCalls();
      sandbox.faults(NOBODY_THERE);
      Edits away = editsWhileTimePasses(sandbox, operator, paths, editsAway / rounds, chance);
      sandbox.noFaults();
      settle(system, sandbox);
      gone.addAll(away.millis());
      records += away.records().size();
      calls += told(sandbox);
      System.err.println(
          "round %d: there %.1f ms, away %.1f ms at the 95th of 100"
              .formatted(round, share(there, 0.95), share(gone, 0.95)));
    }
    report.add("## While GoHighLevel is away");
    report.add("");
    report.add(
        "%,d edits of %d contacts through the REST API, %d a second, while every call to GoHighLevel hangs or fails, for %d minutes of the sandbox's clock, in %d turns with as many edits while it is there; in both the clock is turned between the edits."
            .formatted(gone.size(), paths.size(), EDITS_A_SECOND, AWAY_FOR.toMinutes(), rounds));
    report.add("");
    report.add("| GoHighLevel | edits | p50, ms | p95 | p99 | slowest |");
    report.add("|---|---|---|---|---|---|");
    report.add(row("is there", there));
    report.add(row("is away", gone));
    report.add("");
    report.add(
        "Away, the 95th of 100 edits takes %.2f times as long. Afterwards everything was told: %,d calls that GoHighLevel took, for %,d records edited meanwhile."
            .formatted(share(gone, 0.95) / share(there, 0.95), calls, records));
    report.add("");
  }

  private static String row(String name, List<Double> millis) {
    return "| %s | %,d | %.1f | %.1f | %.1f | %.1f |"
        .formatted(
            name,
            millis.size(),
            share(millis, 0.5),
            share(millis, 0.95),
            share(millis, 0.99),
            share(millis, 1));
  }

  /**
   * What came of some edits.
   *
   * @param millis how long each took
   * @param records which were edited
   */
  private record Edits(List<Double> millis, Set<String> records) {
    Edits {
      millis = List.copyOf(millis);
      records = Set.copyOf(records);
    }
  }

  /** One edit after the other, while a turn's part of the hour passes. */
  private Edits editsWhileTimePasses(
      Sandbox sandbox, HttpCalls operator, List<String> paths, int count, Random chance) {
    List<Double> millis = new ArrayList<>();
    Set<String> records = new HashSet<>();
    int turns = Math.max(1, (count - 1) / EDITS_BETWEEN_TURNS + 1);
    String turn = AWAY_FOR.dividedBy((long) rounds * turns).toString();
    for (int i = 0; i < count; i++) {
      if (i % EDITS_BETWEEN_TURNS == 0) {
        sandbox.turnsClock(turn);
      }
      long begun = System.nanoTime();
      String path = paths.get(chance.nextInt(paths.size()));
      HttpCalls.Answer answer = operator.patch(path, cityIs("City " + chance.nextInt()));
      millis.add((System.nanoTime() - begun) / NANOS_A_MILLI);
      if (answer.status() == 200) {
        records.add(path);
      } else {
        System.err.println(path + ": " + answer.status() + " " + answer.body());
      }
      parkUntil(begun + Duration.ofSeconds(1).toNanos() / EDITS_A_SECOND);
    }
    return new Edits(millis, records);
  }

  /** Time passes until everything is told. */
  private static void settle(RunningSystem system, Sandbox sandbox) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (isWaiting(system)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("Not everything is told: " + health(system));
      }
      sandbox.turnsClock("PT1M");
      LockSupport.parkNanos(LOOK_NANOS * 5);
    }
  }

  private static boolean isWaiting(RunningSystem system) {
    JsonObject contacts = health(system);
    return contacts.getInt("synced") < contacts.getInt("total");
  }

  private static JsonObject health(RunningSystem system) {
    return system
        .operator()
        .get("/api/locations/" + AWAY + "/sync-health")
        .json()
        .getJsonObject("contacts");
  }

  /** How many updates GoHighLevel took. */
  private static int told(Sandbox sandbox) {
    return sandbox.appCalls().stream()
        .filter(call -> call.getString("method").equals("PUT"))
        .filter(call -> call.getInt("status") == 200)
        .toList()
        .size();
  }

  // ---- helps

  private static void parkUntil(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** A thing that may be so. */
  private interface Condition {
    boolean holds();
  }

  private static void until(String what, Condition condition) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("It took too long until " + what);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Such a part of them is at most this. */
  private static double share(List<Double> figures, double part) {
    List<Double> sorted = figures.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.ceil(sorted.size() * part) - 1);
  }
}
