package com.lpai.adapter.web.setup;

import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.adapter.web.stream.Lookout;
import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.setup.StoredSetup;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Setups for everybody who watches one on this instance, whichever instance it runs on: what is
 * stored is all there is to see. Each watched location is one small read a look, however many watch
 * it, and they are woken when something has changed.
 */
public final class SetupFeed implements AutoCloseable {
  /** Streams at one time on this instance. */
  static final int MOST_WATCHERS = 500;

  /** Of these, streams of one location: no tenant takes all of them. */
  static final int MOST_OF_ONE_LOCATION = 50;

  private static final System.Logger LOG = System.getLogger(SetupFeed.class.getName());

  private final SetupUseCase setups;
  private final ReentrantLock lock = new ReentrantLock();
  private final Lookout lookout;
  private final Map<LocationId, Watched> watched = new HashMap<>();
  private int watchers;

  public SetupFeed(SetupUseCase setups) {
    this.setups = setups;
    this.lookout = new Lookout("setup-feed", lock, () -> !watched.isEmpty(), this::look);
  }

  /** One location that somebody watches. */
  private static final class Watched {
    private final Condition changed;
    private Sight latest;
    private int watchers;

    /** The last look failed by a fault of ours, which was told once. */
    private boolean isInTrouble;

    Watched(Condition changed, Sight first) {
      this.changed = changed;
      this.latest = first;
    }

    /** Two looks may overtake each other; what was stored later stays. */
    boolean take(Sight sight) {
      isInTrouble = false;
      boolean isOld =
          latest instanceof Sight.Gone
              || (latest instanceof Sight.Seen(StoredSetup before)
                  && sight instanceof Sight.Seen(StoredSetup now)
                  && !now.supersedes(before));
      if (isOld) {
        return false;
      }
      latest = sight;
      changed.signalAll();
      return true;
    }

    /** True the first time, until a look succeeds. */
    boolean enterTrouble() {
      boolean isNew = !isInTrouble;
      isInTrouble = true;
      return isNew;
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
     * What is seen now, as soon as it is another state than the one with this id.
     *
     * @return the same state when it did not change in time, or when the server stops
     */
    Sight next(String seen, Duration atMost) throws InterruptedException {
      lock.lock();
      try {
        long left = atMost.toNanos();
        while (!lookout.isClosed()
            && left > 0
            && place.latest instanceof Sight.Seen now
            && now.id().equals(seen)) {
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
          watched.remove(location, place);
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
   * @return empty when too many do, or the server stops ({@link #refusal})
   */
  Optional<Watch> join(LocationId location, StoredSetup seen) {
    lock.lock();
    try {
      Watched known = watched.get(location);
      boolean isFull = known != null && known.watchers >= MOST_OF_ONE_LOCATION;
      if (lookout.isClosed() || watchers >= MOST_WATCHERS || isFull) {
        return Optional.empty();
      }
      Sight now = new Sight.Seen(seen);
      Watched place =
          watched.compute(
              location,
              (id, present) ->
                  present == null || present.latest instanceof Sight.Gone
                      ? new Watched(lock.newCondition(), now)
                      : present);
      place.take(now);
      place.watchers++;
      watchers++;
      lookout.call();
      return Optional.of(new Watch(location, place));
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    return lookout.isClosed();
  }

  ProblemException refusal() {
    return lookout.refusal();
  }

  private void look() {
    List<LocationId> wanted;
    lock.lock();
    try {
      wanted = List.copyOf(watched.keySet());
    } finally {
      lock.unlock();
    }
    wanted.forEach(this::look);
  }

  private void look(LocationId location) {
    Sight sight;
    try {
      sight = setups.stored(location).<Sight>map(Sight.Seen::new).orElseGet(Sight.Gone::new);
    } catch (StorageUnavailableException away) {
      // A setup that nobody can see does not go on either.
      return;
    } catch (RuntimeException unexpected) {
      if (at(location, Watched::enterTrouble)) {
        LOG.log(
            System.Logger.Level.ERROR,
            "The setup of location " + location + " could not be looked at; it is tried again",
            unexpected);
      }
      return;
    }
    at(location, place -> place.take(sight));
  }

  /** Tells a watched location what came of a look; false when nobody watches it any more. */
  private boolean at(LocationId location, Predicate<Watched> told) {
    lock.lock();
    try {
      Watched place = watched.get(location);
      return place != null && told.test(place);
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
      watched.values().forEach(place -> place.changed.signalAll());
    } finally {
      lock.unlock();
    }
  }
}
