package com.lpai.boot.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkshopTest {
  @Test
  void whatWasHandedOverHasItsPlaceWhetherItHasBegunOrNot() throws InterruptedException {
    Workshop workshop = new Workshop("test", 3);
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(4);

    for (int number = 1; number <= 4; number++) {
      workshop.start(number, () -> awaitQuietly(end), done::countDown);
      assertThat(workshop.freePlaces()).isEqualTo(Math.max(0, 3 - number));
    }
    end.countDown();

    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(workshop.freePlaces()).isEqualTo(3);
    workshop.close(Duration.ofSeconds(1));
  }

  private static void awaitQuietly(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
