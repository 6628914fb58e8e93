package com.lpai.domain.crm;

import java.time.Duration;

/**
 * The calls that may still be made (ghl-facts.md 4). Every call asks first and tells what became of
 * its permit. It lets nobody sleep: a refusal says how long to wait, and the caller reschedules its
 * work.
 *
 * @param <O> whose budget it is: a location's or a company's id
 */
public interface RateBudget<O> {

  /** The answer to one request for a permit. */
  sealed interface Permit {
    /**
     * One call may go out.
     *
     * @param number tells it from the owner's other permits
     */
    record Granted(long number) implements Permit {}

    /** No call now; ask again after this time. */
    record Wait(Duration duration) implements Permit {}
  }

  /**
   * Takes one call from the owner's budget, if the budget has one for this priority. It may ask the
   * database once, when this instance holds no permit of the owner that is free.
   */
  Permit request(O owner, CallPriority priority);

  /** The call goes out at this moment; until then its permit is held. */
  void sending(O owner, Permit.Granted permit);

  /** The call was answered, and the CRM's rate-limit headers said this. */
  void answered(O owner, Permit.Granted permit, Observation observation);

  /** Nothing was sent: the permit is given back. */
  void unused(O owner, Permit.Granted permit);

  /** How the owner's budget stands, without asking the database. */
  BudgetStatus status(O owner);

  /**
   * The CRM's own count after one call. A negative number means that the header was absent.
   *
   * @param limit calls per window
   * @param remaining calls left in the window
   * @param window the window's length; after a refusal the time to wait
   * @param dailyLimit calls per day
   * @param dailyRemaining calls left today
   * @param refused true when the call was answered 429
   */
  record Observation(
      int limit,
      int remaining,
      Duration window,
      long dailyLimit,
      long dailyRemaining,
      boolean refused) {}
}
