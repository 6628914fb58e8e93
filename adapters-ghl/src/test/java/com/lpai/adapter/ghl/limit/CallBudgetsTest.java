package com.lpai.adapter.ghl.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.crm.BudgetStatus;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.InMemoryHeartbeats;
import com.lpai.domain.crm.InMemoryPermitLedger;
import com.lpai.domain.crm.RateBudget.Observation;
import com.lpai.domain.crm.RateBudget.Permit;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.testing.ManyThreads;
import com.lpai.domain.testing.MutableInstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A single instance; several are in {@link SharedBudgetsTest}. */
class CallBudgetsTest {
  private static final LocationId LOCATION = new LocationId("one");
  private static final LocationId OTHER = new LocationId("two");
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Observation NOTHING = new Observation(-1, -1, Duration.ZERO, -1, -1, false);

  private final MutableInstantSource time = MutableInstantSource.aClock();
  private final InMemoryPermitLedger<LocationId> ledger = new InMemoryPermitLedger<>(time);
  private final Presence presence = new Presence(new InMemoryHeartbeats(time), "instance", time);
  private final CallBudgets<LocationId> budgets = budgets(Limits.DOCUMENTED);

  private CallBudgets<LocationId> budgets(Limits limits) {
    return new CallBudgets<>(limits, ledger, presence, time, 100);
  }

  @Test
  void aPersonsCallsGoOutAtOnceUpToTheLimit() {
    assertThat(made(CallPriority.USER, 150)).isEqualTo(100);
  }

  @Test
  void aSmallBurstOfBackgroundCallsIsNotSpaced() {
    assertThat(made(CallPriority.BACKFILL, 19)).isEqualTo(19);
  }

  @Test
  void beforeTheFirstAnswerTheBackgroundFeelsItsWay() {
    int sent = 0;
    while (budgets.request(LOCATION, CallPriority.BACKFILL) instanceof Permit.Granted permit) {
      budgets.sending(LOCATION, permit);
      sent++;
    }

    assertThat(sent).isEqualTo(5);
  }

  @Test
  void whileBackfillUsesAllItMayAPersonsCallsGoOutWithinASecond() {
    backfill(Duration.ofMinutes(1));

    assertThat(made(CallPriority.USER, 3)).isEqualTo(3);
    Instant asked = time.instant();
    for (int more = 7; more > 0; ) {
      switch (budgets.request(LOCATION, CallPriority.USER)) {
        case Permit.Granted granted -> more--;
        case Permit.Wait(Duration wait) -> time.advance(wait);
      }
    }
    assertThat(time.instant()).isBefore(asked.plusSeconds(1));
  }

  @Test
  void backfillGivesWayToFollowUps() {
    backfill(Duration.ofMinutes(1));
    while (made(CallPriority.FOLLOW_UP, 1) == 1) {
      time.advance(Duration.ofMillis(1));
    }

    time.advance(Duration.ofMillis(200));
    assertThat(made(CallPriority.BACKFILL, 1)).isZero();
    assertThat(made(CallPriority.FOLLOW_UP, 1)).isEqualTo(1);
  }

  @Test
  void aWaitIsExactlyAsLongAsNeeded() {
    made(CallPriority.USER, 100);

    assertThat(wait(CallPriority.USER)).isEqualTo(WINDOW);
    time.advance(WINDOW.minusNanos(1));
    assertThat(wait(CallPriority.USER)).isEqualTo(Duration.ofNanos(1));
    time.advance(Duration.ofNanos(1));
    assertThat(made(CallPriority.USER, 1)).isEqualTo(1);
  }

