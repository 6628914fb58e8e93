package com.lpai.adapter.ghl.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.RateBudget.Observation;
import com.lpai.domain.crm.RateBudget.Permit;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallBudgetsTest {
  private static final LocationId LOCATION = new LocationId("one");
  private static final Instant START = Instant.parse("2026-11-22T10:00:00.123456Z");
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final List<CallPriority> PRIORITIES = List.of(CallPriority.values());

  private final Time time = new Time();
  private final CallBudgets<LocationId> budgets = new CallBudgets<>(Limits.DOCUMENTED, time);

  private static final class Time implements InstantSource {
    private Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }

    void pass(Duration duration) {
      now = now.plus(duration);
    }
  }

  @Test
  void aPersonsCallsGoOutAtOnceUpToTheLimit() {
    assertThat(granted(CallPriority.USER, 150)).isEqualTo(100);
  }

  @Test
  void aSmallBurstOfBackgroundCallsIsNotSpaced() {
    assertThat(granted(CallPriority.BACKFILL, 19)).isEqualTo(19);
  }

  @Test
  void someCallsAreKeptForPeople() {
    run(Duration.ofMinutes(1), 20, CallPriority.BACKFILL, CallPriority.FOLLOW_UP);

    assertThat(granted(CallPriority.USER, 10)).isGreaterThanOrEqualTo(4);
  }

  @Test
  void aWaitIsExactlyAsLongAsNeeded() {
    granted(CallPriority.USER, 100);

    Duration wait = wait(CallPriority.USER);
    time.pass(wait.minusNanos(1));
    assertThat(budgets.request(LOCATION, CallPriority.USER)).isInstanceOf(Permit.Wait.class);
    time.pass(Duration.ofNanos(1));

    assertThat(granted(CallPriority.USER, 1)).isEqualTo(1);
    assertThat(wait).isBetween(WINDOW, WINDOW.plusMillis(100));
  }

  /** Sound for a sliding and so for every fixed window, whoever calls and however late. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noSpanOfTenSecondsHoldsMoreThanTheLimitAndLittleIsWasted(long seed) {
    SplitRun run = new SplitRun(new SplittableRandom(seed));
    List<Instant> calls = run.go(Duration.ofMinutes(10));

    assertThat(mostInAnySpan(calls)).as("seed %d", seed).isLessThanOrEqualTo(100);
    assertThat(calls.size()).as("seed %d", seed).isGreaterThanOrEqualTo((int) (60 * 100 * 0.95));
  }

  @Test
  void backgroundWorkAloneUsesNinetyFivePercent() {
    List<Instant> calls = run(Duration.ofMinutes(30), 1, CallPriority.BACKFILL);

    assertThat(mostInAnySpan(calls)).isLessThanOrEqualTo(95);
    assertThat(calls.size()).isGreaterThanOrEqualTo((int) (180 * 95 * 0.995));
  }

  /** Requests that take a random time on their way: the other side sees no more either. */
  @Test
  void unevenWaysDoNotBringBackgroundWorkAboveTheLimit() {
    SplittableRandom random = new SplittableRandom(11);
    List<Instant> arrivals = new ArrayList<>();
    for (Instant call : run(Duration.ofMinutes(30), 1, CallPriority.BACKFILL)) {
      arrivals.add(call.plusMillis(20 + random.nextInt(300)));
    }
    arrivals.sort(null);

    assertThat(mostInAnySpan(arrivals)).isLessThanOrEqualTo(100);
  }

  /** Trap 77. */
  @Test
  void aRefusalPausesTheLocationAndNoOther() {
    budgets.observe(LOCATION, new Observation(100, 40, Duration.ofSeconds(30), 1000, true));

    assertThat(wait(CallPriority.USER)).isEqualTo(Duration.ofSeconds(30));
    assertThat(budgets.request(new LocationId("two"), CallPriority.BACKFILL))
        .isInstanceOf(Permit.Granted.class);
    time.pass(Duration.ofSeconds(30));
    assertThat(granted(CallPriority.USER, 1)).isEqualTo(1);
  }

  @Test
  void headersLowerTheLimit() {
    budgets.observe(LOCATION, new Observation(25, 24, WINDOW, 9_999, false));

    List<Instant> calls = run(Duration.ofMinutes(5), 1, CallPriority.USER);

    assertThat(mostInAnySpan(calls)).isLessThanOrEqualTo(25);
    assertThat(calls.size()).isGreaterThanOrEqualTo((int) (30 * 25 * 0.95));
  }

  @Test
  void callsThatSomebodyElseMadeCount() {
    granted(CallPriority.USER, 10);
    budgets.observe(LOCATION, new Observation(100, 30, WINDOW, 1000, false));

    assertThat(granted(CallPriority.USER, 100)).isEqualTo(30);
  }

  @Test
  void absentHeadersChangeNothing() {
    budgets.observe(LOCATION, new Observation(-1, -1, Duration.ZERO, -1, false));

    assertThat(granted(CallPriority.USER, 150)).isEqualTo(100);
  }

  @Test
  void absurdHeadersStopNothingForever() {
    budgets.observe(
        LOCATION, new Observation(Integer.MAX_VALUE, 0, Duration.ofDays(9), Long.MAX_VALUE, false));
    budgets.observe(LOCATION, new Observation(1, 1, Duration.ofMillis(1), 0, false));
    time.pass(Duration.ofDays(1));

    assertThat(granted(CallPriority.USER, 1)).isEqualTo(1);
  }

  @Test
  void backfillUsesFourFifthsOfADayAndFollowUpsLeaveTheLastCallsToPeople() {
    CallBudgets<LocationId> small = new CallBudgets<>(new Limits(100, WINDOW, 1_000), time);

    assertThat(used(small, CallPriority.BACKFILL)).isEqualTo(800);
    assertThat(used(small, CallPriority.FOLLOW_UP)).isEqualTo(150);
    assertThat(used(small, CallPriority.USER)).isEqualTo(50);
    assertThat(((Permit.Wait) small.request(LOCATION, CallPriority.USER)).duration())
        .isLessThanOrEqualTo(Duration.ofHours(1));
  }

  @Test
  void theDaysRestByGoHighLevelsWordCounts() {
    budgets.observe(LOCATION, new Observation(100, 99, WINDOW, 10, false));

    assertThat(used(budgets, CallPriority.BACKFILL)).isEqualTo(8);
    assertThat(used(budgets, CallPriority.USER)).isEqualTo(2);

    budgets.observe(LOCATION, new Observation(100, 99, WINDOW, 5_000, false));
    assertThat(granted(CallPriority.BACKFILL, 1)).as("a new day began there").isEqualTo(1);
  }

  @Test
  void afterTheDaysLastCallOneAnHourFindsOutWhetherItIsOver() {
    budgets.observe(LOCATION, new Observation(100, 99, WINDOW, 0, false));

    assertThat(wait(CallPriority.USER)).isEqualTo(Duration.ofHours(1));
    time.pass(Duration.ofHours(1));
    assertThat(granted(CallPriority.USER, 5)).isEqualTo(1);
  }

  @Test
  void idleLocationsAreForgotten() {
    CallBudgets<LocationId> few = new CallBudgets<>(Limits.DOCUMENTED, time, 100);
    for (int i = 0; i < 10_000; i++) {
      few.request(new LocationId("location" + i), CallPriority.USER);
      time.pass(Duration.ofMillis(200));
    }

    assertThat(few.size()).isLessThanOrEqualTo(100);
  }

  @Test
  void manyThreadsTogetherKeepTheLimit() throws InterruptedException {
    AtomicInteger granted = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 500; i++) {
        threads.execute(
            () -> {
              await(go);
              if (budgets.request(LOCATION, CallPriority.USER) instanceof Permit.Granted) {
                granted.incrementAndGet();
              }
            });
      }
      go.countDown();
    }

    assertThat(granted).hasValue(100);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** Callers of all priorities that come back late by chance. */
  private final class SplitRun {
    private final SplittableRandom random;

    SplitRun(SplittableRandom random) {
      this.random = random;
    }

    List<Instant> go(Duration length) {
      List<Instant> calls = new ArrayList<>();
      Instant end = START.plus(length);
      while (time.now.isBefore(end)) {
        CallPriority priority = PRIORITIES.get(random.nextInt(3));
        switch (budgets.request(LOCATION, priority)) {
          case Permit.Granted granted -> calls.add(time.now);
          case Permit.Wait(Duration wait) -> {
            Duration late = Duration.ofNanos(random.nextLong(5_000_000));
            boolean isPatient = random.nextBoolean();
            time.pass(isPatient ? Duration.ofMillis(2).plus(late) : shorter(wait).plus(late));
          }
        }
      }
      return calls;
    }

    private Duration shorter(Duration wait) {
      Duration most = Duration.ofMillis(50);
      return wait.compareTo(most) < 0 ? wait : most;
    }
  }

  /** Callers that come back as soon as they may. */
  private List<Instant> run(Duration length, int lateMillis, CallPriority... priorities) {
    List<Instant> calls = new ArrayList<>();
    Instant end = time.now.plus(length);
    for (int turn = 0; time.now.isBefore(end); turn++) {
      switch (budgets.request(LOCATION, priorities[turn % priorities.length])) {
        case Permit.Granted granted -> calls.add(time.now);
        case Permit.Wait(Duration wait) -> time.pass(wait.plusMillis(lateMillis));
      }
    }
    return calls;
  }

  private int granted(CallPriority priority, int asked) {
    int granted = 0;
    for (int i = 0; i < asked; i++) {
      granted += budgets.request(LOCATION, priority) instanceof Permit.Granted ? 1 : 0;
    }
    return granted;
  }

  /** How many calls come out before the wait is longer than any window. */
  private int used(CallBudgets<LocationId> budgets, CallPriority priority) {
    int used = 0;
    while (true) {
      switch (budgets.request(LOCATION, priority)) {
        case Permit.Granted granted -> used++;
        case Permit.Wait(Duration wait) -> {
          if (wait.compareTo(Duration.ofMinutes(1)) > 0) {
            return used;
          }
          time.pass(wait);
        }
      }
    }
  }

  private Duration wait(CallPriority priority) {
    return ((Permit.Wait) budgets.request(LOCATION, priority)).duration();
  }

  private static int mostInAnySpan(List<Instant> calls) {
    int most = 0;
    int first = 0;
    for (int last = 0; last < calls.size(); last++) {
      while (!calls.get(first).plus(WINDOW).isAfter(calls.get(last))) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }
}
