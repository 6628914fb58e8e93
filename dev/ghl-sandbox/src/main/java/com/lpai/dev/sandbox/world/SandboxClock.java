package com.lpai.dev.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sandbox's time: real time plus what tests have advanced it by. Token expiry, rate windows,
 * webhook retries and time stamps all follow it.
 */
public final class SandboxClock implements InstantSource {
  private final InstantSource real;
  private final AtomicLong offsetMillis;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  SandboxClock(InstantSource real, long offsetMillis) {
    this.real = real;
    this.offsetMillis = new AtomicLong(offsetMillis);
  }

  /** Now, in whole milliseconds. */
  @Override
  public Instant instant() {
    return real.instant().plusMillis(offsetMillis.get()).truncatedTo(ChronoUnit.MILLIS);
  }

  /** How far this clock is ahead of real time. */
  public Duration offset() {
    return Duration.ofMillis(offsetMillis.get());
  }

  /**
   * Moves the clock forward; what becomes due by it happens at once.
   *
   * @throws IllegalArgumentException when the duration is negative
   */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("the clock only moves forward, not by " + by);
    }
    offsetMillis.addAndGet(by.toMillis());
    listeners.forEach(Runnable::run);
  }

  /** Calls back after each {@link #advance}. */
  public void onAdvance(Runnable listener) {
    listeners.add(listener);
  }
}