  /** A permit rests for a window after the latest time at which its call can have been counted. */
  @Test
  void aCallCountsFromItsAnswerOrALittleAfterItWasSent() {
    List<Permit.Granted> permits = taken(99);
    permits.forEach(permit -> budgets.sending(LOCATION, permit));
    time.advance(Duration.ofMillis(100));
    permits.subList(0, 50).forEach(permit -> budgets.answered(LOCATION, permit, NOTHING));
    taken(1);

    time.advance(WINDOW.minusMillis(1));
    assertThat(made(CallPriority.USER, 100)).as("answered 9.999 s ago").isZero();
    time.advance(Duration.ofMillis(1));
    assertThat(made(CallPriority.USER, 100)).as("answered 10 s ago").isEqualTo(50);
    time.advance(Duration.ofMillis(100));
    assertThat(made(CallPriority.USER, 100)).as("sent 10.2 s ago").isEqualTo(49);
  }

  @Test
  void aPermitThatWasNotUsedIsThereAgain() {
    List<Permit.Granted> permits = taken(100);

    budgets.unused(LOCATION, permits.getFirst());

    assertThat(made(CallPriority.USER, 10)).isEqualTo(1);
    assertThat(budgets.status(LOCATION).day().used()).isEqualTo(100);
  }

  /** Trap 77. */
  @Test
  void aRefusalPausesTheLocationAndNoOther() {
    answer(new Observation(100, 40, Duration.ofSeconds(30), -1, 1000, true));

    assertThat(wait(CallPriority.USER)).isEqualTo(Duration.ofSeconds(30));
    assertThat(budgets.status(LOCATION).pausedUntil()).isEqualTo(time.instant().plusSeconds(30));
    assertThat(budgets.request(OTHER, CallPriority.BACKFILL)).isInstanceOf(Permit.Granted.class);
    time.advance(Duration.ofSeconds(30));
    assertThat(made(CallPriority.USER, 1)).isEqualTo(1);
  }

  @Test
  void headersLowerTheLimit() {
    answer(new Observation(25, 24, WINDOW, -1, 9_999, false));

    assertThat(made(CallPriority.USER, 150)).isEqualTo(24);
    assertThat(budgets.status(LOCATION).limit()).isEqualTo(25);
  }

  @Test
  void headersRaiseTheLimit() {
    answer(new Observation(200, 199, WINDOW, -1, 9_999, false));
    tick();

    assertThat(made(CallPriority.USER, 250)).isEqualTo(199);
  }

  @Test
  void callsThatSomebodyElseMadeCount() {
    made(CallPriority.USER, 9);
    answer(new Observation(100, 30, WINDOW, -1, 1000, false));

    assertThat(made(CallPriority.USER, 100)).isEqualTo(30);
  }

  @Test
  void absentHeadersChangeNothing() {
    answer(NOTHING);

    assertThat(made(CallPriority.USER, 150)).isEqualTo(99);
  }

  @Test
  void absurdHeadersStopNothingForever() {
    answer(
        new Observation(
            Integer.MAX_VALUE, 0, Duration.ofDays(9), Long.MAX_VALUE, Long.MAX_VALUE, false));
    time.advance(Duration.ofHours(1));
    answer(new Observation(1, 1, Duration.ofMillis(1), 0, 0, false));
    time.advance(Duration.ofDays(1));

    assertThat(made(CallPriority.USER, 1)).isEqualTo(1);
  }

  @Test
  void backfillUsesItsPartOfADayAndFollowUpsLeaveTheLastCallsToPeople() {
    CallBudgets<LocationId> small = budgets(new Limits(100, WINDOW, 1_000, 80));

    assertThat(used(small, CallPriority.BACKFILL)).isEqualTo(800);
    assertThat(used(small, CallPriority.FOLLOW_UP)).isEqualTo(150);
    assertThat(used(small, CallPriority.USER)).isEqualTo(50);
    assertThat(((Permit.Wait) small.request(LOCATION, CallPriority.USER)).duration())
        .isLessThanOrEqualTo(Duration.ofHours(1));
  }

  @Test
  void backfillsPartOfADayIsConfigured() {
    assertThat(used(budgets(new Limits(100, WINDOW, 1_000, 30)), CallPriority.BACKFILL))
        .isEqualTo(300);
  }

