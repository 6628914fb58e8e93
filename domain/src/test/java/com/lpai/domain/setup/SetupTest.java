package com.lpai.domain.setup;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class SetupTest {
  private final Setup requested = Setup.NEVER.requested(true, START);

  @Test
  void aLocationWithoutSetupIsNeitherUnderWayNorOver() {
    assertThat(Setup.NEVER.isUnderWay()).isFalse();
    assertThat(Setup.NEVER.isOver()).isFalse();
    assertThat(Setup.NEVER.nextStep(START)).isEmpty();
  }

  @Test
  void aRequestedSetupBeginsWithItsFirstStep() {
    assertThat(requested.run()).isEqualTo(1);
    assertThat(requested.isUnderWay()).isTrue();
    assertThat(requested.nextStep(START)).contains(SetupStep.LOCATION_DETAILS);
    assertThat(requested.results()).hasSize(SetupStep.values().length);
    assertThat(requested.result(SetupStep.CONTACTS)).isEqualTo(StepResult.WAITING);
  }

  @Test
  void aRunningStepIsTheNextStepUntilItIsOver() {
    Setup running = requested.with(SetupStep.LOCATION_DETAILS, StepResult.WAITING.started(START));

    assertThat(running.nextStep(START)).contains(SetupStep.LOCATION_DETAILS);
    assertThat(
            running
                .with(
                    SetupStep.LOCATION_DETAILS,
                    running.result(SetupStep.LOCATION_DETAILS).finished(START))
                .nextStep(START))
        .contains(SetupStep.PIPELINES);
  }

  @Test
  void aFailedStepDoesNotStopTheOthers() {
    Setup failed =
        requested
            .with(SetupStep.LOCATION_DETAILS, StepResult.WAITING.failed("away", START))
            .with(SetupStep.PIPELINES, StepResult.WAITING.skipped("no scope", START));

    assertThat(failed.nextStep(START)).contains(SetupStep.CALENDARS);
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
    assertThat(again.nextStep(START)).contains(SetupStep.CONTACTS);
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

    assertThat(running.nextStep(START)).contains(SetupStep.DEFAULTS);
    assertThat(setup.nextStep(START)).contains(SetupStep.LOCATION_DETAILS);
    assertThat(setup.isUnderWay()).isTrue();
  }

  @Test
  void aStepThatIsToBeTriedAgainLetsTheOthersGoFirst() {
    Instant later = START.plusSeconds(8);
    Setup setup =
        requested
            .with(SetupStep.LOCATION_DETAILS, StepResult.WAITING.started(START).finished(START))
            .with(SetupStep.PIPELINES, StepResult.WAITING.started(START).triedAgain("away", later));

    assertThat(setup.nextStep(START)).contains(SetupStep.CALENDARS);
    assertThat(setup.nextStep(later)).contains(SetupStep.PIPELINES);
    assertThat(setup.hastened(SetupStep.PIPELINES).nextStep(START)).contains(SetupStep.PIPELINES);
    assertThat(setup.isAtWork()).isTrue();
  }

  @Test
  void aSetupIsNotAtWorkWhileAllThatIsLeftWaitsToBeTriedAgain() {
    Instant later = START.plusSeconds(8);
    Setup setup = requested;
    for (SetupStep step : SetupStep.values()) {
      setup = setup.with(step, StepResult.WAITING.started(START).finished(START));
    }
    setup =
        setup
            .with(SetupStep.OPPORTUNITIES, StepResult.WAITING)
            .with(SetupStep.PIPELINES, StepResult.WAITING.started(START).triedAgain("away", later));

    assertThat(setup.isUnderWay()).isTrue();
    assertThat(setup.isAtWork()).isFalse();
    assertThat(setup.nextStep(START)).isEmpty();
    assertThat(setup.hastened(SetupStep.PIPELINES).isAtWork()).isTrue();
  }

  @Test
  void aStepWhoseInputNobodyAskedForIsNotKeptWaiting() {
    Setup setup = Setup.NEVER.requested(EnumSet.of(SetupStep.OPPORTUNITIES), true, START);

    assertThat(setup.nextStep(START)).contains(SetupStep.OPPORTUNITIES);
    assertThat(setup.missingFor(SetupStep.OPPORTUNITIES)).contains(SetupStep.PIPELINES);
  }

  @Test
  void failuresInARowAreCountedUntilTheStepGoesOn() {
    StepResult once = StepResult.WAITING.started(START).progressed(5, 9).triedAgain("away", START);
    StepResult twice = once.hastened().triedAgain("away", START.plusSeconds(1));

    assertThat(twice.attempts()).isEqualTo(2);
    assertThat(twice.nextAttemptAt()).isEqualTo(START.plusSeconds(1));
    assertThat(twice.done()).isEqualTo(5);
    assertThat(twice.waitingFor("the call budget").isToBeTriedAgain()).isFalse();
    assertThat(twice.recovered()).isEqualTo(StepResult.WAITING.started(START).progressed(5, 9));
  }

  @Test
  void whatIsCountedOnceMoreIsStillCopied() {
    StepResult copied = StepResult.WAITING.started(START).copied(START);

    assertThat(copied.progressed(7, 7).state()).isEqualTo(StepResult.State.COPIED);
    assertThat(StepResult.WAITING.started(START).progressed(7, 7).state())
        .isEqualTo(StepResult.State.RUNNING);
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
    assertThat(running.progressed(99, 100).isWhole()).isFalse();
    assertThat(running.progressed(100, 100).isWhole()).isTrue();
    assertThat(running.progressed(5, -1).isWhole()).isTrue();
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
  void whatAStepRestsOnAndDidNotGetIsRememberedAndTold() {
    Setup without =
        requested
            .with(SetupStep.CONTACTS, StepResult.WAITING.failed("no", START))
            .with(SetupStep.CUSTOM_FIELDS, StepResult.WAITING.started(START).finished(START));

    StepResult opportunities =
        without.began(SetupStep.OPPORTUNITIES, START).result(SetupStep.OPPORTUNITIES);

    assertThat(opportunities.gaps().without()).containsExactly(SetupStep.CONTACTS);
    assertThat(opportunities.progressed(5, 5).finished(START).told())
        .contains("without contacts")
        .doesNotContain("customFields");
    assertThat(opportunities.finished(START).isWhole()).isFalse();
    assertThat(requested.began(SetupStep.USERS, START).result(SetupStep.USERS).told()).isEmpty();
  }

  @Test
  void aStepComesAgainOnceWhatItWentWithoutIsThere() {
    Setup without =
        requested
            .with(SetupStep.CONTACTS, StepResult.WAITING.failed("no", START))
            .began(SetupStep.OPPORTUNITIES, START)
            .finished(SetupStep.OPPORTUNITIES, START)
            .with(SetupStep.USERS, StepResult.WAITING.started(START).finished(START));
    Setup retried = without.requested(EnumSet.of(SetupStep.CONTACTS), true, START);

    Setup copied = retried.began(SetupStep.CONTACTS, START).copied(SetupStep.CONTACTS, START);

    assertThat(retried.result(SetupStep.OPPORTUNITIES).state()).isEqualTo(StepResult.State.DONE);
    assertThat(copied.result(SetupStep.OPPORTUNITIES)).isEqualTo(StepResult.WAITING);
    assertThat(copied.result(SetupStep.CONTACTS).state()).isEqualTo(StepResult.State.COPIED);
    assertThat(copied.result(SetupStep.USERS).state()).isEqualTo(StepResult.State.DONE);
    assertThat(copied.run()).as("no checkpoint of theirs counts").isGreaterThan(retried.run());
    assertThat(copied.fullSync()).isTrue();
  }

  @Test
  void aStepWhoseBaseFailsInTheEndIsKnownToLackIt() {
    StepResult copied = StepResult.WAITING.started(START).copied(START);
    Setup setup = requested;
    for (SetupStep step : SetupStep.values()) {
      setup = setup.with(step, copied);
    }

    Setup failed =
        setup
            .with(SetupStep.CONTACTS, copied.failed("no", START))
            .finished(SetupStep.APPOINTMENTS, START);

    assertThat(failed.result(SetupStep.APPOINTMENTS).gaps().without())
        .containsExactly(SetupStep.CONTACTS);
  }

  @Test
  void whatWasLeftOutIsToldOnceAndNotWithoutEnd() {
    StepGaps gaps = StepGaps.NONE;
    for (int i = 0; i < 40; i++) {
      gaps = gaps.leavingOut("Calendar " + i / 2 + ".");
    }

    assertThat(gaps.leftOut()).hasSize(11).startsWith("Calendar 0.", "Calendar 1.");
    assertThat(gaps.told()).endsWith("Calendar 9. There is more.");
    assertThat(StepResult.WAITING.failed("No.", START).withGaps(gaps).told())
        .startsWith("No. Calendar 0.");
  }

  @Test
  void aStepCanBeIncludedInWhateverIsUnderWay() {
    Setup running =
        requested
            .with(SetupStep.CALENDARS, StepResult.WAITING.started(START))
            .with(SetupStep.CONTACTS, StepResult.WAITING.started(START).copied(START))
            .with(SetupStep.APPOINTMENTS, StepResult.WAITING.failed("no", START));
    Setup over = requested;
    for (SetupStep step : SetupStep.values()) {
      over = over.with(step, StepResult.WAITING.started(START).finished(START));
    }

    assertThat(Setup.NEVER.including(SetupStep.APPOINTMENTS, START)).isEqualTo(Setup.NEVER);
    assertThat(requested.including(SetupStep.APPOINTMENTS, START)).isEqualTo(requested);
    assertThat(running.including(SetupStep.CONTACTS, START)).isEqualTo(running);
    Setup included = running.including(SetupStep.APPOINTMENTS, START);
    assertThat(included.result(SetupStep.APPOINTMENTS)).isEqualTo(StepResult.WAITING);
    assertThat(included.result(SetupStep.CALENDARS)).isEqualTo(running.result(SetupStep.CALENDARS));
    assertThat(over.including(SetupStep.APPOINTMENTS, START).nextStep(START))
        .contains(SetupStep.APPOINTMENTS);
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
