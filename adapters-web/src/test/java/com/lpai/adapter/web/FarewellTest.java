package com.lpai.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FarewellTest {
  private final AtomicInteger said = new AtomicInteger();
  private final Farewell farewell = new Farewell(said::incrementAndGet);

  @Test
  void itIsSaidOnceHoweverOftenTheServerIsToldToStop() {
    farewell.awaitEndOfProcess();

    farewell.say();
    farewell.say();

    assertThat(said).hasValue(1);
  }

  @Test
  void anApplicationThatStoppedLeavesNothingToTheEndOfTheProcess() {
    farewell.awaitEndOfProcess();
    farewell.say();

    // Refused for a thread that is registered already.
    farewell.awaitEndOfProcess();
    farewell.say();
  }
}
