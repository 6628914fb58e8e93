package com.lpai.domain.connection;

import java.time.Duration;
import java.time.Instant;

/**
 * A renewal that was written down before the CRM was asked. It is the hold of whoever asks: nobody
 * else does before {@code notBefore}, and a holder that died is followed by the next one.
 *
 * @param first when the CRM was first asked with the present refresh token
 * @param count how often it was asked, the attempt under way included
 * @param notBefore the end of the hold, or the time of the next attempt
 * @param trouble why the last attempt failed; empty while one is under way
 */
public record Attempts(Instant first, int count, Instant notBefore, String trouble) {

  private static final int LASTING_FROM = 3;
  private static final Duration PASSING = Duration.ofMinutes(1);

  static Attempts begun(Instant now, Duration hold) {
    return new Attempts(now, 1, now.plus(hold), "");
  }

  Attempts again(Instant now, Duration hold) {
    return new Attempts(first, count + 1, now.plus(hold), "");
  }

  Attempts failed(String why, Instant next) {
    return new Attempts(first, count, next, why);
  }

  /** True when it goes on for longer than a passing fault, and a person should know. */
  public boolean isLasting() {
    return count >= LASTING_FROM || Duration.between(first, notBefore).compareTo(PASSING) > 0;
  }

  public boolean isUnderWay(Instant now) {
    return trouble.isEmpty() && now.isBefore(notBefore);
  }
}
