package com.lpai.adapter.ghl.limit;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.RateBudget.Observation;
import com.lpai.domain.crm.RateBudget.Permit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The calls of one location. It remembers when each call of the last window was granted, so no span
 * of that length holds more than the limit, wherever GoHighLevel's own window begins: a fixed
 * window is one such span, a sliding one is all of them.
 *
 * <p>Two more rules suit the time that a request takes on its way, which is never the same. All
 * calls together keep to the limit for a little longer than the window. And once a window is a
 * fifth full, background calls are spaced out, so that they do not come in bursts at a window's
 * edge.
 */
final class Bucket {
  /** Five of a hundred calls are a person's, in a window as in a day. */
  private static final int USER_SHARE = 20;

  private static final int FREE_SHARE = 5;
  private static final int MOST_CALLS_IN_WINDOW = 1_000;
  private static final double BACKFILL_SHARE_OF_DAY = 0.8;
  private static final int CATCH_UP = 3;
  private static final Duration NEXT_LOOK = Duration.ofHours(1);
  private static final Duration LONGEST_WINDOW = Duration.ofMinutes(10);
  private static final Permit GRANTED = new Permit.Granted();

  private final long configuredDaily;
  private final Deque<Instant> granted = new ArrayDeque<>();
  private int burst;
  private Duration window;
  private Instant pausedUntil = Instant.EPOCH;
  private Instant nextPaced = Instant.EPOCH;

  private long day = Long.MIN_VALUE;
  private long dayLimit;
  private long dayUsed;
  private long dayUsedByBackfill;
  private Instant nextLook = Instant.EPOCH;

  Bucket(Limits limits) {
    this.burst = limits.burst();
    this.window = limits.window();
    this.configuredDaily = limits.daily();
    this.dayLimit = limits.daily();
  }

  Permit request(CallPriority priority, Instant now) {
    turn(now);
    Instant earliest = earliest(priority, now);
    if (earliest.isAfter(now)) {
      return new Permit.Wait(Duration.between(now, earliest));
    }
    granted.addLast(now);
    dayUsed++;
    if (priority == CallPriority.BACKFILL) {
      dayUsedByBackfill++;
    }
    if (priority != CallPriority.USER) {
      Instant lag = now.minus(interval().multipliedBy(CATCH_UP));
      nextPaced = later(nextPaced, lag).plus(interval());
    }
    if (dayUsed >= dayLimit) {
      nextLook = now.plus(NEXT_LOOK);
    }
    return GRANTED;
  }

  private Instant earliest(CallPriority priority, Instant now) {
    Instant earliest = later(pausedUntil, dayAllows(priority, now));
    earliest = later(earliest, whenFewerThan(burst, window.plus(guard())));
    if (priority == CallPriority.USER) {
      return earliest;
    }
    int share = burst - reserve();
    earliest = later(earliest, whenFewerThan(share, window));
    boolean isCrowded = granted.size() >= Math.max(1, burst / FREE_SHARE);
    return isCrowded ? later(earliest, nextPaced) : earliest;
  }

  /** When the last {@code span} will hold fewer than this many calls. */
  private Instant whenFewerThan(int calls, Duration span) {
    if (granted.size() < calls) {
      return Instant.EPOCH;
    }
    Iterator<Instant> newestFirst = granted.descendingIterator();
    Instant blocking = newestFirst.next();
    for (int i = 1; i < calls; i++) {
      blocking = newestFirst.next();
    }
    return blocking.plus(span);
  }

  private Instant dayAllows(CallPriority priority, Instant now) {
    long mostForBackfill = (long) (dayLimit * BACKFILL_SHARE_OF_DAY);
    boolean backfillIsOver =
        priority == CallPriority.BACKFILL && dayUsedByBackfill >= mostForBackfill;
    boolean onlyUsersLeft =
        priority != CallPriority.USER && dayUsed >= dayLimit - dayLimit / USER_SHARE;
    if (backfillIsOver || onlyUsersLeft) {
      return earlier(tomorrow(now), now.plus(NEXT_LOOK));
    }
    // Nobody knows when GoHighLevel's day ends: one call an hour finds out.
    return dayUsed >= dayLimit ? earlier(tomorrow(now), nextLook) : Instant.EPOCH;
  }

  void observe(Observation seen, Instant now) {
    turn(now);
    if (seen.limit() > 0) {
      burst = Math.min(seen.limit(), MOST_CALLS_IN_WINDOW);
    }
    boolean windowIsSaid = seen.window().toMillis() > 0;
    if (seen.refused()) {
      // With a refusal the window is the wait (RateLimitHeaders).
      pausedUntil = later(pausedUntil, now.plus(windowIsSaid ? seen.window() : window));
    } else if (windowIsSaid) {
      window = seen.window().compareTo(LONGEST_WINDOW) > 0 ? LONGEST_WINDOW : seen.window();
    }
    if (seen.limit() > 0 && seen.remaining() >= 0) {
      countOthers(burst - seen.remaining(), now);
    }
    if (seen.dailyRemaining() >= 0) {
      dayLimit = Math.min(configuredDaily, dayUsed + seen.dailyRemaining());
      nextLook = seen.dailyRemaining() == 0 ? now.plus(NEXT_LOOK) : nextLook;
    }
  }

  /**
   * When GoHighLevel counts clearly more calls than we do, somebody else calls with our app too, an
   * instance of ours for example: its calls count as made now. A few more are ours, late on the
   * way.
   */
  private void countOthers(int used, Instant now) {
    int missing = used - granted.size();
    boolean isFull = used >= burst;
    if (missing > reserve() || (isFull && missing > 0)) {
      for (int i = 0; i < missing; i++) {
        granted.addLast(now);
      }
    }
  }

  private void turn(Instant now) {
    Instant start = now.minus(window).minus(guard());
    while (!granted.isEmpty() && !granted.getFirst().isAfter(start)) {
      granted.removeFirst();
    }
    long today = now.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
    if (today != day) {
      day = today;
      dayLimit = configuredDaily;
      dayUsed = 0;
      dayUsedByBackfill = 0;
    }
  }

  /** True when forgetting this bucket changes no answer but the day's count. */
  boolean isIdle(Instant now) {
    turn(now);
    return granted.isEmpty() && !pausedUntil.isAfter(now);
  }

  private int reserve() {
    return burst < 2 ? 0 : Math.max(1, burst / USER_SHARE);
  }

  private Duration guard() {
    return window.dividedBy(100);
  }

  private Duration interval() {
    return window.dividedBy(Math.max(1, burst - reserve()));
  }

  private static Instant tomorrow(Instant now) {
    return now.atOffset(ZoneOffset.UTC)
        .toLocalDate()
        .plusDays(1)
        .atStartOfDay()
        .toInstant(ZoneOffset.UTC);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
