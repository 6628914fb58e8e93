package com.lpai.adapter.ghl.limit;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.RateBudget.Observation;
import com.lpai.domain.crm.RateBudget.Permit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The permits of one owner that this instance has in use.
 *
 * <p>GoHighLevel counts a call at some time between its sending and its answer, and the way there
 * takes a fiftieth of the window at most. So a permit is in use from its grant until a window after
 * the latest time at which its call can have been counted. As many calls as GoHighLevel counts in a
 * window, wherever that begins, so many permits are in use at its end: as long as no more of them
 * are in use than the limit allows, no call is refused, whether its window is fixed or slides.
 *
 * <p>Calls of the background are spaced so that they use 96 % of the limit, and few go out before
 * the first answer has told what the limit is. The rest, and every permit that comes free while a
 * person waits, is there for persons.
 */
final class Bucket {
  private static final int MOST_PERMITS = 1_000;
  private static final int POOL_SHARE = 50;
  private static final double BACKGROUND_SHARE = 0.96;
  private static final int WAY_SHARE = 50;
  private static final int USER_SHARE = 20;
  private static final int UNSPACED_SHARE = 5;
  private static final int CREDIT_SHARE = 20;
  private static final int LEAST_CREDIT = 2;
  private static final int STEPS_OF_WINDOW = 50;
  private static final Duration LONGEST_WINDOW = Duration.ofMinutes(10);
  private static final Duration LONGEST_PREPARATION = Duration.ofSeconds(30);
  private static final Duration SAME_MOMENT = Duration.ofMillis(20);
  private static final Duration LATE_RETURN = Duration.ofMillis(600);

  /** One permit in use. */
  private static final class Use {
    private final CallPriority priority;
    private boolean answered;
    private Instant latestArrival;
    private Instant end;

    private Use(CallPriority priority, Instant latestArrival, Instant end) {
      this.priority = priority;
      this.latestArrival = latestArrival;
      this.end = end;
    }
  }

  private final Day day;
  private final Map<Long, Use> uses = new LinkedHashMap<>();
  private final Map<CallPriority, Deque<Instant>> waiting = new EnumMap<>(CallPriority.class);
  private int limit;
  private Duration window;
  private boolean limitIsNews;
  private boolean wasAnswered;
  private Instant pausedUntil = Instant.EPOCH;
  private boolean pauseIsNews;
  private long granted;
  private long phantoms;
  private double debt;
  private Instant debtAt = Instant.MIN;

  Bucket(Limits limits) {
    day = new Day(limits);
    limit = limits.burst();
    window = limits.window();
  }

  /** Permits that are left to whoever comes new, and to persons. */
  static int pool(int limit) {
    return limit / POOL_SHARE;
  }

  /** How long a permit is in use at the longest once its call went out. */
  static Duration longestUse(Duration window) {
    return window.plus(window.dividedBy(WAY_SHARE));
  }

  /**
   * Grants a permit or says when to ask again.
   *
   * @param usable how many permits this instance may have in use
   */
  Permit request(CallPriority priority, int usable, Instant now) {
    Instant earliest = later(whenOpen(priority, now), whenThereIsOne(priority, usable, now));
    if (earliest.isAfter(now)) {
      return new Permit.Wait(Duration.between(now, earliest));
    }
    claims(priority).pollFirst();
    day.granted(priority, now);
    if (priority != CallPriority.USER) {
      debt++;
    }
    Instant unsent = now.plus(LONGEST_PREPARATION);
    uses.put(++granted, new Use(priority, unsent, unsent.plus(window)));
    return new Permit.Granted(granted);
  }

  /** When neither a pause nor the day stands in the way. */
  Instant whenOpen(CallPriority priority, Instant now) {
    return later(pausedUntil, day.allows(priority, now));
  }

