package com.lpai.application.setup;

import com.lpai.domain.setup.SetupPart;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which parts of setups this instance works on. Whoever hears first of a location that is to be
 * copied leaves half of it to others for a moment: longer than they take to look for work.
 */
final class PartsHere {
  private static final int AT_ONCE = 2;
  private static final Duration MOMENT = Duration.ofMillis(1_500);
  private static final Duration FORGET_AFTER = Duration.ofMinutes(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<LocationId, Integer> taken = new HashMap<>();
  private final Map<SetupPart, Instant> leftUntil = new HashMap<>();

  /** Notes that we have it; false when it is to be left to others for {@link #MOMENT}. */
  boolean take(SetupPart part, Instant now) {
    lock.lock();
    try {
      int already = taken.getOrDefault(part.locationId(), 0);
      if (already >= AT_ONCE && leftUntil.getOrDefault(part, Instant.MAX).isAfter(now)) {
        leftUntil.values().removeIf(until -> until.plus(FORGET_AFTER).isBefore(now));
        leftUntil.putIfAbsent(part, now.plus(MOMENT));
        return false;
      }
      leftUntil.remove(part);
      taken.put(part.locationId(), already + 1);
      return true;
    } finally {
      lock.unlock();
    }
  }

  void giveBack(SetupPart part) {
    lock.lock();
    try {
      taken.computeIfPresent(part.locationId(), (id, count) -> count > 1 ? count - 1 : null);
    } finally {
      lock.unlock();
    }
  }

  /** When to ask again for a part that was left to others. */
  Instant again(Instant now) {
    return now.plus(MOMENT);
  }
}
