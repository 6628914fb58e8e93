package com.lpai.application.webhook;

import java.time.Duration;

/**
 * How events are taken in.
 *
 * @param appId our app's id: events of other apps are signed with the same key
 * @param staleAfter events that were sent longer ago are stored as stale
 * @param wrongSignatures what is answered to them
 */
public record AcceptanceRules(
    String appId, Duration staleAfter, WrongSignatureAnswer wrongSignatures) {

  /** The answer to a signature that fits none of our keys. */
  public enum WrongSignatureAnswer {
    /** It is refused. */
    REFUSE,
    /** It is to be sent again: it may be signed with a key that we do not have yet. */
    ASK_AGAIN
  }

  /** Seven days, and wrong signatures are refused. */
  public static AcceptanceRules of(String appId) {
    return new AcceptanceRules(appId, Duration.ofDays(7), WrongSignatureAnswer.REFUSE);
  }

  public AcceptanceRules withStaleAfter(Duration age) {
    return new AcceptanceRules(appId, age, wrongSignatures);
  }

  public AcceptanceRules withWrongSignatures(WrongSignatureAnswer answer) {
    return new AcceptanceRules(appId, staleAfter, answer);
  }
}