  @Test
  void theDaysRestByGoHighLevelsWordCounts() {
    answer(new Observation(100, 99, WINDOW, 200_000, 10, false));

    assertThat(used(budgets, CallPriority.BACKFILL)).isZero();
    assertThat(used(budgets, CallPriority.USER)).isEqualTo(10);
  }

  @Test
  void aNewDayBeginsWhenGoHighLevelCountsAnew() {
    CallBudgets<LocationId> small = budgets(new Limits(100, WINDOW, 1_000, 80));
    used(small, CallPriority.BACKFILL);
    answer(small, CallPriority.USER, new Observation(100, 99, WINDOW, 1_000, 990, false));

    assertThat(small.status(LOCATION).day().used()).isEqualTo(10);
    assertThat(used(small, CallPriority.BACKFILL)).isEqualTo(800);
  }

  @Test
  void afterTheDaysLastCallOneAnHourFindsOutWhetherItIsOver() {
    answer(new Observation(100, 99, WINDOW, -1, 0, false));

    assertThat(wait(CallPriority.USER)).isEqualTo(Duration.ofHours(1));
    time.advance(Duration.ofHours(1));
    assertThat(made(CallPriority.USER, 5)).isEqualTo(1);
  }

  @Test
  void aDayWithoutHeadersEndsAfterADay() {
    CallBudgets<LocationId> small = budgets(new Limits(100, WINDOW, 50, 80));
    assertThat(used(small, CallPriority.USER)).isEqualTo(50);

    time.advance(Duration.ofDays(1));

    assertThat(used(small, CallPriority.USER)).isEqualTo(50);
  }

  @Test
  void theForecastSaysWhenBackfillWillHaveUsedItsPart() {
    CallBudgets<LocationId> small = budgets(new Limits(100, WINDOW, 10_000, 80));
    for (int minute = 0; minute < 5; minute++) {
      for (int call = 0; call < 100; call++) {
        time.advance(Duration.ofMillis(600));
        answer(small, CallPriority.BACKFILL, NOTHING);
      }
      presence.beat();
      small.tend();
    }

    BudgetStatus status = small.status(LOCATION);

    assertThat(status.day().backfill()).isEqualTo(500);
    assertThat(status.backfillLimit()).isEqualTo(8_000);
    assertThat(status.dailyLeft()).isEqualTo(9_500);
    assertThat(status.backfillPerMinute()).isEqualTo(100);
    assertThat(status.backfillEndsAt()).isEqualTo(time.instant().plus(Duration.ofMinutes(75)));
  }

