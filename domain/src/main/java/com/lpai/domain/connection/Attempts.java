package com.lpai.domain.connection;

import java.time.Duration;
import java.time.Instant;

/**
 * A renewal that was written down before the CRM was asked. It is the hold of whoever asks: nobody
 * else does before {@code notBefore}, and a holder that died is followed by the next one.
 *
 * @param count how often it was asked, the attempt under way included
 * @param notBefore the end of the hold, or the time of the next attempt
 * @param trouble why the last attempt failed; empty while one is under way
 */
public record Attempts(int count, Instant notBefore, String trouble) {

  static Attempts begun(Instant now, Duration hold) {
    return new Attempts(1, now.plus(hold), "");
  }

  Attempts again(Instant now, Duration hold) {
    return new Attempts(count + 1, now.plus(hold), "");
  }

  Attempts failed(String why, Instant next) {
    return new Attempts(count, next, why);
  }

  public boolean isUnderWay(Instant now) {
    return trouble.isEmpty() && now.isBefore(notBefore);
  }
}
