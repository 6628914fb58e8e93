package com.lpai.adapter.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.lpai.adapter.web.UnaskedHealth;
import com.lpai.application.health.SyncHealth;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedCountsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger counted = new AtomicInteger();
  private final LocationId location = TenantFixture.anyLocation();

  /** Each count takes its time. */
  private SharedCounts countsThatTake(Duration span) {
    return new SharedCounts(
        new Counting(
            () -> {
              nanos.addAndGet(span.toNanos());
              return Optional.empty();
            }),
        nanos::get);
  }

  private void pass(Duration span) {
    nanos.addAndGet(span.toNanos());
  }

  @Test
  void aQuickCountIsMadeAnewForEach() {
    SharedCounts counts = countsThatTake(Duration.ofMillis(49));

    counts.of(location);
    counts.of(location);

    assertThat(counted).hasValue(2);
  }

  @Test
  void aLongCountIsSharedForFourTimesAsLong() {
    SharedCounts counts = countsThatTake(Duration.ofMillis(500));

    counts.of(location);
    pass(Duration.ofMillis(1_999));
    counts.of(location);
    assertThat(counted).hasValue(1);
    counts.of(TenantFixture.anyLocation());
    assertThat(counted).as("another location").hasValue(2);
    pass(Duration.ofMillis(1));
    counts.of(location);
    assertThat(counted).hasValue(3);
  }

  @Test
  void noCountIsSharedForMoreThanFiveSeconds() {
    SharedCounts counts = countsThatTake(Duration.ofSeconds(30));

    counts.of(location);
    pass(Duration.ofMillis(4_999));
    counts.of(location);
    assertThat(counted).hasValue(1);
    pass(Duration.ofMillis(1));
    counts.of(location);
    assertThat(counted).hasValue(2);
  }

  @Test
  void whoAsksWhileOthersCountWaitsForThem() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    SharedCounts counts =
        new SharedCounts(
            new Counting(
                () -> {
                  mayEnd.await();
                  return Optional.empty();
                }),
            nanos::get);
    List<Thread> askers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      askers.add(Thread.ofVirtual().start(() -> counts.of(location)));
    }
    await().until(() -> askers.stream().allMatch(each -> each.getState() == Thread.State.WAITING));

    mayEnd.countDown();

    for (Thread asker : askers) {
      asker.join();
    }
    assertThat(counted).hasValue(1);
  }

  @Test
  void aCountThatFailedIsMadeAgain() {
    SharedCounts counts =
        new SharedCounts(
            new Counting(
                () -> {
                  throw new StorageUnavailableException("away", new IllegalStateException());
                }),
            nanos::get);

    for (int i = 1; i <= 2; i++) {
      assertThatExceptionOfType(StorageUnavailableException.class)
          .isThrownBy(() -> counts.of(location));
      assertThat(counted).hasValue(i);
    }
  }

  /** Counts by this, and how often. */
  private final class Counting extends UnaskedHealth {
    private final Callable<Optional<SyncHealth>> count;

    Counting(Callable<Optional<SyncHealth>> count) {
      this.count = count;
    }

    @Override
    public Optional<SyncHealth> syncHealth(LocationId locationId) {
      counted.incrementAndGet();
      try {
        return count.call();
      } catch (RuntimeException failed) {
        throw failed;
      } catch (Exception other) {
        throw new IllegalStateException(other);
      }
    }
  }
}
