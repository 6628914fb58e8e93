package com.lpai.architecture.system;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Measures a location's copy on real processes, and prints a report; {@code dev/bench/copy.sh} runs
 * it. Nothing here is a test: it asserts nothing, and names what differs.
 */
public final class CopyMeasurement {
  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final long LOOK_NANOS = Duration.ofMillis(200).toNanos();
  private static final double MICROS = 1_000_000;
  private static final String OURS = "LPai";
  private static final String BARE = "bare loop, the key's index alone";
  private static final String BARE_INDEXED = "bare loop, our collection's indexes";
  private static final String AGAIN = ", once more";

  private final Path driver;
  private final Path loop;
  private final int rounds;
  private final int contacts;
  private final int whole;
  private final Map<String, String> settings = new HashMap<>(BigLocation.SETTINGS);
  private final String pageSize;

  private CopyMeasurement(String[] args) {
    driver = Path.of(args[0]);
    loop = Path.of(args[1]).toAbsolutePath();
    rounds = Integer.parseInt(args[2]);
    contacts = Integer.parseInt(args[3]);
    whole = Integer.parseInt(args[4]);
    pageSize = args[5];
    settings.put("LPAI_PAGE_SIZE", pageSize);
  }

  /**
   * Measures and prints.
   *
   * @param args the folder in which node finds the mongodb driver ("" compares with nothing), the
   *     bare loop's file, rounds, contacts in each round, contacts of the whole location, records
   *     per page
   */
  public static void main(String[] args) {
    CopyMeasurement measurement = new CopyMeasurement(args);
    StringBuilder report = new StringBuilder();
    measurement.everything(report);
    measurement.rates(report);
    System.out.print(report);
    System.exit(0);
  }

  private static void say(String what) {
    System.err.println(what);
  }

  // ---- everything a location has

  private void everything(StringBuilder report) {
    report
        .append("## Everything a location has\n\n")
        .append("GoHighLevel's limits are off; each location is copied by a server and a database ")
        .append("of its own. Live heap: the server is told to collect its whole heap again and ")
        .append("again during the copy (`jcmd GC.run`), and what its old generation holds right ")
        .append("after that is one sample. The collections slow the copy down.\n\n")
        .append(
            "| contacts | all records | copied in, s | equal | samples | live heap, MiB: median")
        .append(" / most | heap allowed, MiB |\n|---|---|---|---|---|---|---|\n");
    List<Double> most = new ArrayList<>();
    for (int size : new int[] {whole / 10, whole}) {
      most.add(everything(report, size));
    }
    report.append(
        "\nThe most live heap of the large one is %+.0f %% of the small one's.\n\n"
            .formatted((most.get(1) / most.get(0) - 1) * 100));
  }

  private double everything(StringBuilder report, int size) {
    String location = "all-" + size;
    try (RunningSystem system = RunningSystem.start(settings)) {
      Sandbox sandbox = new Sandbox(system);
      BigLocation.withoutLimits(sandbox);
      BigLocation.makes(sandbox, location, size);
      long pid = system.serverProcess().pid();
      Instant begun = Instant.now();
      sandbox.installs(location);
      List<Double> live = new ArrayList<>();
      while (!isOver(system, location, begun)) {
        live.add(LiveHeap.mebibytes(pid));
        LockSupport.parkNanos(LOOK_NANOS);
      }
      double seconds = seconds(Duration.between(begun, Instant.now()));
      say("%s copied in %.1f s; comparing".formatted(location, seconds));
      FieldByField.Result result = FieldByField.compared(system, location);
      say(result.toString());
      live.sort(Comparator.naturalOrder());
      int records = result.compared().values().stream().mapToInt(Integer::intValue).sum();
      report.append(
          "| %,d | %,d | %.0f | %s | %d | %.0f / %.0f | %s |\n"
              .formatted(
                  size,
                  records,
                  seconds,
                  result.different() == 0
                      ? "every record, field by field"
                      : result.different() + " differences",
                  live.size(),
                  live.get(live.size() / 2),
                  live.getLast(),
                  LiveHeap.allowed(pid)));
      return live.getLast();
    }
  }

  private static boolean isOver(RunningSystem system, String location, Instant begun) {
    if (Duration.between(begun, Instant.now()).compareTo(LONGEST) > 0) {
      throw new IllegalStateException("The copy takes too long:\n" + system.logs());
    }
    return BigLocation.setup(system, location).getString("state", "").equals("done");
  }

  // ---- contacts per second

  /** One copy of the contacts of one location; CPU in microseconds a contact. */
  private record Copy(double perSecond, double own, double database, double sandbox) {}

