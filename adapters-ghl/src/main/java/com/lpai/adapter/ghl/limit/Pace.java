package com.lpai.adapter.ghl.limit;

import com.lpai.domain.crm.DayUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast backfill used up its part of the day lately, on all instances. */
final class Pace {
  private static final Duration STEP = Duration.ofMinutes(1);
  private static final int MOST_STEPS = 10;
  private static final Duration DAY = Duration.ofDays(1);

  private record Sample(Instant at, long backfill) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  void note(DayUse day, Instant now) {
    if (!samples.isEmpty() && day.backfill() < samples.getLast().backfill()) {
      samples.clear();
    }
    if (samples.isEmpty() || !now.isBefore(samples.getLast().at().plus(STEP))) {
      samples.addLast(new Sample(now, day.backfill()));
    }
    if (samples.size() > MOST_STEPS) {
      samples.removeFirst();
    }
  }

  /** Calls per minute over the last minutes; 0 before the second sample. */
  double perMinute() {
    if (samples.size() < 2) {
      return 0;
    }
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    double minutes = Duration.between(first.at(), last.at()).toMillis() / 60_000.0;
    return (last.backfill() - first.backfill()) / minutes;
  }

  /**
   * When so many calls will be used up at this pace; {@link Instant#EPOCH} when the day that began
   * then ends before.
   */
  Instant endOf(long left, Instant began, Instant now) {
    double perMinute = perMinute();
    if (perMinute <= 0) {
      return Instant.EPOCH;
    }
    long seconds = (long) (left / perMinute * 60);
    Instant end = now.plusSeconds(Math.min(seconds, DAY.toSeconds()));
    return end.isBefore(began.plus(DAY)) ? end : Instant.EPOCH;
  }
}
