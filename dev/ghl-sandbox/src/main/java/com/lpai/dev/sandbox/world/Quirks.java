package com.lpai.dev.sandbox.world;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What GoHighLevel does not document (ghl-facts.md 9) and may do one way or another: decided by
 * seed, so that a client is not tested against our own assumptions only.
 *
 * @param slidingRateWindow the burst window slides instead of being fixed
 * @param notFoundStatus 404 or 400 for a record that is not there
 * @param invalidGrantStatus 400 or 401 for a used or unknown code or refresh token
 * @param lowerCaseNamesInSearch search items carry names in lower case only
 * @param searchLag how long the search index is behind
 */
public record Quirks(
    boolean slidingRateWindow,
    int notFoundStatus,
    int invalidGrantStatus,
    boolean lowerCaseNamesInSearch,
    Duration searchLag) {

  /** The plain case: what seed 0 stands for. */
  public static Quirks plain() {
    return new Quirks(false, 404, 400, false, Duration.ZERO);
  }

  /** The quirks of a seed; each seed always gives the same. */
  public static Quirks of(long seed) {
    if (seed == 0) {
      return plain();
    }
    SplittableRandom random = new SplittableRandom(seed);
    return new Quirks(
        random.nextBoolean(),
        random.nextBoolean() ? 404 : 400,
        random.nextBoolean() ? 400 : 401,
        random.nextBoolean(),
        Duration.ofSeconds(random.nextInt(31)));
  }

  public Quirks withSlidingRateWindow() {
    return new Quirks(true, notFoundStatus, invalidGrantStatus, lowerCaseNamesInSearch, searchLag);
  }

  public Quirks withSearchLag(Duration lag) {
    return new Quirks(
        slidingRateWindow, notFoundStatus, invalidGrantStatus, lowerCaseNamesInSearch, lag);
  }
}
