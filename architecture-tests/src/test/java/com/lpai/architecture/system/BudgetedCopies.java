package com.lpai.architecture.system;

import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bson.Document;

/**
 * Copies of locations with GoHighLevel's limits on, while persons write: what the sandbox's own
 * record of the calls tells of them. Pages are of twenty, so that calls are what a copy takes.
 */
final class BudgetedCopies implements AutoCloseable {
  static final int BURST = 100;
  static final Duration WINDOW = Duration.ofSeconds(10);

  private final RunningSystem system;
  private final Sandbox sandbox;
  private final int contacts;

  /**
   * Two servers, of which the first is started.
   *
   * @param contacts of each location; everything else in proportion
   */
  BudgetedCopies(int contacts) {
    this.contacts = contacts;
    system = RunningSystem.builder().servers(2).setting("LPAI_PAGE_SIZE", "20").prepare();
    sandbox = new Sandbox(system);
    system.server(1).start();
  }

  RunningSystem system() {
    return system;
  }

  Sandbox sandbox() {
    return sandbox;
  }

  void startSecondServer() {
    system.server(2).start();
  }

  void windowsSlide(boolean sliding) {
    sandbox.behaves("{\"slidingRateWindow\":" + sliding + "}");
  }

  @Override
  public void close() {
    system.close();
  }

  /**
   * What the sandbox saw of one copy.
   *
   * @param calls that counted in the location's budget, from the first to the last page of the
   *     copy, persons' writes included
   * @param seconds from the first to the last page
   * @param refused calls that were answered 429
   * @param ways how long each person's write took to reach GoHighLevel, the quickest first
   * @param written how many writes there were
   * @param holders servers that may have made calls
   * @param perFiveSeconds calls in each five seconds
   */
  record Figures(
      String location,
      int calls,
      double seconds,
      int refused,
      List<Duration> ways,
      int written,
      int holders,
      List<Long> perFiveSeconds) {

    /** The calls divided by what the limit allows in that time; beginning and end count. */
    double share() {
      return (double) calls / (seconds * BURST / WINDOW.toSeconds());
    }

    Duration way(double part) {
      return ways.get((int) Math.ceil(ways.size() * part) - 1);
    }
  }

  // ---- the work