  private Instant whenThereIsOne(CallPriority priority, int usable, Instant now) {
    turn(now);
    settleDebt(usable, now);
    Instant free = whenFewerThan(usable - claimed(priority, now), now);
    if (priority == CallPriority.USER) {
      return free;
    }
    boolean isFeelingItsWay = !wasAnswered && uses.size() >= reserve();
    Instant spaced = isFeelingItsWay ? now.plus(step()) : whenSpaced(priority, usable, now);
    return later(free, spaced);
  }

  private Duration step() {
    return window.dividedBy(STEPS_OF_WINDOW);
  }

  /**
   * Somebody was refused and comes back: what comes free until then is not for lower priorities.
   */
  void remember(CallPriority refused, Duration wait, Instant now) {
    Deque<Instant> claims = claims(refused);
    if (claims.size() < reserve()) {
      claims.addLast(now.plus(wait).plus(LATE_RETURN));
    }
  }

  private Deque<Instant> claims(CallPriority priority) {
    return waiting.computeIfAbsent(priority, any -> new ArrayDeque<>());
  }

  /** The last one that was refused was refused again. */
  void rememberAgain(CallPriority refused, Duration wait, Instant now) {
    claims(refused).pollLast();
    remember(refused, wait, now);
  }

  private int claimed(CallPriority priority, Instant now) {
    int claimed = 0;
    for (CallPriority higher : CallPriority.values()) {
      claimed += higher.compareTo(priority) < 0 ? waiting(higher, now) : 0;
    }
    return claimed;
  }

  /** Calls that were refused and are to come back; more than a few count as a few. */
  int waiting(CallPriority priority, Instant now) {
    Deque<Instant> claims = claims(priority);
    claims.removeIf(until -> !until.isAfter(now));
    return claims.size();
  }

  int waiting(Instant now) {
    int all = 0;
    for (CallPriority priority : CallPriority.values()) {
      all += waiting(priority, now);
    }
    return all;
  }

  /** When fewer permits than this will be in use. */
  private Instant whenFewerThan(int permits, Instant now) {
    if (permits < 1) {
      return now.plus(step());
    }
    if (uses.size() < permits) {
      return Instant.MIN;
    }
    List<Instant> ends = uses.values().stream().map(use -> use.end).sorted().toList();
    return ends.get(uses.size() - permits);
  }

  /**
   * When the background has paid for its calls. Follow-ups go ahead of that a little, and backfill
   * then waits for longer.
   */
  private Instant whenSpaced(CallPriority priority, int usable, Instant now) {
    double ahead = priority == CallPriority.FOLLOW_UP ? (double) usable / UNSPACED_SHARE : 0;
    boolean isCrowded = uses.size() >= Math.max(1, usable / UNSPACED_SHARE);
    if (!isCrowded || debt <= ahead) {
      return Instant.MIN;
    }
    return now.plusNanos((long) Math.ceil((debt - ahead) / perNano(usable)));
  }

  private void settleDebt(int usable, Instant now) {
    if (now.isAfter(debtAt)) {
      double credit = Math.max(LEAST_CREDIT, (double) usable / CREDIT_SHARE);
      double paid = debtAt.equals(Instant.MIN) ? 0 : nanos(debtAt, now) * perNano(usable);
      debt = Math.max(Math.min(debt, -credit), debt - paid);
      debtAt = now;
    }
  }

  /** The background's speed with so many permits. */
  private double perNano(int usable) {
    double allTogether = BACKGROUND_SHARE * limit / window.toNanos();
    return allTogether * Math.max(1, usable) / (limit - pool(limit));
  }

  private static double nanos(Instant from, Instant to) {
    Duration passed = Duration.between(from, to);
    return passed.toSeconds() * 1e9 + passed.toNanosPart();
  }

  /** So many permits were handed over by others, whose turn to be used it was. */
  void handedOver(int permits) {
    if (wasAnswered) {
      debt = Math.max(Math.min(debt, -reserve()), debt - permits);
    }
  }

