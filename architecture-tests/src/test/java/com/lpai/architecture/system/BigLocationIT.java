package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A tenth of the location that {@code dev/bench/copy.sh} measures, on real processes: everything
 * arrives, once and as GoHighLevel has it.
 */
class BigLocationIT {
  private static final String LOCATION = "big";

  @Test
  void everythingOfABigLocationIsCopiedFieldByField() {
    try (RunningSystem system = RunningSystem.start(BigLocation.SETTINGS)) {
      Sandbox sandbox = new Sandbox(system);
      BigLocation.withoutLimits(sandbox);
      BigLocation.makes(sandbox, LOCATION, 10_000);

      sandbox.installs(LOCATION);
      await("the setup is over")
          .atMost(Duration.ofMinutes(3))
          .until(() -> BigLocation.setup(system, LOCATION).getString("state", "").equals("done"));

      FieldByField.Result result = FieldByField.compared(system, LOCATION);
      assertThat(result.differences()).as(result.toString()).isEmpty();
      assertThat(result.compared())
          .containsAllEntriesOf(
              Map.of(
                  "contacts", 10_000,
                  "opportunities", 4_000,
                  "appointments", 2_000,
                  "calendars", 7,
                  "conversations", 500,
                  "messages", 5_000));
    }
  }
}
