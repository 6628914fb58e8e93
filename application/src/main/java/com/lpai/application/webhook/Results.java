package com.lpai.application.webhook;

import com.lpai.application.work.Instance;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;

/** What is made of events, in the same words whatever they are about. */
record Results(Instance instance) {
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

  /** A fault of the event itself, or of ours with it; how often and when it is tried is bounded. */
  Result fault(String why) {
    return later(Duration.ZERO, Reason.FAULT, why);
  }

  /** What comes after an event that waits must wait with it: order within one entity. */
  static Result behind(Instant waitingUntil) {
    return new Result.Later(waitingUntil, Reason.EARLIER_EVENT, "waits for an earlier event");
  }

  /** A push of ours comes first. */
  Result afterOurPush(String why) {
    return later(WAIT_FOR_ANSWER, Reason.OWN_PUSH, why);
  }

  /**
   * Whether it is long enough ago that the CRM was first asked, or told of it: what it does not
   * find now it has not got.
   */
  boolean isSecondLook(Instant first) {
    return !now().isBefore(first.plus(SECOND_LOOK));
  }

  /** The CRM must say twice that it does not find something: its answers may lag. */
  static Result secondLook(Instant first) {
    return new Result.Later(
        first.plus(SECOND_LOOK),
        Reason.READ_AGAIN,
        "GoHighLevel does not find it; it is looked up again");
  }

  /** A turn must end before its claim does. */
  Result nextTurn() {
    return later(
        Duration.ZERO, Reason.CRM_AWAY, "GoHighLevel is slow: it is read in the next turn");
  }

  /** The CRM did not answer what had to be asked; that it has not got it is no failure. */
  Result unanswered(CrmFailure failure) {
    return switch (failure) {
      case CrmFailure.NotFound notFound ->
          throw new IllegalArgumentException("not found is an answer");
      case CrmFailure.Throttled(Duration retryAfter, String message) ->
          later(retryAfter, Reason.THROTTLED, message);
      case CrmFailure.Unavailable away -> later(CRM_AWAY, Reason.CRM_AWAY, away.message());
      case CrmFailure.OutcomeUnknown unknown -> later(CRM_AWAY, Reason.CRM_AWAY, unknown.message());
      case CrmFailure.Unauthorized unauthorized ->
          later(NOT_CONNECTED, Reason.NOT_CONNECTED, unauthorized.message());
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

  private Result later(Duration wait, Reason reason, String why) {
    return new Result.Later(now().plus(wait), reason, why);
  }

  private static Result dead(CrmFailure failure) {
    return new Result.Finished(WebhookStatus.DEAD, failure.message());
  }

  private Instant now() {
    return instance.time().instant();
  }
}