  @Test
  void theForecastSaysNothingWhenTheDayEndsBefore() {
    for (int minute = 0; minute < 5; minute++) {
      time.advance(Duration.ofMinutes(1));
      made(CallPriority.BACKFILL, 1);
      tick();
    }

    assertThat(budgets.status(LOCATION).backfillPerMinute()).isEqualTo(1);
    assertThat(budgets.status(LOCATION).backfillEndsAt()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void aLocationThatNeverCalledHasAllOfItsBudget() {
    BudgetStatus status = budgets.status(OTHER);

    assertThat(status.leased()).isZero();
    assertThat(status.dailyLeft()).isEqualTo(200_000);
    assertThat(ledger.find(OTHER)).isEmpty();
  }

  @Test
  void idleLocationsCostNothing() {
    made(CallPriority.USER, 20);
    for (int i = 0; i < 60; i++) {
      time.advance(Duration.ofMillis(500));
      tick();
    }
    long writes = ledger.writes();

    time.advance(Duration.ofSeconds(1));
    tick();

    assertThat(ledger.find(LOCATION).orElseThrow().held()).isEmpty();
    assertThat(ledger.find(LOCATION).orElseThrow().day().used()).isEqualTo(20);
    assertThat(ledger.writes()).isEqualTo(writes);
  }

  @Test
  void idleLocationsAreForgotten() {
    for (int i = 0; i < 2_000; i++) {
      budgets.request(new LocationId("location" + i), CallPriority.USER);
      time.advance(Duration.ofSeconds(1));
      tick();
    }

    assertThat(budgets.size()).isLessThanOrEqualTo(100);
  }

  /** What was erased must not come back with what is given back of it, or told of its day. */
  @Test
  void nothingIsStoredOfALocationThatWasErased() {
    made(CallPriority.BACKFILL, 15);
    tick();
    made(CallPriority.BACKFILL, 5);
    ledger.remove(LOCATION);

    for (int i = 0; i < 60; i++) {
      time.advance(Duration.ofSeconds(1));
      tick();
    }
    assertThat(ledger.find(LOCATION)).isEmpty();
    assertThat(budgets.size()).isZero();

    assertThat(made(CallPriority.USER, 1)).isOne();
    assertThat(ledger.find(LOCATION)).as("installed again, it has its permits").isPresent();
  }

  @Test
  void manyThreadsTogetherKeepTheLimit() {
    List<Permit> answers =
        ManyThreads.atOnce(200, number -> budgets.request(LOCATION, CallPriority.USER));

    assertThat(answers.stream().filter(Permit.Granted.class::isInstance)).hasSize(100);
  }

  @Test
  void theDaysCallsSurviveTheInstance() {
    made(CallPriority.BACKFILL, 15);
    time.advance(Duration.ofSeconds(31));
    presence.beat();
    tick();

    Presence next = new Presence(new InMemoryHeartbeats(time), "next", time);
    CallBudgets<LocationId> later = new CallBudgets<>(Limits.DOCUMENTED, ledger, next, time, 100);
    next.beat();
    later.tend();

    assertThat(later.status(LOCATION).day().backfill()).isEqualTo(15);
  }

  private void tick() {
    presence.beat();
    budgets.tend();
  }

  private void backfill(Duration length) {
    Instant end = time.instant().plus(length);
    while (time.instant().isBefore(end)) {
      if (made(CallPriority.BACKFILL, 1) == 0) {
        time.advance(Duration.ofMillis(20));
        tick();
      }
    }
  }

  private List<Permit.Granted> taken(int permits) {
    List<Permit.Granted> taken = new ArrayList<>();
    for (int i = 0; i < permits; i++) {
      taken.add((Permit.Granted) budgets.request(LOCATION, CallPriority.USER));
    }
    return taken;
  }

  private void answer(Observation observation) {
    answer(budgets, CallPriority.USER, observation);
  }

  private static void answer(
      CallBudgets<LocationId> of, CallPriority priority, Observation observation) {
    Permit.Granted permit = (Permit.Granted) of.request(LOCATION, priority);
    of.sending(LOCATION, permit);
    of.answered(LOCATION, permit, observation);
  }

  /** How many of these calls went out; each is answered at once. */
  private int made(CallPriority priority, int asked) {
    int made = 0;
    for (int i = 0; i < asked; i++) {
      if (budgets.request(LOCATION, priority) instanceof Permit.Granted permit) {
        budgets.sending(LOCATION, permit);
        budgets.answered(LOCATION, permit, NOTHING);
        made++;
      }
    }
    return made;
  }

  /** How many calls come out before the wait is longer than any window. */
  private int used(CallBudgets<LocationId> of, CallPriority priority) {
    int used = 0;
    while (true) {
      switch (of.request(LOCATION, priority)) {
        case Permit.Granted permit -> {
          of.sending(LOCATION, permit);
          of.answered(LOCATION, permit, NOTHING);
          used++;
        }
        case Permit.Wait(Duration wait) -> {
          if (wait.compareTo(Duration.ofMinutes(1)) > 0) {
            return used;
          }
          time.advance(wait);
        }
      }
    }
  }

  private Duration wait(CallPriority priority) {
    return ((Permit.Wait) budgets.request(LOCATION, priority)).duration();
  }
}
