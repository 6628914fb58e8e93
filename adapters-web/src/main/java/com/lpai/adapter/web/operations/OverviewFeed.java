package com.lpai.adapter.web.operations;

import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.adapter.web.stream.Lookout;
import com.lpai.application.health.HealthQueries;
import com.lpai.domain.sync.StorageUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The overview for everybody who watches, who are woken when something has changed. */
public final class OverviewFeed implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OverviewFeed.class.getName());
  static final int MOST_WATCHERS = 50;

  private final HealthQueries health;
  private final InstantSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Lookout lookout;
  private Snapshot latest = Snapshot.NOTHING;
  private int watchers;

  /** Counts how often nobody watched any more: what a look saw before that is not kept. */
  private int pauses;

  public OverviewFeed(HealthQueries health, InstantSource time) {
    this.health = health;
    this.time = time;
    this.lookout = new Lookout("overview", lock, () -> watchers > 0, this::look);
  }

  /** Begins to watch; false when too many do, or the server stops ({@link #refusal}). */
  boolean join() {
    lock.lock();
    try {
      if (lookout.isClosed() || watchers >= MOST_WATCHERS) {
        return false;
      }
      watchers++;
      lookout.call();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** What was seen last grows old when nobody watches: the next one waits for a look. */
  void leave() {
    lock.lock();
    try {
      watchers--;
      if (watchers == 0) {
        latest = Snapshot.NOTHING;
        pauses++;
      }
    } finally {
      lock.unlock();
    }
  }

  /** This server's time, which is not the browser's. */
  String now() {
    return time.instant().toString();
  }

  boolean isClosed() {
    return lookout.isClosed();
  }

  ProblemException refusal() {
    return lookout.refusal();
  }

  /** The state after the one with this number; that one itself when nothing changed in time. */
  Snapshot next(long seen, Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (!lookout.isClosed() && latest.number() == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
      return latest;
    } finally {
      lock.unlock();
    }
  }

  private void look() {
    int begun = pauses();
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
      if (begun == pauses && next.number() != latest.number()) {
        latest = next;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private int pauses() {
    lock.lock();
    try {
      return pauses;
    } finally {
      lock.unlock();
    }
  }

  /** Lets every watcher go. */
  @Override
  public void close() {
    lock.lock();
    try {
      lookout.close();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
