package com.lpai.domain.conversation;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of a call.
 *
 * @param status the CRM's word, for example {@code no-answer}; empty while it did not tell
 * @param duration empty while the CRM did not tell
 */
public record PhoneCall(String status, Optional<Duration> duration) {
  /** What a message of another type has. */
  public static final PhoneCall NONE = new PhoneCall("", Optional.empty());

  /** The same call after the CRM told of it anew, for example because it is over. */
  PhoneCall renewed(PhoneCall told) {
    return new PhoneCall(Told.orElse(told.status, status), told.duration.or(() -> duration));
  }
}
