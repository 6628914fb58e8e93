package com.lpai.adapter.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.setup.Setup;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.setup.StepGaps;
import com.lpai.domain.setup.StepResult;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class SetupJsonTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final StepResult RUNNING = StepResult.WAITING.started(NOW);

  private final Setup done = done();

  private static Setup done() {
    Setup setup = Setup.NEVER.requested(true, NOW);
    for (SetupStep step : SetupStep.values()) {
      setup = setup.with(step, RUNNING.finished(NOW));
    }
    return setup;
  }

  @Test
  void aSetupIsInTheStateThatAPersonMustKnow() {
    StepResult retrying = RUNNING.triedAgain("It was answered 503.", NOW.plusSeconds(2));
    Setup waits = done.with(SetupStep.USERS, retrying);

    assertThat(state(Setup.NEVER)).isEqualTo("none");
    assertThat(state(Setup.NEVER.requested(true, NOW))).isEqualTo("running");
    assertThat(state(done)).isEqualTo("done");
    assertThat(state(waits)).isEqualTo("retrying");
    assertThat(state(waits.with(SetupStep.CONTACTS, RUNNING))).isEqualTo("running");
    assertThat(state(waits.with(SetupStep.CONTACTS, RUNNING.failed("no scope", NOW))))
        .isEqualTo("failed");
  }

  @Test
  void aStepThatIsTriedAgainSaysWhyAndWhen() {
    StepResult retrying =
        RUNNING
            .progressed(20, 90)
            .triedAgain("It was answered 503.", NOW)
            .triedAgain("It was answered 502.", NOW.plusSeconds(2));

    JsonObject step =
        SetupJson.of(done.with(SetupStep.LOCATION_DETAILS, retrying))
            .getJsonArray("steps")
            .getJsonObject(0);

    assertThat(step.getString("step")).isEqualTo("locationDetails");
    assertThat(step.getString("state")).isEqualTo("retrying");
    assertThat(step.getString("note")).isEqualTo("It was answered 502.");
    assertThat(step.getInt("done")).isEqualTo(20);
    assertThat(step.getInt("attempts")).isEqualTo(2);
    assertThat(step.getString("nextAttemptAt")).isEqualTo("2026-11-22T10:00:02Z");
  }

  @Test
  void aStepTellsInOneNoteWhatItHadToDoWithout() {
    StepGaps gaps =
        StepGaps.NONE
            .without(EnumSet.of(SetupStep.CONTACTS))
            .leavingOut("The calendar “Calls” was left out.");
    StepResult done = StepResult.WAITING.started(NOW).progressed(4, 5).withGaps(gaps);
    Setup setup =
        Setup.NEVER
            .requested(EnumSet.of(SetupStep.APPOINTMENTS), true, NOW)
            .with(SetupStep.APPOINTMENTS, done.finished(NOW));

    JsonObject step = SetupJson.of(setup).getJsonArray("steps").getJsonObject(0);

    assertThat(step.getString("state")).isEqualTo("done");
    assertThat(step.getString("note"))
        .contains("counted 5 and listed 4")
        .contains("without contacts")
        .contains("“Calls” was left out");
  }

  private static String state(Setup setup) {
    return SetupJson.of(setup).getString("state");
  }
}
