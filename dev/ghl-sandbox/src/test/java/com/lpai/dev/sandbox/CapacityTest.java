package com.lpai.dev.sandbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** As many callers at once as the largest tests of the product have. */
class CapacityTest extends Sandboxed {
  private static final int CONNECTIONS = 500;
  private static final int LOCATIONS = 300;
  private static final int AT_ONCE = 150;

  @Override
  SandboxConfig config() {
    return super.config().withoutRateLimits();
  }

  private void make(String companyId, int count) {
    sandbox.control(
        "POST",
        "/sandbox/locations/bulk",
        "{\"companyId\":\"%s\",\"prefix\":\"%s-\",\"count\":%d}"
            .formatted(companyId, companyId, count));
  }

  private static <T> List<T> atOnce(int count, IntFunction<T> task) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Callable<T>> tasks =
          IntStream.rangeClosed(1, count)
              .<Callable<T>>mapToObj(number -> () -> task.apply(number))
              .toList();
      List<Future<T>> done = threads.invokeAll(tasks);
      return done.stream().map(Future::resultNow).toList();
    }
  }

  @Test
  void allConnectionsCanBeRefreshedAtOnceAndEachIsCountedForItself() throws Exception {
    make("many", CONNECTIONS);
    List<String> refreshTokens =
        atOnce(
            CONNECTIONS,
            number ->
                exchange(sandbox.newAuthorizationCode("many-" + number))
                    .json()
                    .getString("refresh_token"));
    JsonObject expired = sandbox.control("POST", "/sandbox/tokens/expire", "{\"all\":true}");
    sandbox.clearCalls();

    List<Integer> answers =
        atOnce(CONNECTIONS, number -> refresh(refreshTokens.get(number - 1)).status());

    assertThat(expired.getInt("tokens")).isEqualTo(CONNECTIONS);
    assertThat(answers).containsOnly(200);
    JsonObject counted = sandbox.control("GET", "/sandbox/calls?by=owner", "");
    assertThat(counted.getJsonArray("items").getValuesAs(JsonObject.class))
        .hasSize(CONNECTIONS)
        .allSatisfy(it -> assertThat(it.getInt("count")).isEqualTo(1));
  }

  @Test
  void aCompanyOfManyLocationsCanBeInstalledTwice() throws Exception {
    make("large", LOCATIONS);

    JsonObject installed =
        sandbox.control(
            "POST",
            "/sandbox/installs",
            "{\"companyId\":\"large\",\"webhooks\":\"random\",\"repeat\":2}");
    String code = app.callbacks().getFirst().replaceFirst("code=", "");
    Client company = anonymous.withToken(exchange(code).json().getString("access_token"));
    List<Integer> answers =
        atOnce(
            LOCATIONS,
            number ->
                company
                    .json(
                        "POST",
                        "/oauth/locationToken",
                        "{\"companyId\":\"large\",\"locationId\":\"large-%d\"}".formatted(number))
                    .status());

    assertThat(installed.getInt("webhooks")).isEqualTo(2 * LOCATIONS);
    assertThat(answers).containsOnly(200);
    await().atMost(20, SECONDS).until(() -> app.webhooks().size() == 2 * LOCATIONS);
  }
}
