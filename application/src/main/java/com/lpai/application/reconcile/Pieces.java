package com.lpai.application.reconcile;

import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.RetryPolicy;
import java.time.Duration;
import java.time.Instant;

/** What a failed call means for work that nobody waits for. */
final class Pieces {
  /** A token may come back, or the location become active again. */
  private static final Duration CONNECTION_WAIT = Duration.ofMinutes(15);

  /** So often a page waits for a record that is away. */
  private static final int TRIES_OF_A_RECORD = 4;

  private Pieces() {}

  /** What to do. */
  sealed interface Verdict {
    /**
     * It is gone on with then.
     *
     * @param counts whether it was a failure that makes the next wait longer
     */
    record Wait(Instant until, boolean counts) implements Verdict {}

    /** Waiting does not help. */
    record GiveUp() implements Verdict {}
  }

  static Verdict after(CrmFailure failure, int attempts, Instant now, double jitter) {
    Verdict longer = new Verdict.Wait(now.plus(RetryPolicy.STANDARD.delay(attempts, jitter)), true);
    return switch (failure) {
      case CrmFailure.Throttled(Duration retryAfter, String message) ->
          new Verdict.Wait(now.plus(retryAfter), false);
      case CrmFailure.Unavailable unavailable -> longer;
      case CrmFailure.OutcomeUnknown unknown -> longer;
      case CrmFailure.Unauthorized(CrmFailure.Unauthorized.Kind kind, String message) ->
          switch (kind) {
            case UNKNOWN -> longer;
            case NOT_CONNECTED, NOT_ACTIVE, INVALID_TOKEN ->
                new Verdict.Wait(now.plus(CONNECTION_WAIT), true);
            case MISSING_SCOPE, WRONG_TOKEN_TYPE, WRONG_ROUTE -> new Verdict.GiveUp();
          };
      case CrmFailure.Forbidden forbidden -> new Verdict.GiveUp();
      case CrmFailure.NotFound notFound -> new Verdict.GiveUp();
      case CrmFailure.AlreadyExists exists -> new Verdict.GiveUp();
      case CrmFailure.RefusedOrDone refused -> new Verdict.GiveUp();
      case CrmFailure.Rejected rejected -> new Verdict.GiveUp();
    };
  }

  /**
   * True when the read of one record failed so that others need not wait for it: for reasons of its
   * own, or for the last time.
   *
   * @param attempts how often it failed before
   */
  static boolean keepsNoOther(CrmFailure failure, int attempts) {
    return switch (failure) {
      case CrmFailure.Throttled throttled -> false;
      case CrmFailure.Unauthorized unauthorized -> false;
      case CrmFailure.Unavailable unavailable -> attempts + 1 >= TRIES_OF_A_RECORD;
      case CrmFailure.OutcomeUnknown unknown -> attempts + 1 >= TRIES_OF_A_RECORD;
      case CrmFailure.Forbidden forbidden -> true;
      case CrmFailure.NotFound notFound -> true;
      case CrmFailure.AlreadyExists exists -> true;
      case CrmFailure.RefusedOrDone refused -> true;
      case CrmFailure.Rejected rejected -> true;
    };
  }
}
