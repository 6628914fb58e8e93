package com.lpai.domain.setup;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class SetupTest {
  private final Setup requested = Setup.NEVER.requested(true, START);

  @Test
  void aLocationWithoutSetupIsNeitherUnderWayNorOver() {
    assertThat(Setup.NEVER.isUnderWay()).isFalse();
    assertThat(Setup.NEVER.isOver()).isFalse();
    assertThat(Setup.NEVER.nextStep()).isEmpty();
  }

  @Test
  void aRequestedSetupBeginsWithItsFirstStep() {
    assertThat(requested.run()).isEqualTo(1);
    assertThat(requested.isUnderWay()).isTrue();
    assertThat(requested.nextStep()).contains(SetupStep.LOCATION_DETAILS);
    assertThat(requested.results()).hasSize(SetupStep.values().length);
    assertThat(requested.result(SetupStep.CONTACTS)).isEqualTo(StepResult.WAITING);
  }

  @Test
  void aRunningStepIsTheNextStepUntilItIsOver() {
    Setup running = requested.with(SetupStep.LOCATION_DETAILS, StepResult.WAITING.started(START));

    assertThat(running.nextStep()).contains(SetupStep.LOCATION_DETAILS);
    assertThat(
            running
                .with(
                    SetupStep.LOCATION_DETAILS,
                    running.result(SetupStep.LOCATION_DETAILS).finished(START))
                .nextStep())
        .contains(SetupStep.PIPELINES);
  }

  @Test
  void aFailedStepDoesNotStopTheOthers() {
    Setup failed =
        requested
            .with(SetupStep.LOCATION_DETAILS, StepResult.WAITING.failed("away", START))
            .with(SetupStep.PIPELINES, StepResult.WAITING.skipped("no scope", START));

    assertThat(failed.nextStep()).contains(SetupStep.CALENDARS);
    assertThat(failed.hasFailedSteps()).isTrue();
    assertThat(failed.isOver()).isFalse();
  }

  @Test
  void aSetupIsOverWhenEveryStepIs() {
    Setup over = requested;
    for (SetupStep step : SetupStep.values()) {
      over = over.with(step, StepResult.WAITING.started(START).finished(START));
    }

    assertThat(over.isOver()).isTrue();
    assertThat(over.isUnderWay()).isFalse();
    assertThat(over.hasFailedSteps()).isFalse();
  }

  @Test
  void stepsCanBeRunAgainWhileTheResultsOfTheOthersStay() {
    StepResult done = StepResult.WAITING.started(START).progressed(5, 5).finished(START);
    Setup over = requested;
    for (SetupStep step : SetupStep.values()) {
      over = over.with(step, done);
    }

    Setup again = over.requested(EnumSet.of(SetupStep.CONTACTS), false, START.plusSeconds(1));

    assertThat(again.run()).isEqualTo(2);
    assertThat(again.fullSync()).isFalse();
    assertThat(again.result(SetupStep.USERS)).isEqualTo(done);
    assertThat(again.nextStep()).contains(SetupStep.CONTACTS);
  }

  @Test
  void aStepTellsHowFarItIs() {
    StepResult running = StepResult.WAITING.started(START).progressed(1200, 2500);
    StepResult waiting = running.waitingFor("the call budget");

    assertThat(waiting.done()).isEqualTo(1200);
    assertThat(waiting.total()).isEqualTo(2500);
    assertThat(waiting.note()).isEqualTo("the call budget");
    assertThat(waiting.isOver()).isFalse();
    assertThat(waiting.progressed(1300, 2500).note()).isEmpty();
    assertThat(waiting.finished(START.plusSeconds(9)).startedAt()).isEqualTo(START);
    assertThat(waiting.failed("refused", START).state()).isEqualTo(StepResult.State.FAILED);
  }

  @Test
  void stepsAreFoundByTheirKeys() {
    for (SetupStep step : SetupStep.values()) {
      assertThat(SetupStep.named(step.key())).contains(step);
    }
    assertThat(SetupStep.named("CONTACTS")).isEmpty();
  }

  @Test
  void whatChangedDuringTheCopiesIsReadWhenAllElseIsOver() {
    Setup setup = requested;
    for (SetupStep step : SetupStep.values()) {
      StepResult copied = StepResult.WAITING.started(START).copied(START);
      setup = setup.with(step, step.catchesUp() ? copied : copied.finished(START));
    }
    Setup running = setup.with(SetupStep.DEFAULTS, StepResult.WAITING);

    assertThat(running.nextStep()).contains(SetupStep.DEFAULTS);
    assertThat(setup.nextStep()).contains(SetupStep.CONTACTS);
    assertThat(setup.isUnderWay()).isTrue();
  }

  @Test
  void aStepThatWaitsStaysInItsState() {
    StepResult copied = StepResult.WAITING.started(START).copied(START);

    assertThat(copied.waitingFor("the call budget").state()).isEqualTo(StepResult.State.COPIED);
  }

  @Test
  void fewerRecordsThanWereCountedAreWorthAWord() {
    StepResult running = StepResult.WAITING.started(START);

    assertThat(running.progressed(99, 100).finished(START).note()).contains("100").contains("99");
    assertThat(running.progressed(101, 100).finished(START).note()).isEmpty();
    assertThat(running.progressed(5, -1).finished(START).note()).isEmpty();
  }

  @Test
  void aStepIsMissedByThoseThatNeedIt() {
    StepResult done = StepResult.WAITING.started(START).finished(START);
    Setup without = requested.with(SetupStep.PIPELINES, StepResult.WAITING.failed("no", START));
    Setup skipped =
        without.with(SetupStep.OPPORTUNITIES, StepResult.WAITING.skipped("no pipelines", START));

    assertThat(without.missingFor(SetupStep.OPPORTUNITIES)).contains(SetupStep.PIPELINES);
    assertThat(without.missingFor(SetupStep.CONTACTS)).isEmpty();
    assertThat(without.with(SetupStep.PIPELINES, done).missingFor(SetupStep.OPPORTUNITIES))
        .isEmpty();
    assertThat(skipped.withThoseWaitingFor(SetupStep.PIPELINES))
        .containsExactlyInAnyOrder(SetupStep.PIPELINES, SetupStep.OPPORTUNITIES);
    assertThat(without.withThoseWaitingFor(SetupStep.PIPELINES))
        .containsExactly(SetupStep.PIPELINES);
  }

  @Test
  void theRateOfAStepIsKnownWhileItRuns() {
    StepResult running = StepResult.WAITING.started(START).progressed(300, 2_500);

    assertThat(running.perSecond(START.plusSeconds(2))).hasValue(150);
    assertThat(running.perSecond(START)).isEmpty();
    assertThat(StepResult.WAITING.started(START).perSecond(START.plusSeconds(2))).isEmpty();
    assertThat(running.copied(START.plusSeconds(2)).perSecond(START.plusSeconds(9))).isEmpty();
  }
}
