package com.lpai.domain.crm;

import java.time.Duration;

/**
 * The calls that may still be made (ghl-facts.md 4). Every call asks first. Nobody sleeps: a
 * refusal says how long to wait, and the caller reschedules its work.
 *
 * @param <O> whose budget it is: a location's or a company's id
 */
public interface RateBudget<O> {

  /** The answer to one request for a permit. */
  sealed interface Permit {
    /** One call may go out now. */
    record Granted() implements Permit {}

    /** No call now; ask again after this time. */
    record Wait(Duration duration) implements Permit {}
  }

  /** Takes one call from the owner's budget, if the budget has one for this priority. */
  Permit request(O owner, CallPriority priority);

  /** Takes note of what the CRM's rate-limit headers said after a call. */
  void observe(O owner, Observation observation);

  /**
   * The CRM's own count after one call. A negative number means that the header was absent.
   *
   * @param limit calls per window
   * @param remaining calls left in the window
   * @param window the window's length
   * @param dailyRemaining calls left today
   * @param refused true when the call was answered 429
   */
  record Observation(
      int limit, int remaining, Duration window, long dailyRemaining, boolean refused) {}
}
