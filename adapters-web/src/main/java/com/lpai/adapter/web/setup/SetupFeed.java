package com.lpai.adapter.web.setup;

import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.setup.StoredSetup;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Setups for everybody who watches one on this instance, whichever instance it runs on: what is
 * stored is all there is to see. One thread looks at each watched location at most twice a second,
 * however many watch it, and wakes them when something has changed. It rests four times as long as
 * its looks took, and five seconds at most.
 */
public final class SetupFeed implements AutoCloseable {
  /** Streams at one time on this instance. */
  static final int MOST_WATCHERS = 500;

  /** Of these, streams of one location: no tenant takes all of them. */
  static final int MOST_OF_ONE_LOCATION = 50;

  private static final System.Logger LOG = System.getLogger(SetupFeed.class.getName());
  private static final Duration TICK = Duration.ofMillis(500);
  private static final int REST = 4;
  private static final Duration LONGEST_REST = Duration.ofSeconds(5);

  private final SetupUseCase setups;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition watchedAgain = lock.newCondition();
  private final Map<LocationId, Watched> watched = new HashMap<>();
  private int watchers;
  private boolean started;
  private boolean closed;

  public SetupFeed(SetupUseCase setups) {
    this.setups = setups;
  }

  /** One location that somebody watches. */
  private static final class Watched {
    private final Condition changed;
    private Sight latest;
    private int watchers;

    Watched(Condition changed, Sight first) {
      this.changed = changed;
      this.latest = first;
    }

    /** Two looks may overtake each other; the greater version was stored later. */
    boolean take(Sight sight) {
      boolean isOld =
          latest instanceof Sight.Gone
              || (latest instanceof Sight.Seen(StoredSetup before)
                  && sight instanceof Sight.Seen(StoredSetup now)
                  && now.version() <= before.version());
      if (isOld) {
        return false;
      }
      latest = sight;
      changed.signalAll();
      return true;
    }
  }

  /** One watcher's place; it must be closed. */
  final class Watch implements AutoCloseable {
    private final LocationId location;
    private final Watched place;

    private Watch(LocationId location, Watched place) {
      this.location = location;
      this.place = place;
    }

    /**
     * What is seen now, as soon as it is another state than this version.
     *
     * @return the same state when it did not change in time, or when the server stops
     */
    Sight next(long seen, Duration atMost) throws InterruptedException {
      lock.lock();
      try {
        long left = atMost.toNanos();
        while (!closed
            && left > 0
            && place.latest instanceof Sight.Seen(StoredSetup stored)
            && stored.version() == seen) {
          left = place.changed.awaitNanos(left);
        }
        return place.latest;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        watchers--;
        place.watchers--;
        if (place.watchers == 0) {
          watched.remove(location);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Begins to watch a location.
   *
   * @param seen what was seen of it just now
   * @return empty when too many do, or the server stops
   */
  Optional<Watch> join(LocationId location, StoredSetup seen) {
    lock.lock();
    try {
      Watched known = watched.get(location);
      boolean isFull = known != null && known.watchers >= MOST_OF_ONE_LOCATION;
      if (closed || watchers >= MOST_WATCHERS || isFull) {
        return Optional.empty();
      }
      Sight now = new Sight.Seen(seen);
      Watched place =
          watched.computeIfAbsent(location, id -> new Watched(lock.newCondition(), now));
      place.take(now);
      place.watchers++;
      watchers++;
      if (!started) {
        started = true;
        Thread.ofVirtual().name("setup-feed").start(this::look);
      }
      watchedAgain.signalAll();
      return Optional.of(new Watch(location, place));
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void look() {
    try {
      List<LocationId> wanted = awaitWatched();
      while (!wanted.isEmpty()) {
        long begun = System.nanoTime();
        wanted.forEach(this::look);
        long took = System.nanoTime() - begun;
        TimeUnit.NANOSECONDS.sleep(Math.clamp(REST * took, TICK.toNanos(), LONGEST_REST.toNanos()));
        wanted = awaitWatched();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Empty when the server stops. */
  private List<LocationId> awaitWatched() throws InterruptedException {
    lock.lock();
    try {
      while (!closed && watched.isEmpty()) {
        watchedAgain.await();
      }
      return closed ? List.of() : List.copyOf(watched.keySet());
    } finally {
      lock.unlock();
    }
  }

  private void look(LocationId location) {
    Sight sight;
    try {
      sight = setups.stored(location).<Sight>map(Sight.Seen::new).orElseGet(Sight.Gone::new);
    } catch (StorageUnavailableException away) {
      // A setup that nobody can see does not go on either.
      return;
    } catch (RuntimeException unexpected) {
      LOG.log(System.Logger.Level.ERROR, "A setup could not be looked at", unexpected);
      return;
    }
    lock.lock();
    try {
      Watched place = watched.get(location);
      if (place != null) {
        place.take(sight);
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
      watched.values().forEach(place -> place.changed.signalAll());
      watchedAgain.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
