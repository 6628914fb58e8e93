package com.lpai.domain.crm;

import java.time.Duration;
import java.time.Instant;

/**
 * The one place that decides about retries (spec 6, errors).
 *
 * @param firstDelay the wait after the first failure; it doubles with each further one
 * @param longestDelay no wait is longer
 * @param giveUpAfter attempts after which a failing push is parked for a person
 * @param lookUpDelay how long to wait before looking up a create whose outcome is unknown; longer
 *     than the CRM's search lag (ghl-facts.md 3.1)
 * @param blockedDelay how often a push that waits for its connection looks again
 */
public record RetryPolicy(
    Duration firstDelay,
    Duration longestDelay,
    int giveUpAfter,
    Duration lookUpDelay,
    Duration blockedDelay) {

  /** One second doubling to an hour; with 33 attempts about a day (spec 6: at most 24 h). */
  public static final RetryPolicy STANDARD =
      new RetryPolicy(
          Duration.ofSeconds(1),
          Duration.ofHours(1),
          33,
          Duration.ofSeconds(35),
          Duration.ofMinutes(1));

  /**
   * Decides what happens after a failed call.
   *
   * @param create whether the call was to create a record, which must never be repeated blindly
   * @param attempts failed attempts before this one
   * @param jitter a random number from 0 to 1, so that many failures do not return together
   */
  public RetryDecision decide(
      CrmFailure failure, boolean create, int attempts, Instant now, double jitter) {
    return switch (failure) {
      case CrmFailure.Throttled throttled ->
          new RetryDecision.RetryAt(now.plus(throttled.retryAfter()));
      case CrmFailure.Unavailable unavailable -> backOff(attempts, now, jitter);
      case CrmFailure.OutcomeUnknown unknown ->
          create
              ? new RetryDecision.LookUpAt(now.plus(lookUpDelay))
              : backOff(attempts, now, jitter);
      case CrmFailure.RefusedOrDone refused -> new RetryDecision.ParkInDoubt();
      case CrmFailure.Unauthorized unauthorized ->
          new RetryDecision.BlockUntil(now.plus(blockedDelay));
      case CrmFailure.Forbidden forbidden -> new RetryDecision.Park();
      case CrmFailure.NotFound notFound -> new RetryDecision.Gone();
      case CrmFailure.AlreadyExists exists -> new RetryDecision.Adopt(exists.existingId());
      case CrmFailure.Rejected rejected -> new RetryDecision.Park();
    };
  }

  private RetryDecision backOff(int attempts, Instant now, double jitter) {
    if (attempts + 1 >= giveUpAfter) {
      return new RetryDecision.Park();
    }
    return new RetryDecision.RetryAt(now.plus(delay(attempts, jitter)));
  }

  /** The wait after this many failures: exponential, capped, between 75 and 100 % of its step. */
  public Duration delay(int attempts, double jitter) {
    long doubled = firstDelay.toMillis() << Math.min(attempts, 30);
    long step = Math.min(longestDelay.toMillis(), Math.max(firstDelay.toMillis(), doubled));
    return Duration.ofMillis(Math.round(step * (0.75 + 0.25 * jitter)));
  }
}
