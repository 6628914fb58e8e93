package com.lpai.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.sync.InMemoryLeases;
import com.lpai.domain.testing.MutableInstantSource;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoldTest {
  private static final Duration DURATION = Duration.ofSeconds(20);

  private final MutableInstantSource time = MutableInstantSource.aClock();
  private final InMemoryLeases leases = new InMemoryLeases();

  @Test
  void oneAtATimeHasIt() {
    Hold first = take("one").orElseThrow();

    assertThat(take("two")).isEmpty();

    first.close();
    assertThat(take("two")).isPresent();
  }

  @Test
  void itLastsAsLongAsItIsProlonged() {
    Hold hold = take("one").orElseThrow();
    for (int i = 0; i < 5; i++) {
      time.advance(DURATION.minusSeconds(1));
      assertThat(hold.isProlonged()).isTrue();
    }

    assertThat(take("two")).isEmpty();
  }

  @Test
  void whoeverLostItIsToldAndTakesNothingBack() {
    Hold lost = take("one").orElseThrow();
    time.advance(DURATION.plusSeconds(1));
    Hold present = take("two").orElseThrow();

    assertThat(lost.isProlonged()).isFalse();
    lost.close();

    assertThat(present.isProlonged()).isTrue();
    assertThat(take("one")).isEmpty();
  }

  private Optional<Hold> take(String instance) {
    return Hold.on(
        "work", leases, DURATION, new Instance(instance, time, () -> "token", () -> 0.5));
  }
}