  void sending(Permit.Granted permit, Instant now) {
    Use use = uses.get(permit.number());
    if (use != null) {
      use.latestArrival = now.plus(window.dividedBy(WAY_SHARE));
      use.end = use.latestArrival.plus(window);
    }
  }

  void unused(Permit.Granted permit) {
    Use use = uses.remove(permit.number());
    if (use != null) {
      day.returned(use.priority);
      debt = use.priority == CallPriority.USER ? debt : debt - 1;
    }
  }

  /**
   * Takes note of an answer.
   *
   * @param heldElsewhere permits that other instances may have in use
   */
  void answered(
      Permit.Granted permit,
      Observation seen,
      int heldElsewhere,
      Instant now,
      Instant databaseTime) {
    Use use = uses.get(permit.number());
    if (use != null) {
      use.answered = true;
      if (now.isBefore(use.latestArrival)) {
        use.latestArrival = now;
        use.end = now.plus(window);
      }
    }
    wasAnswered = true;
    turn(now);
    boolean windowIsSaid = seen.window().toMillis() > 0;
    Duration saidWindow = windowIsSaid && !seen.refused() ? shorter(seen.window()) : window;
    int saidLimit = seen.limit() > 0 ? Math.min(seen.limit(), MOST_PERMITS) : limit;
    limitIsNews |= saidLimit != limit || !saidWindow.equals(window);
    limit = saidLimit;
    window = saidWindow;
    if (seen.refused()) {
      // With a refusal the window is the wait (RateLimitHeaders).
      pausedUntil = later(pausedUntil, now.plus(windowIsSaid ? seen.window() : window));
      pauseIsNews = true;
    }
    if (seen.limit() > 0 && seen.remaining() >= 0) {
      countOthers(limit - seen.remaining(), heldElsewhere, now);
    }
    day.observe(seen, underWay(), databaseTime);
  }

  private static Duration shorter(Duration said) {
    return said.compareTo(LONGEST_WINDOW) > 0 ? LONGEST_WINDOW : said;
  }

  private int underWay() {
    return (int) uses.values().stream().filter(use -> !use.answered).count();
  }

  /**
   * When GoHighLevel counts clearly more calls than all instances can have made, somebody else
   * calls with our app too: those calls count as made now.
   */
  private void countOthers(int counted, int heldElsewhere, Instant now) {
    int missing = counted - uses.size() - heldElsewhere;
    boolean isFull = counted >= limit;
    if (missing > reserve() || (isFull && missing > 0)) {
      for (int i = 0; i < missing; i++) {
        Use other = new Use(CallPriority.USER, now, now.plus(window));
        other.answered = true;
        uses.put(--phantoms, other);
      }
    }
  }

  void turn(Instant now) {
    uses.values().removeIf(use -> !use.end.isAfter(now));
  }

  /** Permits in use. */
  int inUse(Instant now) {
    turn(now);
    return uses.size();
  }

  /** What another instance was told. */
  void adopt(int newLimit, Duration newWindow, Instant newPause) {
    if (!limitIsNews) {
      limit = newLimit;
      window = newWindow;
    }
    pausedUntil = later(pausedUntil, newPause);
  }

  /** This is stored: what is the same is no news any more. */
  void told(int storedLimit, Duration storedWindow, Instant storedPause) {
    limitIsNews &= storedLimit != limit || !storedWindow.equals(window);
    pauseIsNews &= storedPause.isBefore(pausedUntil.minus(SAME_MOMENT));
  }

  boolean hasNews() {
    return limitIsNews || pauseIsNews;
  }

  boolean limitIsNews() {
    return limitIsNews;
  }

  Day day() {
    return day;
  }

  int limit() {
    return limit;
  }

  Duration window() {
    return window;
  }

  Instant pausedUntil() {
    return pausedUntil;
  }

  /** Five of a hundred permits. */
  int reserve() {
    return Math.max(1, limit / USER_SHARE);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
