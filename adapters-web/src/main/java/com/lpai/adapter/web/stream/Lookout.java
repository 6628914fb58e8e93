package com.lpai.adapter.web.stream;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Looks for what is new while anybody watches, by one thread, at most twice a second. It rests four
 * times as long as a look took, and five seconds at most: one look that was held up must not leave
 * everybody in the dark.
 */
public final class Lookout {
  private static final System.Logger LOG = System.getLogger(Lookout.class.getName());
  private static final Duration TICK = Duration.ofMillis(500);
  private static final int REST = 4;
  private static final Duration LONGEST_REST = Duration.ofSeconds(5);
  private static final Duration ROOM_AFTER = Duration.ofSeconds(30);
  private static final Duration ANOTHER_SERVER_AFTER = Duration.ofSeconds(1);

  private final String name;
  private final ReentrantLock lock;
  private final Condition called;
  private final BooleanSupplier isWatched;
  private final Runnable look;
  private boolean isLooking;
  private boolean closed;

  /**
   * Nobody looks yet.
   *
   * @param name of the thread
   * @param lock of all that watchers share
   * @param isWatched asked with the lock held
   * @param look done without it
   */
  public Lookout(String name, ReentrantLock lock, BooleanSupplier isWatched, Runnable look) {
    this.name = name;
    this.lock = lock;
    this.called = lock.newCondition();
    this.isWatched = isWatched;
    this.look = look;
  }

  /** Somebody has begun to watch. */
  public void call() {
    lock.lock();
    try {
      if (!isLooking && !closed) {
        isLooking = true;
        Thread.ofVirtual().name(name).start(this::run);
      }
      called.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (awaitWatchers()) {
        long begun = System.nanoTime();
        look.run();
        long took = System.nanoTime() - begun;
        TimeUnit.NANOSECONDS.sleep(Math.clamp(REST * took, TICK.toNanos(), LONGEST_REST.toNanos()));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error fatal) {
      LOG.log(
          System.Logger.Level.ERROR,
          "The thread " + name + " has ended; the next who watches starts it again",
          fatal);
    } finally {
      lock.lock();
      try {
        isLooking = false;
      } finally {
        lock.unlock();
      }
    }
  }

  /** False when the server stops. */
  private boolean awaitWatchers() throws InterruptedException {
    lock.lock();
    try {
      while (!closed && !isWatched.getAsBoolean()) {
        called.await();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  public boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody looks from now on. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      called.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What somebody is told who was not let in: the server stops, or has enough watchers. */
  public ProblemException refusal() {
    return new ProblemException(
        isClosed()
            ? Problem.of(503, "stopping", "This server stops", "Come back to another one.")
                .after(ANOTHER_SERVER_AFTER)
            : Problem.of(503, "too-many-watchers", "Too many watch already", "Try again later.")
                .after(ROOM_AFTER));
  }
}
