package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.world.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * GoHighLevel's limits of one app in one location (ghl-facts.md 4). Whether the burst window is
 * fixed or slides is not documented: both exist here.
 */
final class RateLimits {

  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration DAY = Duration.ofDays(1);

  /** The outcome for one call, and what the headers say. */
  record Permit(boolean allowed, Map<String, String> headers) {}

  private final class Budget {
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Instant> recent = new ArrayDeque<>();
    private long window;
    private long day;
    private int usedInWindow;
    private int usedInDay;

    Permit take(Instant now) {
      lock.lock();
      try {
        turn(now);
        boolean allowed = usedInWindow < burst() && usedInDay < daily();
        if (allowed) {
          usedInWindow++;
          usedInDay++;
          if (sliding()) {
            recent.addLast(now);
          }
        }
        return new Permit(allowed, headers(allowed, now));
      } finally {
        lock.unlock();
      }
    }

    private void turn(Instant now) {
      long begins = Duration.ofHours(settings.get(Settings.RATE_DAY_BEGINS_AT_HOUR)).toMillis();
      long today = Math.floorDiv(now.toEpochMilli() - begins, DAY.toMillis());
      if (today != day) {
        day = today;
        usedInDay = 0;
      }
      if (sliding()) {
        Instant start = now.minus(WINDOW);
        while (!recent.isEmpty() && !recent.getFirst().isAfter(start)) {
          recent.removeFirst();
        }
        usedInWindow = recent.size();
        return;
      }
      long current = now.toEpochMilli() / WINDOW.toMillis();
      if (current != window) {
        window = current;
        usedInWindow = 0;
      }
    }

    private Map<String, String> headers(boolean allowed, Instant now) {
      Map<String, String> headers = new TreeMap<>();
      headers.put("X-RateLimit-Limit-Daily", String.valueOf(daily()));
      headers.put("X-RateLimit-Daily-Remaining", String.valueOf(daily() - usedInDay));
      headers.put("X-RateLimit-Interval-Milliseconds", String.valueOf(WINDOW.toMillis()));
      headers.put("X-RateLimit-Max", String.valueOf(burst()));
      headers.put("X-RateLimit-Remaining", String.valueOf(Math.max(0, burst() - usedInWindow)));
      if (!allowed && settings.get(Settings.RETRY_AFTER)) {
        headers.put("Retry-After", String.valueOf(secondsLeft(now)));
      }
      return headers;
    }

    private long secondsLeft(Instant now) {
      long millis =
          sliding() && !recent.isEmpty()
              ? Duration.between(now, recent.getFirst().plus(WINDOW)).toMillis()
              : WINDOW.toMillis() - now.toEpochMilli() % WINDOW.toMillis();
      return millis / 1000 + 1;
    }
  }

  private final Settings settings;
  private final InstantSource clock;
  private final Map<String, Budget> budgets = new ConcurrentHashMap<>();

  RateLimits(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  Permit take(String resource) {
    return budgets.computeIfAbsent(resource, any -> new Budget()).take(clock.instant());
  }

  private int burst() {
    return settings.get(Settings.RATE_BURST);
  }

  private int daily() {
    return settings.get(Settings.RATE_DAILY);
  }

  private boolean sliding() {
    return settings.get(Settings.SLIDING_RATE_WINDOW);
  }
}
