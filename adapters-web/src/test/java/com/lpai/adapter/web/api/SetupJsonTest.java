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
  private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

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

    JsonObject step = LocationJson.setup(setup).getJsonArray("steps").getJsonObject(0);

    assertThat(step.getString("state")).isEqualTo("done");
    assertThat(step.getString("note"))
        .contains("counted 5 and listed 4")
        .contains("without contacts")
        .contains("“Calls” was left out");
  }
}
