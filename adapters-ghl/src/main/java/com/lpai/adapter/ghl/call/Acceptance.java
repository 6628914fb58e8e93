package com.lpai.adapter.ghl.call;

import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;

/** What an answer says of the token that it was given for (ghl-facts.md 2.6). */
public enum Acceptance {
  /** GoHighLevel knows the token, whatever it made of the request. */
  ACCEPTED,
  /** It is invalid or expired. */
  REFUSED,
  /** Its owner is not active. */
  NOT_ACTIVE,
  /** Nothing. */
  UNKNOWN;

  public static Acceptance of(CrmResult<?> result) {
    return switch (result) {
      case CrmResult.Done<?> done -> ACCEPTED;
      case CrmResult.Failed<?>(CrmFailure failure) -> of(failure);
    };
  }

  private static Acceptance of(CrmFailure failure) {
    return switch (failure) {
      case CrmFailure.Unauthorized unauthorized ->
          switch (unauthorized.kind()) {
            case INVALID_TOKEN -> REFUSED;
            case NOT_ACTIVE -> NOT_ACTIVE;
            case MISSING_SCOPE -> ACCEPTED;
            case WRONG_TOKEN_TYPE, WRONG_ROUTE, NOT_CONNECTED -> UNKNOWN;
          };
      case CrmFailure.NotFound notFound -> ACCEPTED;
      case CrmFailure.AlreadyExists exists -> ACCEPTED;
      case CrmFailure.Rejected rejected -> ACCEPTED;
      case CrmFailure.RefusedOrDone refused -> ACCEPTED;
      case CrmFailure.Forbidden forbidden -> UNKNOWN;
      case CrmFailure.Throttled throttled -> UNKNOWN;
      case CrmFailure.Unavailable unavailable -> UNKNOWN;
      case CrmFailure.OutcomeUnknown unknown -> UNKNOWN;
    };
  }
}
