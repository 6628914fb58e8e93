package com.lpai.application.webhook;

import com.lpai.application.work.Instance;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;

/** What is made of events, in the same words whatever they are about. */
record Results(Instance instance) {
  private static final int ATTEMPTS = 3;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
  private static final Duration WAIT_FOR_ANSWER = Duration.ofMillis(300);
  private static final Duration CRM_AWAY = Duration.ofSeconds(5);
  private static final Duration SECOND_LOOK = Duration.ofSeconds(30);
  private static final Duration NOT_CONNECTED = Duration.ofMinutes(1);

  static Result done(String outcome) {
    return new Result.Finished(WebhookStatus.DONE, outcome);
  }

  static Result skipped(String reason) {
    return new Result.Finished(WebhookStatus.SKIPPED, reason);
  }

  /** A fault of the event itself, or of ours with it. */
  Result fault(QueuedWebhook event, String why) {
    if (event.attempts() + 1 >= ATTEMPTS) {
      return new Result.Finished(WebhookStatus.DEAD, why);
    }
    Duration wait = LOOK_AGAIN.multipliedBy(1L << (2 * event.attempts()));
    return new Result.Later(now().plus(wait), why, true);
  }

  /** What comes after an event that waits must wait with it: order within one entity. */
  static Result behind(Instant waitingUntil) {
    return new Result.Later(waitingUntil, "waits for an earlier event", false);
  }

  /** A push of ours comes first. */
  Result afterOurPush(String why) {
    return later(WAIT_FOR_ANSWER, why);
  }

  /** The CRM must say twice that it has something no longer. */
  Result secondLook() {
    return new Result.Later(
        now().plus(SECOND_LOOK), "GoHighLevel does not find it; it is looked up again", true);
  }

  /** A turn must end before its claim does. */
  Result nextTurn() {
    return later(Duration.ZERO, "is read in the next turn");
  }

  /** The CRM did not answer what had to be asked; that it has not got it is no failure. */
  Result unanswered(CrmFailure failure) {
    return switch (failure) {
      case CrmFailure.NotFound notFound ->
          throw new IllegalArgumentException("not found is an answer");
      case CrmFailure.Throttled(Duration retryAfter, String message) -> later(retryAfter, message);
      case CrmFailure.Unavailable away -> later(CRM_AWAY, away.message());
      case CrmFailure.OutcomeUnknown unknown -> later(CRM_AWAY, unknown.message());
      case CrmFailure.Unauthorized unauthorized -> later(NOT_CONNECTED, unauthorized.message());
      case CrmFailure.Forbidden forbidden -> dead(forbidden);
      case CrmFailure.AlreadyExists exists -> dead(exists);
      case CrmFailure.RefusedOrDone refused -> dead(refused);
      case CrmFailure.Rejected rejected -> dead(rejected);
    };
  }

  /** True when asking for anything else of this location would be answered alike. */
  static boolean isOfTheWholeLocation(CrmFailure failure) {
    return failure instanceof CrmFailure.Throttled || failure instanceof CrmFailure.Unauthorized;
  }

  private Result later(Duration wait, String why) {
    return new Result.Later(now().plus(wait), why, false);
  }

  private static Result dead(CrmFailure failure) {
    return new Result.Finished(WebhookStatus.DEAD, failure.message());
  }

  private Instant now() {
    return instance.time().instant();
  }
}
