package com.lpai.adapter.web.operations;

import com.lpai.application.health.HealthQueries;
import com.lpai.domain.sync.StorageUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The overview for everybody who watches: one thread looks at most twice a second while anybody
 * does, and wakes the watchers when something has changed. It rests four times as long as a look
 * took, and five seconds at most: one look that was held up must not leave everybody in the dark.
 */
public final class OverviewFeed implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OverviewFeed.class.getName());
  private static final Duration TICK = Duration.ofMillis(500);
  private static final int MOST_WATCHERS = 50;
  private static final int REST = 4;
  private static final Duration LONGEST_REST = Duration.ofSeconds(5);

  private final HealthQueries health;
  private final InstantSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition watched = lock.newCondition();
  private Snapshot latest = Snapshot.NOTHING;
  private int watchers;
  private boolean started;
  private boolean closed;

  public OverviewFeed(HealthQueries health, InstantSource time) {
    this.health = health;
    this.time = time;
  }

  /** Begins to watch; false when too many do, or the server stops. */
  boolean join() {
    lock.lock();
    try {
      if (closed || watchers >= MOST_WATCHERS) {
        return false;
      }
      watchers++;
      if (!started) {
        started = true;
        Thread.ofVirtual().name("overview").start(this::look);
      }
      watched.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      watchers--;
    } finally {
      lock.unlock();
    }
  }

  /** This server's time, which is not the browser's. */
  String now() {
    return time.instant().toString();
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** The state after the one with this number; that one itself when nothing changed in time. */
  Snapshot next(long seen, Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (!closed && latest.number() == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
      return latest;
    } finally {
      lock.unlock();
    }
  }

  private void look() {
    try {
      while (awaitWatchers()) {
        long begun = System.nanoTime();
        lookOnce();
        long took = System.nanoTime() - begun;
        TimeUnit.NANOSECONDS.sleep(Math.clamp(REST * took, TICK.toNanos(), LONGEST_REST.toNanos()));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean awaitWatchers() throws InterruptedException {
    lock.lock();
    try {
      while (!closed && watchers == 0) {
        watched.await();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void lookOnce() {
    Snapshot seen;
    try {
      seen = Snapshot.of(health.overview());
    } catch (StorageUnavailableException away) {
      seen = Snapshot.unavailable("The database cannot be reached.");
    } catch (RuntimeException unexpected) {
      LOG.log(System.Logger.Level.ERROR, "The overview could not be made", unexpected);
      seen = Snapshot.unavailable("The overview could not be made; see the log.");
    }
    lock.lock();
    try {
      Snapshot next = seen.after(latest);
      if (next.number() != latest.number()) {
        latest = next;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets every watcher go. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      watched.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
