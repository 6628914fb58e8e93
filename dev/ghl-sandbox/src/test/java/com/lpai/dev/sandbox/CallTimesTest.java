package com.lpai.dev.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Here a second goes by each time somebody looks at the clock. */
class CallTimesTest extends Sandboxed {
  @Override
  SandboxConfig config() {
    AtomicLong looks = new AtomicLong();
    return super.config().withRealTime(() -> START.plusSeconds(looks.getAndIncrement()));
  }

  @Test
  void aCallTellsWhenItCameAndWhenItWasOver() {
    user().post("/contacts/", "{\"locationId\":\"" + LOCATION + "\",\"firstName\":\"Ann\"}");

    JsonObject call =
        sandbox.calls().getJsonArray("calls").getValuesAs(JsonObject.class).stream()
            .filter(it -> it.getString("path").equals("/contacts/"))
            .findFirst()
            .orElseThrow();
    assertThat(Instant.parse(call.getString("begunAt")))
        .isAfter(START)
        .isBefore(Instant.parse(call.getString("at")));
  }
}
