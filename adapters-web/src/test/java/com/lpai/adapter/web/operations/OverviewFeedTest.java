package com.lpai.adapter.web.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.web.UnaskedHealth;
import com.lpai.application.health.Overview;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.testing.MutableInstantSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverviewFeedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private volatile String trouble = "";
  private volatile Runnable meanwhile = () -> {};
  private final OverviewFeed feed = new OverviewFeed(new Away(), MutableInstantSource.aClock());

  /** Its database is away, or it has a fault. */
  private final class Away extends UnaskedHealth {
    @Override
    public Overview overview() {
      String found = trouble;
      meanwhile.run();
      if (found.isEmpty()) {
        throw new StorageUnavailableException("away", new IllegalStateException());
      }
      throw new IllegalStateException(found);
    }
  }

  @AfterEach
  void close() {
    feed.close();
  }

  @Test
  void whoWatchesIsToldWhatIsSeenAndEachTimeItChanges() throws InterruptedException {
    assertThat(feed.join()).isTrue();

    Snapshot first = feed.next(0, PATIENCE);
    assertThat(first.whole()).contains("The database cannot be reached.");

    trouble = "planted";
    assertThat(feed.next(first.number(), PATIENCE).whole()).contains("see the log");
  }

  @Test
  void whoComesAfterAllHaveLeftIsToldWhatIsSeenNow() throws InterruptedException {
    assertThat(feed.join()).isTrue();
    assertThat(feed.next(0, PATIENCE).whole()).contains("The database cannot be reached.");
    feed.leave();
    trouble = "planted";

    assertThat(feed.join()).isTrue();

    assertThat(feed.next(0, PATIENCE).whole()).contains("see the log");
  }

  @Test
  void whatALookSawBeforeAllLeftIsNotKept() throws InterruptedException {
    CountDownLatch looking = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    meanwhile =
        () -> {
          looking.countDown();
          try {
            assertThat(mayEnd.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        };
    assertThat(feed.join()).isTrue();
    assertThat(looking.await(20, TimeUnit.SECONDS)).isTrue();
    feed.leave();
    trouble = "planted";

    assertThat(feed.join()).isTrue();
    mayEnd.countDown();

    assertThat(feed.next(0, PATIENCE).whole()).contains("see the log");
  }

  @Test
  void thereIsABoundUntilSomebodyLeaves() {
    for (int i = 0; i < OverviewFeed.MOST_WATCHERS; i++) {
      assertThat(feed.join()).isTrue();
    }

    assertThat(feed.join()).isFalse();
    assertThat(feed.refusal().problem().kind()).isEqualTo("too-many-watchers");
    feed.leave();
    assertThat(feed.join()).isTrue();
  }

  @Test
  void aServerThatStopsSendsWatchersToAnotherOneSoon() {
    feed.close();

    assertThat(feed.join()).isFalse();
    assertThat(feed.refusal().problem().status()).isEqualTo(503);
    assertThat(feed.refusal().problem().kind()).isEqualTo("stopping");
    assertThat(feed.refusal().problem().retryAfter()).isEqualTo(Duration.ofSeconds(1));
  }
}
