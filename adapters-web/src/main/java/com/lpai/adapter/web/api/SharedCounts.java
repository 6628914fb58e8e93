package com.lpai.adapter.web.api;

import com.lpai.application.health.HealthQueries;
import com.lpai.application.health.SyncHealth;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;

/**
 * How much locations have, for everybody who asks on this instance: counting looks at each of
 * hundreds of thousands of records. One count of a location is under way at a time. Where it took
 * long it is shared for four times as long afterwards, five seconds at most.
 */
public final class SharedCounts {
  private static final Duration LONG = Duration.ofMillis(50);
  private static final int REST = 4;
  private static final Duration LONGEST_REST = Duration.ofSeconds(5);

  private final HealthQueries health;
  private final LongSupplier nanos;
  private final Map<LocationId, Count> counts = new ConcurrentHashMap<>();

  public SharedCounts(HealthQueries health) {
    this(health, System::nanoTime);
  }

  /**
   * Counts.
   *
   * @param nanos a clock that only goes forward
   */
  SharedCounts(HealthQueries health, LongSupplier nanos) {
    this.health = health;
    this.nanos = nanos;
  }

  /** One count of a location; whoever comes first does it. */
  private final class Count {
    private final FutureTask<Optional<SyncHealth>> task;
    private volatile long sharedUntil;

    Count(LocationId location) {
      task = new FutureTask<>(() -> count(location));
    }

    private Optional<SyncHealth> count(LocationId location) {
      long begun = nanos.getAsLong();
      try {
        return health.syncHealth(location);
      } finally {
        long now = nanos.getAsLong();
        long took = now - begun;
        boolean isLong = took >= LONG.toNanos();
        sharedUntil = isLong ? now + Math.min(REST * took, LONGEST_REST.toNanos()) : now;
      }
    }

    boolean isShared() {
      return switch (task.state()) {
        case RUNNING -> true;
        case SUCCESS -> nanos.getAsLong() - sharedUntil < 0;
        case FAILED, CANCELLED -> false;
      };
    }

    Optional<SyncHealth> answer() {
      task.run();
      try {
        return task.get();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("stopped while others counted", stopped);
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(failed);
      }
    }
  }

  /** How a location's records stand, or stood seconds ago; empty when it is unknown. */
  public Optional<SyncHealth> of(LocationId location) {
    Count count =
        counts.compute(
            location,
            (id, present) -> present != null && present.isShared() ? present : new Count(id));
    try {
      return count.answer();
    } finally {
      if (!count.isShared()) {
        counts.remove(location, count);
      }
    }
  }
}
