package com.lpai.domain.crm;

import java.time.Duration;
import java.util.List;

/**
 * Why a call to the CRM did not succeed, told apart by what we do next. The adapter classifies;
 * {@link RetryPolicy} decides. Messages hold no token and no record data.
 */
public sealed interface CrmFailure {

  /** What happened, for a person. */
  String message();

  /**
   * The budget is used up, by our own count or by the CRM's word (429); nothing was sent or done.
   */
  record Throttled(Duration retryAfter, String message) implements CrmFailure {}

  /** Nothing was done: connection refused, a time-out before sending, a 5xx on a read. */
  record Unavailable(String message) implements CrmFailure {}

  /**
   * The request was sent and its effect is unknown: a time-out or reset after sending, a 5xx on
   * create, an answer that cannot be read.
   */
  record OutcomeUnknown(String message) implements CrmFailure {}

  /**
   * The CRM refuses the content of a create, and may have created the record all the same
   * (ghl-facts.md #64: 422 on create).
   */
  record RefusedOrDone(List<String> fields, String message) implements CrmFailure {
    public RefusedOrDone {
      fields = List.copyOf(fields);
    }
  }

  /** No usable token, or a 401 that a new token did not cure (ghl-facts.md 2.6). */
  record Unauthorized(Kind kind, String message) implements CrmFailure {
    /** The kinds of 401, told by their text. */
    public enum Kind {
      INVALID_TOKEN,
      MISSING_SCOPE,
      WRONG_TOKEN_TYPE,
      WRONG_ROUTE,
      /** The location is not active. */
      NOT_ACTIVE,
      /** There is no usable token; nothing was sent. */
      NOT_CONNECTED,
      /** A text that nobody has seen: it says nothing of the token. */
      UNKNOWN
    }
  }

  /** 403: the token does not reach this record. */
  record Forbidden(String message) implements CrmFailure {}

  /** 404, 410, or a 400 that says "not found". */
  record NotFound(String message) implements CrmFailure {}

  /** The CRM holds the record already and names it. */
  record AlreadyExists(String existingId, String message) implements CrmFailure {}

  /** The CRM refuses the content (other 4xx); a person must look. */
  record Rejected(List<String> fields, String message) implements CrmFailure {
    public Rejected {
      fields = List.copyOf(fields);
    }
  }
}
