package com.lpai.adapter.ghl.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.testing.MutableInstantSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakersTest {
  private static final String SICK = "sick";
  private static final String WELL = "well";

  private final MutableInstantSource time = MutableInstantSource.aClock();
  private final CircuitBreakers breakers = new CircuitBreakers("ghl.example", time);

  @Test
  void someFailuresStopNothing() {
    fail(SICK, 4);

    assertThat(breakers.enter(SICK)).isEmpty();
  }

  @Test
  void oneSickTenantStopsNobodyElse() {
    fail(SICK, 50);

    assertThat(breakers.trouble(SICK))
        .hasValueSatisfying(why -> assertThat(why).contains("ghl.example", "the next try is in"));
    assertThat(breakers.trouble(WELL)).isEmpty();
  }

  @Test
  void failuresOfSeveralStopAll() {
    for (int i = 0; i < 4; i++) {
      fail("one", 1);
      fail("two", 1);
      fail("three", 1);
    }

    assertThat(breakers.trouble(WELL)).isPresent();
  }

  @Test
  void aHostThatCannotBeReachedStopsAll() {
    for (int i = 0; i < 5; i++) {
      breakers.unanswered(SICK, true);
    }

    assertThat(breakers.trouble(WELL)).isPresent();
  }

  @Test
  void anAnswerOfAnyKindIsASignOfLife() {
    fail(SICK, 4);
    breakers.answered(SICK, 404);
    fail(SICK, 4);

    assertThat(breakers.trouble(SICK)).isEmpty();
  }

  @Test
  void afterAPauseOneCallFindsOut() {
    fail(SICK, 5);
    time.advance(Duration.ofSeconds(1));

    assertThat(breakers.enter(SICK)).isEmpty();
    assertThat(breakers.enter(SICK)).as("the second").isPresent();
    breakers.answered(SICK, 200);

    assertThat(breakers.enter(SICK)).isEmpty();
    assertThat(breakers.enter(SICK)).isEmpty();
  }

  @Test
  void eachFailureToFindOutDoublesThePauseUpToABound() {
    fail(SICK, 5);
    for (int pause : new int[] {1, 2, 4, 8, 15, 15}) {
      time.advance(Duration.ofSeconds(pause).minusNanos(1));
      assertThat(breakers.enter(SICK)).as("before %d s", pause).isPresent();
      time.advance(Duration.ofNanos(1));
      assertThat(breakers.enter(SICK)).as("after %d s", pause).isEmpty();
      fail(SICK, 1);
    }
  }

  @Test
  void whatWasUnderWayWhenItOpenedAddsNothing() {
    fail(SICK, 60);
    time.advance(Duration.ofSeconds(1));

    assertThat(breakers.enter(SICK)).isEmpty();
  }

  @Test
  void aCallThatNeverReportsDoesNotKeepItClosed() {
    fail(SICK, 5);
    time.advance(Duration.ofSeconds(1));
    assertThat(breakers.enter(SICK)).isEmpty();

    time.advance(Duration.ofSeconds(1));

    assertThat(breakers.enter(SICK)).isEmpty();
  }

  private void fail(String owner, int times) {
    for (int i = 0; i < times; i++) {
      breakers.answered(owner, 503);
    }
  }
}
