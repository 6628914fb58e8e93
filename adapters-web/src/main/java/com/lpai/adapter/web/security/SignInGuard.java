package com.lpai.adapter.web.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down guessing: after five failures of one name from one address every further attempt
 * waits, twice as long each time. An attempt counts as failed until it has succeeded, so that many
 * at once gain nothing. It is kept in this process only: behind several instances an attacker has
 * that many times five attempts before each wait.
 */
final class SignInGuard {
  private static final int FREE_ATTEMPTS = 5;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
  private static final int MOST_KEPT = 10_000;

  private record Key(String name, String address) {}

  private record Attempts(int failed, Instant last) {
    Duration pause() {
      int beyond = failed - FREE_ATTEMPTS;
      if (beyond < 0) {
        return Duration.ZERO;
      }
      Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(beyond, 10));
      return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
  }

  private final InstantSource time;
  private final Map<Key, Attempts> attempts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Attempts> eldest) {
          return size() > MOST_KEPT;
        }
      };

  SignInGuard(InstantSource time) {
    this.time = time;
  }

  /** How long to wait before an attempt; zero when it may be made, and then it is counted. */
  synchronized Duration admit(String name, String address) {
    Instant now = time.instant();
    Key key = new Key(name, address);
    Attempts before = attempts.getOrDefault(key, new Attempts(0, now));
    if (before.last().plus(FORGOTTEN_AFTER).isBefore(now)) {
      before = new Attempts(0, now);
    }
    Duration left = Duration.between(now, before.last().plus(before.pause()));
    if (left.isPositive()) {
      return left;
    }
    attempts.put(key, new Attempts(before.failed() + 1, now));
    return Duration.ZERO;
  }

  /** The attempt succeeded: what was counted is forgotten. */
  synchronized void succeeded(String name, String address) {
    attempts.remove(new Key(name, address));
  }
}
