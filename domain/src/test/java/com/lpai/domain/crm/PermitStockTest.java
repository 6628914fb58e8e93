package com.lpai.domain.crm;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PermitStockTest {
  private final PermitStock stock = PermitStock.untouched(100, Duration.ofSeconds(10));

  @Test
  void whatIsHeldIsNotFree() {
    PermitStock shared = stock.withHeld("one", 60).withHeld("two", 30);

    assertThat(shared.free()).isEqualTo(10);
    assertThat(shared.without("one").free()).isEqualTo(70);
    assertThat(shared.heldBy("one")).isEqualTo(60);
    assertThat(shared.heldBy("three")).isZero();
  }

  @Test
  void aLoweredLimitLeavesLessThanNothing() {
    assertThat(stock.withHeld("one", 60).withLimit(25, Duration.ofSeconds(10)).free())
        .isEqualTo(-35);
  }

  @Test
  void aPauseIsNeverShortened() {
    PermitStock paused = stock.paused(START);

    assertThat(paused.paused(START.minusSeconds(1)).pausedUntil()).isEqualTo(START);
    assertThat(paused.paused(START.plusSeconds(1)).pausedUntil()).isEqualTo(START.plusSeconds(1));
  }

  @Test
  void whoeverHoldsOrWantsNothingIsNotNamed() {
    PermitStock used = stock.withHeld("one", 3).withWanted("one", 4);

    assertThat(used.withHeld("one", 0).withWanted("one", 0)).isEqualTo(stock);
  }

  @Test
  void nobodyHoldsLessThanNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> stock.withHeld("one", -1));
  }
}
