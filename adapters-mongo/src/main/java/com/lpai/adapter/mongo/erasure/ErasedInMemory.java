package com.lpai.adapter.mongo.erasure;

import com.lpai.domain.sync.StorageUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The erased locations as this instance knows them, so that accepting an event costs no query.
 * Nothing is answered before they were loaded once, and nothing from what is older than ten
 * seconds: then the database's failure is the answer.
 */
final class ErasedInMemory {
  private static final long LOAD_AGAIN = Duration.ofSeconds(5).toNanos();
  private static final long TOO_OLD = Duration.ofSeconds(10).toNanos();

  private final Supplier<Map<String, Instant>> load;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile boolean isAway;
  private volatile Known known = new Known(Map.of(), 0, false);

  private record Known(Map<String, Instant> erasedAt, long since, boolean loaded) {
    boolean isYoungerThan(long nanos, long now) {
      return loaded && now - since < nanos;
    }
  }

  ErasedInMemory(Supplier<Map<String, Instant>> load, LongSupplier nanoTime) {
    this.load = load;
    this.nanoTime = nanoTime;
  }

  /** By hash, when each was erased. */
  Map<String, Instant> current() {
    Known present = known;
    if (present.isYoungerThan(LOAD_AGAIN, nanoTime.getAsLong())) {
      return present.erasedAt();
    }
    if (present.isYoungerThan(TOO_OLD, nanoTime.getAsLong())) {
      return lock.tryLock() ? loaded() : present.erasedAt();
    }
    lockUnlessAway();
    return loaded();
  }

  /** While the database is away one asks it, and nobody waits behind that one. */
  private void lockUnlessAway() {
    int before = failures.get();
    if (isAway) {
      if (!lock.tryLock()) {
        throw isAway();
      }
      return;
    }
    lock.lock();
    if (failures.get() != before) {
      lock.unlock();
      throw isAway();
    }
  }

  private static StorageUnavailableException isAway() {
    return new StorageUnavailableException(
        "The erased locations cannot be read; another request finds out when they can.");
  }

  /** Holding the lock, which it gives back. */
  private Map<String, Instant> loaded() {
    try {
      long now = nanoTime.getAsLong();
      if (!known.isYoungerThan(LOAD_AGAIN, now)) {
        known = new Known(Map.copyOf(load.get()), now, true);
      }
      isAway = false;
      return known.erasedAt();
    } catch (StorageUnavailableException away) {
      failures.incrementAndGet();
      isAway = true;
      throw away;
    } finally {
      lock.unlock();
    }
  }

  /** What this instance stored itself, after it was stored. */
  void put(String hash, Instant erasedAt) {
    change(erased -> erased.put(hash, erasedAt));
  }

  void remove(String hash) {
    change(erased -> erased.remove(hash));
  }

  private interface Change {
    void to(Map<String, Instant> erased);
  }

  /** A load that is under way may have read before the change: it comes first. */
  private void change(Change change) {
    lock.lock();
    try {
      Map<String, Instant> changed = new HashMap<>(known.erasedAt());
      change.to(changed);
      known = new Known(Map.copyOf(changed), known.since(), known.loaded());
    } finally {
      lock.unlock();
    }
  }
}
