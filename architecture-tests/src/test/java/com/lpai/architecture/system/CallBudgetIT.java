package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What GoHighLevel allows is used while there is work, and never exceeded: by one server and by two
 * that share a location, for windows that are fixed and that slide, while persons write.
 *
 * <p>All figures are the sandbox's own record of the calls that it answered. The share is the calls
 * of the location from the first to the last page of its copy, persons' writes included, divided by
 * what 100 calls in ten seconds allow in that time: beginning and end count, nothing is left out.
 */
@TestMethodOrder(OrderAnnotation.class)
class CallBudgetIT {
  private static final System.Logger LOG = System.getLogger(CallBudgetIT.class.getName());
  private static final int BURST = 100;
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final double LEAST_SHARE = 0.95;
  private static final Duration LONGEST_WRITE = Duration.ofSeconds(1);
  private static final int CONTACTS = 5_000;
  private static final int DEALS = 1_400;
  private static final int TALKS = 300;
  private static final int MESSAGES = 1_600;

  private static RunningSystem system;
  private static Sandbox sandbox;

  @BeforeAll
  static void start() {
    // Pages of twenty, so that calls are what a copy takes and not records.
    system = RunningSystem.builder().servers(2).setting("LPAI_PAGE_SIZE", "20").prepare();
    sandbox = new Sandbox(system);
    system.server(1).start();
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  @Test
  @Order(1)
  void oneServerUsesWhatAFixedWindowAllows() throws Exception {
    sandbox.behaves("{\"slidingRateWindow\":false}");

    copies(List.of("alone"), List.of(system.server(1)));
  }

  @Test
  @Order(2)
  void twoServersShareWhatASlidingWindowAllows() throws Exception {
    system.server(2).start();
    sandbox.behaves("{\"slidingRateWindow\":true}");

    copies(List.of("slides1", "slides2"), system.servers());
  }

  @Test
  @Order(3)
  void twoServersShareWhatAFixedWindowAllows() throws Exception {
    sandbox.behaves("{\"slidingRateWindow\":false}");

    copies(List.of("fixed1", "fixed2"), system.servers());
  }

  @Test
  @Order(4)
  void aCopyLeavesAPartOfTheDayToPersons() {
    sandbox.behaves("{\"rateDaily\":250}");
    sandbox.forgetsCalls();
    hasLocation("daily");
    sandbox.installs("daily");

    await("the copy has used its 80 % of the day and waits")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> setup("daily").toString().contains("waits for the location's call budget"));
    Persons persons = new Persons("daily", system.servers());
    contactsOf("daily").stream().limit(10).forEach(persons::write);
    await("the writes have arrived")
        .atMost(Duration.ofSeconds(20))
        .until(() -> ways(sandbox.budgetedCalls("daily"), persons.written).size() == 10);

    List<JsonObject> calls = sandbox.budgetedCalls("daily");
    assertThat(calls).noneMatch(call -> call.getInt("status") == 429);
    assertThat(calls.stream().filter(CallBudgetIT::isOfTheCopy))
        .as("calls of the copy; an instance tells its calls to the other only every half a minute")
        .hasSizeBetween(190, 205);
    assertThat(setup("daily").getString("state")).isEqualTo("running");
  }

  // ---- the work

  /** Locations are copied at the same time, persons write meanwhile, and all of it is judged. */
  private static void copies(List<String> locations, List<ServerInstance> servers)
      throws Exception {
    sandbox.forgetsCalls();
    locations.forEach(CallBudgetIT::hasLocation);
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
    for (Map.Entry<String, Future<Persons>> copy : under.entrySet()) {
      Persons persons = copy.getValue().get();
      assertComplete(copy.getKey());
      judge(copy.getKey(), persons);
      assertThat(persons.holders).as("servers that made calls").hasSize(servers.size());
    }
  }

  private static void hasLocation(String locationId) {
    sandbox.control(
        "/sandbox/locations",
        Json.createObjectBuilder()
            .add("locationId", locationId)
            .add("companyId", "company-" + locationId)
            .add("contacts", CONTACTS)
            .add("opportunities", DEALS)
            .add("conversations", TALKS)
            .add("messages", MESSAGES)
            .add("calendars", 10)
            .add("appointments", 200)
            .add("seed", 3)
            .build()
            .toString());
  }

