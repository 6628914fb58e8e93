package com.lpai.domain.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test turns it; with milliseconds, as BSON dates have them. */
public final class MutableInstantSource implements InstantSource {
  /** Where every test begins unless it says otherwise. */
  public static final Instant START = Instant.parse("2026-03-01T10:00:00.123Z");

  private final AtomicReference<Instant> now;

  private MutableInstantSource(Instant start) {
    now = new AtomicReference<>(start);
  }

  /** A clock at {@link #START}. */
  public static MutableInstantSource aClock() {
    return new MutableInstantSource(START);
  }

  public static MutableInstantSource aClockAt(Instant start) {
    return new MutableInstantSource(start);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Turns the clock forward and answers the new time. */
  public Instant advance(Duration duration) {
    return now.updateAndGet(before -> before.plus(duration));
  }

  public void set(Instant instant) {
    now.set(instant);
  }
}
