package com.lpai.adapter.ghl.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lpai.domain.crm.InMemoryHeartbeats;
import com.lpai.domain.testing.MutableInstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PresenceTest {
  private final MutableInstantSource time = MutableInstantSource.aClock();
  private final InMemoryHeartbeats heartbeats = new InMemoryHeartbeats(time);

  /** Else a call of that moment would be refused for want of permits that are there. */
  @Test
  void whoComesWhileAnotherBeatsWaitsForThatBeat() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    AtomicInteger beats = new AtomicInteger();
    Presence presence =
        new Presence(
            name -> {
              beats.incrementAndGet();
              begun.countDown();
              awaitWithoutInterruption(answered);
              return heartbeats.beat(name);
            },
            "instance",
            time);
    Thread first = Thread.ofPlatform().start(presence::beat);
    begun.await();
    Thread second = Thread.ofPlatform().start(presence::beat);
    await().until(() -> second.getState() == Thread.State.TIMED_WAITING);

    answered.countDown();
    first.join();
    second.join();

    assertThat(presence.isCertain()).isTrue();
    assertThat(beats).hasValue(1);
  }

  private static void awaitWithoutInterruption(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