  private void rates(StringBuilder report) {
    Map<String, List<Copy>> copies = new HashMap<>();
    try (RunningSystem system = RunningSystem.start(settings)) {
      Sandbox sandbox = new Sandbox(system);
      BigLocation.withoutLimits(sandbox);
      for (int round = 0; round <= rounds; round++) {
        String location = "round-" + round;
        sandbox.hasLocation(location, contacts);
        measure(
            copies, round, OURS, () -> ours(system, location, () -> sandbox.installs(location)));
        measure(
            copies,
            round,
            OURS + AGAIN,
            () -> ours(system, location, () -> asks(system, location)));
        if (!driver.toString().isEmpty()) {
          for (String again : List.of("", AGAIN)) {
            measure(copies, round, BARE + again, () -> bare(system, sandbox, location, "bare", ""));
            measure(
                copies,
                round,
                BARE_INDEXED + again,
                () -> bare(system, sandbox, location, "indexed", "lpai.contacts"));
          }
        }
      }
    }
    report
        .append("## Contacts per second\n\n")
        .append(
            "Contacts alone, %,d in each of %d rounds, %s on a page, in turns with the bare loop "
                .formatted(contacts, rounds, pageSize))
        .append("(`dev/bench/copy/loop.mjs`: a page, one bulk upsert by GoHighLevel's id, the next")
        .append(" page) on the same engine and sandbox in the same run; one more round before them")
        .append(" warms all processes up and is not counted. CPU in µs per contact; each figure ")
        .append(
            "min / median / max. \"Once more\" is the same copy when everything is here already. The server's CPU is that of the whole setup with its other ")
        .append("ten steps, the bare loop's is that of the loop alone.\n\n")
        .append("| | contacts per second | its own CPU | the database's | the sandbox's |\n")
        .append("|---|---|---|---|---|\n");
    for (String who :
        List.of(OURS, BARE, BARE_INDEXED, OURS + AGAIN, BARE + AGAIN, BARE_INDEXED + AGAIN)) {
      List<Copy> all = copies.getOrDefault(who, List.of());
      if (!all.isEmpty()) {
        report.append(
            "| %s | %s | %s | %s | %s |\n"
                .formatted(
                    who,
                    spread(all, Copy::perSecond),
                    spread(all, Copy::own),
                    spread(all, Copy::database),
                    spread(all, Copy::sandbox)));
      }
    }
    for (String again : List.of("", AGAIN)) {
      for (String other : List.of(BARE + again, BARE_INDEXED + again)) {
        if (copies.containsKey(other)) {
          report.append(
              "\nLPai's median rate is %.2f times that of the %s.\n"
                  .formatted(median(copies, OURS + again) / median(copies, other), other));
        }
      }
    }
    if (driver.toString().isEmpty()) {
      report.append("\nThe bare loop was not measured: node or its mongodb driver is missing.\n");
    }
  }

  /** The round before the first is not counted. */
  private static void measure(
      Map<String, List<Copy>> copies, int round, String who, Supplier<Copy> it) {
    Copy copy = it.get();
    say("round %d, %s: %s".formatted(round, who, copy));
    if (round > 0) {
      copies.computeIfAbsent(who, any -> new ArrayList<>()).add(copy);
    }
  }

  private static void asks(RunningSystem system, String location) {
    system
        .operator()
        .post(
            "/api/locations/setup-location",
            Json.createObjectBuilder().add("locationId", location).add("fullSync", true).build());
  }

  /**
   * A setup from its beginning to its end.
   *
   * @param begin what brings it about, and returns when it is requested
   */
  private Copy ours(RunningSystem system, String location, Runnable begin) {
    double[] before = cpu(system);
    double own = cpu(system.serverProcess());
    Instant begun = Instant.now();
    begin.run();
    while (!isOver(system, location, begun)) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    double ownAfter = cpu(system.serverProcess());
    double[] after = cpu(system);
    JsonObject setup = BigLocation.setup(system, location);
    Duration took = Duration.between(started(setup, "contacts"), started(setup, "opportunities"));
    return copy(seconds(took), ownAfter - own, before, after);
  }

  /** The next step starts when every contact is here; both come back at the end for changes. */
  private static Instant started(JsonObject setup, String step) {
    return setup.getJsonArray("steps").getValuesAs(JsonObject.class).stream()
        .filter(each -> each.getString("step").equals(step))
        .map(each -> Instant.parse(each.getString("startedAt")))
        .findFirst()
        .orElseThrow();
  }

  private Copy bare(
      RunningSystem system, Sandbox sandbox, String location, String into, String like) {
    String token =
        sandbox
            .control("/sandbox/tokens", "{\"locationId\":\"" + location + "\"}")
            .getString("access_token");
    List<String> command =
        Stream.of(
                "node",
                loop.toString(),
                system.sandboxUri().toString(),
                token,
                location,
                system.mongoUri().replaceAll("/[^/]*$", "/bare"),
                into,
                pageSize,
                like)
            .filter(argument -> !argument.isEmpty())
            .toList();
    double[] before = cpu(system);
    JsonObject loopSays = Sandbox.parsed(Commands.output(command, driver));
    double[] after = cpu(system);
    if (loopSays.getInt("copied") != contacts) {
      throw new IllegalStateException("The loop copied only " + loopSays);
    }
    return copy(
        loopSays.getJsonNumber("seconds").doubleValue(),
        loopSays.getJsonNumber("cpuSeconds").doubleValue(),
        before,
        after);
  }

  private Copy copy(double seconds, double own, double[] before, double[] after) {
    return new Copy(
        contacts / seconds,
        own / contacts * MICROS,
        (after[0] - before[0]) / contacts * MICROS,
        (after[1] - before[1]) / contacts * MICROS);
  }

  private static double[] cpu(RunningSystem system) {
    return new double[] {cpu(system.databaseProcess()), cpu(system.sandboxProcess())};
  }

  private static double cpu(ProcessHandle process) {
    return seconds(process.info().totalCpuDuration().orElseThrow());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1_000.0;
  }

  private static double median(Map<String, List<Copy>> copies, String who) {
    return sorted(copies.getOrDefault(who, List.of()), Copy::perSecond)
        .get(copies.getOrDefault(who, List.of()).size() / 2);
  }

  private static List<Double> sorted(List<Copy> copies, ToDoubleFunction<Copy> figure) {
    return copies.stream().mapToDouble(figure).sorted().boxed().toList();
  }

  private static String spread(List<Copy> copies, ToDoubleFunction<Copy> figure) {
    List<Double> all = sorted(copies, figure);
    return String.format(
        Locale.ROOT,
        "%,.0f / %,.0f / %,.0f",
        all.getFirst(),
        all.get(all.size() / 2),
        all.getLast());
  }
}