  /** Locations are copied at the same time, and persons write meanwhile at these servers. */
  List<Figures> copies(List<String> locations, List<ServerInstance> servers)
      throws ExecutionException, InterruptedException {
    sandbox.forgetsCalls();
    locations.forEach(this::hasLocation);
    Map<String, Future<Persons>> under = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String location : locations) {
        under.put(
            location,
            threads.submit(
                () -> {
                  sandbox.installs(location);
                  Persons persons = new Persons(location, servers);
                  persons.writeUntilTheCopyIsOver();
                  return persons;
                }));
      }
    }
    List<Figures> figures = new ArrayList<>();
    for (Map.Entry<String, Future<Persons>> copy : under.entrySet()) {
      figures.add(figures(copy.getKey(), copy.getValue().get()));
    }
    return figures;
  }

  void hasLocation(String locationId) {
    sandbox.control(
        "/sandbox/locations",
        Json.createObjectBuilder()
            .add("locationId", locationId)
            .add("companyId", "company-" + locationId)
            .add("contacts", contacts)
            .add("opportunities", deals())
            .add("conversations", contacts / 17)
            .add("messages", messages())
            .add("calendars", 10)
            .add("appointments", 200)
            .add("seed", 3)
            .build()
            .toString());
  }

  int deals() {
    return contacts * 28 / 100;
  }

  int messages() {
    return contacts * 32 / 100;
  }

  JsonObject setup(String location) {
    return system.operator().get("/api/locations/" + location + "/setup").json();
  }

  long stored(String collection, String location) {
    return system
        .database()
        .getCollection(collection)
        .countDocuments(Filters.eq("locationId", location));
  }

  List<String> contactsOf(String location) {
    return system
        .operator()
        .get("/api/locations/" + location + "/contacts?limit=100")
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(contact -> contact.getString("id"))
        .toList();
  }

  /** Persons who change contacts of a location while it is copied, at each server in turn. */
  final class Persons {
    private final String location;
    private final List<ServerInstance> servers;
    final Map<String, Instant> written = new TreeMap<>();
    private final Set<String> holders = new TreeSet<>();

    Persons(String location, List<ServerInstance> servers) {
      this.location = location;
      this.servers = servers;
    }

    private void writeUntilTheCopyIsOver() {
      await("contacts of " + location + " are here")
          .atMost(Duration.ofSeconds(30))
          .until(() -> stored("contacts", location) >= 100);
      List<String> contacts = contactsOf(location);
      await("the copy of " + location)
          .atMost(Duration.ofMinutes(10))
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> {
                write(contacts.get(written.size() % contacts.size()));
                holders.addAll(holders());
                return !setup(location).getString("state").equals("running");
              });
      await("the last writes have arrived")
          .atMost(Duration.ofSeconds(30))
          .until(() -> ways(sandbox.budgetedCalls(location), written).size() == written.size());
    }

    void write(String contact) {
      String city = "Town " + written.size();
      HttpCalls server = servers.get(written.size() % servers.size()).operator();
      written.put(city, Instant.now());
      HttpCalls.Answer answer =
          server.patch(
              "/api/locations/" + location + "/contacts/" + contact,
              Json.createObjectBuilder().add("city", city).build());
      if (answer.status() != 200) {
        throw new IllegalStateException(answer.status() + " " + answer.body());
      }
    }

    /** The servers that may make calls at the moment. */
    private Set<String> holders() {
      Document permits =
          system
              .database()
              .getCollection("call_permits")
              .find(Filters.eq("owner", location))
              .first();
      return permits == null ? Set.of() : permits.get("held", new Document()).keySet();
    }
  }

  // ---- the figures

  private Figures figures(String location, Persons persons) {
    List<JsonObject> calls = sandbox.budgetedCalls(location);
    List<Instant> times = calls.stream().map(BudgetedCopies::time).toList();
    List<Instant> pages =
        calls.stream().filter(BudgetedCopies::isOfTheCopy).map(BudgetedCopies::time).toList();
    Instant first = pages.getFirst();
    Instant last = pages.getLast();
    long made = times.stream().filter(at -> !at.isBefore(first) && at.isBefore(last)).count();
    return new Figures(
        location,
        (int) made,
        (double) Duration.between(first, last).toMillis() / 1_000,
        (int) calls.stream().filter(call -> call.getInt("status") == 429).count(),
        ways(calls, persons.written),
        persons.written.size(),
        persons.holders.size(),
        perFiveSeconds(times, first));
  }

  /** All but the writes: nothing else reads here. */
  static boolean isOfTheCopy(JsonObject call) {
    return !call.getString("method").equals("PUT");
  }

  private static Instant time(JsonObject call) {
    return Instant.parse(call.getString("at"));
  }

  /** How long each write took to reach the sandbox, the quickest first. */
  static List<Duration> ways(List<JsonObject> calls, Map<String, Instant> written) {
    List<Duration> ways = new ArrayList<>();
    for (JsonObject call : calls) {
      JsonObject body =
          call.containsKey("body") ? call.getJsonObject("body") : JsonObject.EMPTY_JSON_OBJECT;
      Instant since = written.get(body.getString("city", ""));
      if (since != null && call.getString("method").equals("PUT")) {
        ways.add(Duration.between(since, time(call)));
      }
    }
    return ways.stream().sorted().toList();
  }

  private static List<Long> perFiveSeconds(List<Instant> times, Instant first) {
    int spans = (int) (Duration.between(first, times.getLast()).toSeconds() / 5) + 1;
    return IntStream.range(0, spans)
        .mapToObj(span -> first.plusSeconds(5L * span))
        .map(
            from ->
                times.stream()
                    .filter(at -> !at.isBefore(from) && at.isBefore(from.plusSeconds(5)))
                    .count())
        .toList();
  }
}
