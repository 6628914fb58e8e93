package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tokens of hundreds of locations at once, on three servers over one database. */
@Tag("alone")
@SuppressWarnings("JavaUtilDate") // the driver's
class ManyConnectionsIT extends ThreeServers {
  @Test
  void fiveHundredTokensThatEndAtOnceAreRefreshedExactlyOnceEachByThreeServers() {
    List<String> locations = sandbox.hasCompany("fivehundred", 500);
    inParallel(locations, sandbox::installs);
    await("every location is set up")
        .atMost(HUNDREDS_OF_SETUPS)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> setUp("fivehundred-") == 500);
    sandbox.forgetsCalls();
    Date before = Date.from(sandbox.now());

    sandbox.turnsClock("PT25H");
    inParallel(
        locations.subList(0, 90),
        location -> setupAgain(1 + Math.floorMod(location.hashCode(), 3), location));

    await("every token is new")
        .atMost(LONG)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> connections("fivehundred-", Filters.gt("refreshedAt", before)) == 500);
    assertThat(connections("fivehundred-", Filters.eq("state", "active"))).isEqualTo(500);
    List<JsonObject> refreshes =
        sandbox.countedCalls().stream()
            .filter(call -> call.getString("grantType", "").equals("refresh_token"))
            .filter(call -> call.getString("locationId", "").startsWith("fivehundred-"))
            .toList();
    assertThat(refreshes).hasSize(500);
    assertThat(refreshes)
        .allMatch(call -> call.getInt("count") == 1 && call.getInt("status") == 200);
    await("the work that asked for the tokens is over, and in nobody's way")
        .atMost(HUNDREDS_OF_SETUPS)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> setUp("fivehundred-") == 500);
  }

  @Test
  void aCompanyOfThreeHundredLocationsIsConnectedCompletelyAndNeverTooFast() {
    sandbox.hasCompany("threehundred", 300);
    sandbox.forgetsCalls();
    sandbox.control(
        "/sandbox/installs",
        """
        {"companyId":"threehundred","webhooks":"random","repeat":2,"futureLocations":true}
        """);

    await("every location is connected and set up")
        .atMost(LONG)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              sandbox.turnsClock("PT5S");
              return setUp("threehundred-") == 300;
            });

    assertThat(connections("threehundred-", Filters.eq("state", "active"))).isEqualTo(300);
    assertThat(
            system
                .database()
                .getCollection("locations")
                .countDocuments(
                    Filters.and(
                        Filters.regex("locationId", "^threehundred-"), Filters.eq("setup.run", 1))))
        .isEqualTo(300);
    assertThat(sandbox.countedCalls()).noneMatch(call -> call.getInt("status") == 429);

    sandbox.hasLocation("threehundred-later", "threehundred", 0);
    await("a location made later")
        .atMost(SOON)
        .until(() -> state("threehundred-later").equals("active"));
  }
}