  private static void assertComplete(String location) {
    JsonObject setup = setup(location);
    assertThat(setup.getString("state")).as(setup.toString()).isEqualTo("done");
    assertThat(stored("contacts", location)).isEqualTo(CONTACTS);
    assertThat(stored("projects", location)).isEqualTo(DEALS);
    assertThat(stored("messages", location)).isEqualTo(MESSAGES);
  }

  private static JsonObject setup(String location) {
    return system.operator().get("/api/locations/" + location + "/setup").json();
  }

  private static long stored(String collection, String location) {
    return system
        .database()
        .getCollection(collection)
        .countDocuments(Filters.eq("locationId", location));
  }

  private static List<String> contactsOf(String location) {
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
  private static final class Persons {
    private final String location;
    private final List<ServerInstance> servers;
    private final Map<String, Instant> written = new TreeMap<>();
    private final Set<String> holders = new TreeSet<>();

    private Persons(String location, List<ServerInstance> servers) {
      this.location = location;
      this.servers = servers;
    }

    private void writeUntilTheCopyIsOver() {
      await("contacts of " + location + " are here")
          .atMost(Duration.ofSeconds(30))
          .until(() -> stored("contacts", location) >= 100);
      List<String> contacts = contactsOf(location);
      await("the copy of " + location)
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> {
                write(contacts.get(written.size() % contacts.size()));
                holders.addAll(holders());
                return !setup(location).getString("state").equals("running");
              });
    }

    private void write(String contact) {
      String city = "Town " + written.size();
      HttpCalls server = servers.get(written.size() % servers.size()).operator();
      written.put(city, Instant.now());
      HttpCalls.Answer answer =
          server.patch(
              "/api/locations/" + location + "/contacts/" + contact,
              Json.createObjectBuilder().add("city", city).build());
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
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

  // ---- the judgement

  private static void judge(String location, Persons persons) {
    List<JsonObject> calls = sandbox.budgetedCalls(location);
    assertThat(calls)
        .as("refused calls")
        .noneMatch(call -> call.getInt("status") == 429)
        .hasSizeLessThan(5_000);
    List<Instant> times = calls.stream().map(CallBudgetIT::time).toList();
    List<Instant> pages =
        calls.stream().filter(CallBudgetIT::isOfTheCopy).map(CallBudgetIT::time).toList();
    Instant first = pages.getFirst();
    Instant last = pages.getLast();
    long made = times.stream().filter(at -> !at.isBefore(first) && at.isBefore(last)).count();
    double seconds = (double) Duration.between(first, last).toMillis() / 1000;
    double share = (double) made / (seconds * BURST / WINDOW.toSeconds());
    List<Duration> ways = ways(calls, persons.written);
    Duration p95 = ways.get((int) Math.ceil(ways.size() * 0.95) - 1);
    String figures =
        "%s: %.1f %% of the budget (%d calls in %.1f s); each 5 s %s; %d writes, 95 %% in %d ms, the slowest %d ms"
            .formatted(
                location,
                100 * share,
                made,
                seconds,
                perFiveSeconds(times, first),
                ways.size(),
                p95.toMillis(),
                ways.getLast().toMillis());
    LOG.log(Level.INFO, figures);

    assertThat(seconds).as(figures).isGreaterThan((double) WINDOW.multipliedBy(3).toSeconds());
    assertThat(share).as(figures).isGreaterThanOrEqualTo(LEAST_SHARE);
    assertThat(ways).as(figures).hasSize(persons.written.size()).hasSizeGreaterThan(20);
    assertThat(p95).as(figures).isLessThan(LONGEST_WRITE);
  }

  /** All but the writes: nothing else reads here. */
  private static boolean isOfTheCopy(JsonObject call) {
    return !call.getString("method").equals("PUT");
  }

  private static Instant time(JsonObject call) {
    return Instant.parse(call.getString("at"));
  }

  /** How long each write took to reach the sandbox, the quickest first. */
  private static List<Duration> ways(List<JsonObject> calls, Map<String, Instant> written) {
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
