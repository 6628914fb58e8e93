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
    assertThat(Setup.NEVER.openSteps()).isEmpty();
  }

  @Test
  void aRequestedSetupBeginsWithItsFirstStep() {
    assertThat(requested.run()).isEqualTo(1);
    assertThat(requested.isUnderWay()).isTrue();
    assertThat(requested.openSteps()).containsExactly(SetupStep.LOCATION_DETAILS);
    assertThat(requested.results()).hasSize(SetupStep.values().length);
    assertThat(requested.result(SetupStep.CONTACTS)).isEqualTo(StepResult.WAITING);
  }

  @Test
  void aRunningStepIsTheNextStepUntilItIsOver() {
    Setup running = requested.with(SetupStep.LOCATION_DETAILS, StepResult.WAITING.started(START));

    assertThat(running.openSteps()).containsExactly(SetupStep.LOCATION_DETAILS);
    assertThat(
            running
                .with(
                    SetupStep.LOCATION_DETAILS,
                    running.result(SetupStep.LOCATION_DETAILS).finished(START))
                .openSteps())
        .containsExactly(SetupStep.PIPELINES);
  }

  @Test
  void aFailedStepDoesNotStopTheOthers() {
    Setup failed =
        requested
            .with(SetupStep.LOCATION_DETAILS, StepResult.WAITING.failed("away", START))
            .with(SetupStep.PIPELINES, StepResult.WAITING.skipped("no scope", START));

    assertThat(failed.openSteps()).containsExactly(SetupStep.CALENDARS);
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
    assertThat(again.openSteps()).containsExactly(SetupStep.CONTACTS);
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

    assertThat(running.openSteps()).containsExactly(SetupStep.DEFAULTS);
    assertThat(setup.openSteps()).containsExactly(SetupStep.CONTACTS);
    assertThat(setup.isUnderWay()).isTrue();
  }

  @Test
  void longCopiesAreMadeSideBySide() {
    StepResult done = StepResult.WAITING.started(START).finished(START);
    Setup setup = requested;
    for (SetupStep step : SetupStep.values()) {
      setup = step.catchesUp() ? setup : setup.with(step, done);
    }
    Setup begun = setup.with(SetupStep.CONTACTS, StepResult.WAITING.started(START).copied(START));
    Setup withoutDefaults = setup.with(SetupStep.DEFAULTS, StepResult.WAITING);

    assertThat(setup.openSteps())
        .containsExactly(
            SetupStep.CONTACTS,
            SetupStep.OPPORTUNITIES,
            SetupStep.APPOINTMENTS,
            SetupStep.CONVERSATIONS);
    assertThat(withoutDefaults.openSteps()).isEqualTo(setup.openSteps());
    assertThat(begun.openSteps())
        .containsExactly(SetupStep.OPPORTUNITIES, SetupStep.APPOINTMENTS, SetupStep.CONVERSATIONS);
  }

  @Test
  void contactsThatChangedMeanwhileAreReadBeforeWhatIsAboutThem() {
    StepResult copied = StepResult.WAITING.started(START).copied(START);
    Setup setup = requested;
    for (SetupStep step : SetupStep.values()) {
      setup = setup.with(step, step.catchesUp() ? copied : copied.finished(START));
    }

    assertThat(setup.openSteps()).containsExactly(SetupStep.CONTACTS);
    assertThat(setup.with(SetupStep.CONTACTS, copied.finished(START)).openSteps())
        .containsExactly(SetupStep.OPPORTUNITIES, SetupStep.APPOINTMENTS, SetupStep.CONVERSATIONS);
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
}
