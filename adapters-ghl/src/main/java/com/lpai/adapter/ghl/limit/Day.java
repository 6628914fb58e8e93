package com.lpai.adapter.ghl.limit;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.DayUse;
import com.lpai.domain.crm.RateBudget.Observation;
import java.time.Duration;
import java.time.Instant;

/**
 * The calls of one owner in a day: what all instances told, and what this one has not told yet.
 * Nobody knows when GoHighLevel's day begins. Its own count tells it: when that is clearly lower
 * than ours, a new day has begun.
 */
final class Day {
  private static final Duration LENGTH = Duration.ofDays(1);
  private static final Duration NEXT_LOOK = Duration.ofHours(1);

  /** Five of a hundred calls of a day are a person's. */
  private static final int USER_SHARE = 20;

  private static final long UNKNOWN = -1;

  private final Limits limits;
  private DayUse shared = DayUse.NONE;
  private DayUse untold = DayUse.NONE;
  private boolean newlyBegun;
  private long remaining = UNKNOWN;
  private Instant nextLook = Instant.MAX;

  Day(Limits limits) {
    this.limits = limits;
  }

  /** Begins a new day when the last one is over for certain. */
  void turn(Instant databaseTime) {
    if (!databaseTime.isBefore(shared.began().plus(LENGTH))) {
      begin(databaseTime, 0);
      remaining = UNKNOWN;
    }
  }

  private void begin(Instant databaseTime, long used) {
    shared = new DayUse(databaseTime, shared.limit(), used, 0);
    untold = DayUse.NONE;
    newlyBegun = true;
    nextLook = Instant.MAX;
  }

  /** When a call of this priority may be made; one an hour finds out whether a new day began. */
  Instant allows(CallPriority priority, Instant now) {
    if (!isUsedUp(priority)) {
      return Instant.MIN;
    }
    if (nextLook.equals(Instant.MAX)) {
      nextLook = now.plus(NEXT_LOOK);
    }
    return nextLook;
  }

  private boolean isUsedUp(CallPriority priority) {
    boolean onlyUsersLeft = left() <= limit() / USER_SHARE;
    return switch (priority) {
      case USER -> left() <= 0;
      case FOLLOW_UP -> onlyUsersLeft;
      case BACKFILL -> onlyUsersLeft || total().backfill() >= backfillLimit();
    };
  }

  void granted(CallPriority priority, Instant now) {
    if (isUsedUp(priority)) {
      nextLook = now.plus(NEXT_LOOK);
    }
    count(priority, 1);
  }

  void returned(CallPriority priority) {
    count(priority, -1);
  }

  private void count(CallPriority priority, int calls) {
    untold = untold.plus(calls, priority == CallPriority.BACKFILL ? calls : 0);
    if (remaining != UNKNOWN) {
      remaining = Math.max(0, remaining - calls);
    }
  }

  /**
   * Takes note of GoHighLevel's count.
   *
   * @param underWay calls that it may not have counted yet
   */
  void observe(Observation seen, int underWay, Instant databaseTime) {
    if (seen.dailyLimit() > 0 && seen.dailyLimit() != shared.limit()) {
      shared = shared.withLimit(seen.dailyLimit());
    }
    if (seen.dailyRemaining() < 0) {
      return;
    }
    long used = Math.max(0, limit() - seen.dailyRemaining());
    if (total().used() - used > limit() / USER_SHARE) {
      begin(databaseTime, used);
    }
    remaining = Math.max(0, seen.dailyRemaining() - underWay);
  }

  long limit() {
    return shared.limit() > 0 ? shared.limit() : limits.daily();
  }

  long left() {
    return remaining == UNKNOWN ? Math.max(0, limit() - total().used()) : remaining;
  }

  long backfillLimit() {
    return limit() * limits.backfillPercent() / 100;
  }

  DayUse total() {
    return shared.plus(untold.used(), untold.backfill());
  }

  DayUse untold() {
    return untold;
  }

  /** What is to be stored in the place of this: the same and what was not told yet. */
  DayUse toldOn(DayUse stored) {
    if (newlyBegun && stored.began().isBefore(shared.began())) {
      return total();
    }
    long limit = shared.limit() > 0 ? shared.limit() : stored.limit();
    return untold.used() == 0 && limit == stored.limit()
        ? stored
        : stored.plus(untold.used(), untold.backfill()).withLimit(limit);
  }

  /** Takes over what is stored; of what was not told yet, this much is in it. */
  void adopt(DayUse stored, DayUse told) {
    untold = untold.plus(-told.used(), -told.backfill());
    if (!stored.began().isBefore(shared.began())) {
      newlyBegun = false;
      long limit = stored.limit() > 0 ? stored.limit() : shared.limit();
      shared = stored.withLimit(limit);
    }
  }
}
