package com.lpai.adapter.ghl.limit;

import java.time.Duration;

/**
 * What GoHighLevel documents of its limits (ghl-facts.md 4), until an answer's headers say more.
 *
 * @param burst calls in one window
 * @param window its length
 * @param daily calls in one day
 * @param backfillPercent how much of a day backfill may use
 */
public record Limits(int burst, Duration window, long daily, int backfillPercent) {
  /** 100 calls in ten seconds, 200,000 a day. */
  public static final Limits DOCUMENTED = new Limits(100, Duration.ofSeconds(10), 200_000, 80);

  public Limits {
    if (burst < 1 || daily < 1 || window.toMillis() < 1) {
      throw new IllegalArgumentException(
          "the call limits (per window, window, per day) must be positive");
    }
    if (backfillPercent < 1 || backfillPercent > 100) {
      throw new IllegalArgumentException("backfill's part of a day must be from 1 to 100 percent");
    }
  }
}
