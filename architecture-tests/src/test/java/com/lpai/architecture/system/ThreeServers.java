package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lpai.dev.wire.WireProxy;
import com.mongodb.client.model.Filters;
import jakarta.json.Json;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/**
 * Three servers over one database. The third one reaches database and GoHighLevel through wire
 * proxies, so that it can be killed at any of its steps.
 */
@SuppressWarnings("JavaUtilDate") // the driver's
abstract class ThreeServers {
  static final Duration LONG = Duration.ofMinutes(2);
  static final Duration SOON = Duration.ofSeconds(45);

  /** Eleven steps for each of five hundred locations, by three servers on the test's few cores. */
  static final Duration HUNDREDS_OF_SETUPS = Duration.ofMinutes(4);

  static RunningSystem system;
  static Sandbox sandbox;
  static WireProxy mongo;
  static WireProxy ghl;

  @BeforeAll
  static void start() {
    // The clock is turned by days here: nine hundred directories would be read anew each time.
    // Nobody has appointments here: a year of them in each calendar need not be asked for.
    system =
        RunningSystem.builder()
            .servers(3)
            .setting("LPAI_DIRECTORY_REFRESH", "P30D")
            .setting("LPAI_APPOINTMENTS_PAST", "P1D")
            .setting("LPAI_APPOINTMENTS_AHEAD", "P1D")
            .prepare();
    mongo = WireProxy.mongo(address(URI.create(system.mongoUri())));
    ghl = WireProxy.http(address(system.sandboxUri()));
    system.server(3).set("MONGODB_URI", mongo.uri() + "/lpai");
    system.server(3).set("GHL_BASE_URL", ghl.uri());
    system.startServers();
    sandbox = new Sandbox(system);
  }

  private static InetSocketAddress address(URI uri) {
    return new InetSocketAddress(uri.getHost(), uri.getPort());
  }

  @AfterAll
  static void stop() {
    system.close();
    mongo.close();
    ghl.close();
  }

  @AfterEach
  void fineWeather() {
    sandbox.noFaults();
    mongo.removeRules();
    ghl.removeRules();
  }

  static HttpCalls operator() {
    return system.server(1).operator();
  }

  static void installed(String location) {
    sandbox.hasLocation(location, 0);
    sandbox.installs(location);
    awaitSetupOver(location);
  }

  static void setupAgain(int server, String location) {
    HttpCalls.Answer answer =
        system
            .server(server)
            .operator()
            .post(
                "/api/locations/setup-location",
                Json.createObjectBuilder()
                    .add("locationId", location)
                    .add("fullSync", true)
                    .build());
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
  }

  static void awaitSetupOver(String location) {
    await("the setup of " + location + " is over").atMost(SOON).until(() -> isSetupOver(location));
  }

  static boolean isSetupOver(String location) {
    String setup =
        operator().get("/api/locations/" + location + "/setup").json().getString("state", "");
    return setup.equals("done") || setup.equals("failed");
  }

  static Document connection(String location) {
    Document found =
        system
            .database()
            .getCollection("connections")
            .find(Filters.eq("locationId", location))
            .first();
    return found == null ? new Document("state", "none") : found;
  }

  static String state(String location) {
    return connection(location).getString("state");
  }

  static boolean isOneEvent(Bson... such) {
    return system.database().getCollection("webhook_queue").countDocuments(Filters.and(such)) == 1;
  }

  static long connections(String prefix, Bson such) {
    return system
        .database()
        .getCollection("connections")
        .countDocuments(Filters.and(Filters.regex("locationId", "^" + prefix), such));
  }

  static long setUp(String prefix) {
    return system
        .database()
        .getCollection("locations")
        .countDocuments(
            Filters.and(
                Filters.regex("locationId", "^" + prefix),
                Filters.gte("setup.run", 1),
                Filters.eq("setup.underWay", false)));
  }

  static int refreshes(String location) {
    return sandbox.countedCalls().stream()
        .filter(call -> call.getString("grantType", "").equals("refresh_token"))
        .filter(call -> call.getString("locationId", "").equals(location))
        .mapToInt(call -> call.getInt("count"))
        .sum();
  }

  static void inParallel(List<String> locations, Consumer<String> work) {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new ArrayList<>();
      locations.forEach(location -> all.add(threads.submit(() -> work.accept(location))));
      for (Future<?> one : all) {
        one.get();
      }
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
