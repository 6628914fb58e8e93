package com.lpai.boot.work;

import com.lpai.domain.sync.StorageUnavailableException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs pieces of work on virtual threads, each key at most once at a time and not more than a bound
 * altogether. What a piece leaves undone is found again by whoever looks for work.
 */
final class Workshop {
  private static final System.Logger LOG = System.getLogger(Workshop.class.getName());

  private final String name;
  private final int most;
  private final Semaphore places;
  private final ExecutorService threads;
  private final Set<Object> underWay = ConcurrentHashMap.newKeySet();
  private final AtomicReference<String> lastFault = new AtomicReference<>("");

  Workshop(String name, int places) {
    this.name = name;
    this.most = places;
    this.places = new Semaphore(places);
    ClassLoader application = Thread.currentThread().getContextClassLoader();
    this.threads =
        Executors.newThreadPerTaskExecutor(
            work -> {
              Thread thread = Thread.ofVirtual().name("lpai-" + name + "-", 0).unstarted(work);
              thread.setContextClassLoader(application);
              return thread;
            });
  }

  /** What was handed over has its place, whether it has begun or not. */
  int freePlaces() {
    return Math.max(0, most - underWay.size());
  }

  /** Starts the work unless work of the same key is under way or the workshop is closed. */
  void start(Object key, Runnable work, Runnable whenDone) {
    if (!underWay.add(key)) {
      return;
    }
    try {
      threads.execute(() -> run(key, work, whenDone));
    } catch (RejectedExecutionException closed) {
      underWay.remove(key);
    }
  }

  private void run(Object key, Runnable work, Runnable whenDone) {
    places.acquireUninterruptibly();
    try {
      if (threads.isShutdown()) {
        return;
      }
      work.run();
      lastFault.set("");
    } catch (StorageUnavailableException away) {
      complainOnce("The database is away: " + away.getMessage());
    } catch (RuntimeException fault) {
      LOG.log(System.Logger.Level.ERROR, "A fault in " + name + " work; it is tried again.", fault);
    } finally {
      underWay.remove(key);
      places.release();
      whenDone.run();
    }
  }

  /** The same trouble again and again is one line, not a flood. */
  void complainOnce(String trouble) {
    if (!trouble.equals(lastFault.getAndSet(trouble))) {
      LOG.log(System.Logger.Level.WARNING, "{0}: {1}", name, trouble);
    }
  }

  /** Begins nothing any more. */
  void takeNoMore() {
    threads.shutdown();
  }

  /**
   * Takes no more work, begins nothing that waits for a place, and lets what runs come to its end,
   * at most this long.
   */
  void close(Duration patience) throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      threads.shutdownNow();
    }
  }
}
