package com.lpai.application.setup;

import com.lpai.application.work.Sleeper;
import com.lpai.domain.crm.CrmFailure;
import java.time.Duration;

/**
 * Waiting for a turn in a budget that is spaced. Turns come every tenth of a second: to give back
 * what we hold, to tell everybody and to be called again would take longer than that.
 */
final class Turns {
  private static final Duration SHORT_WAIT = Duration.ofSeconds(1);

  private final Sleeper sleeper;

  Turns(Sleeper sleeper) {
    this.sleeper = sleeper;
  }

  /** Waits when it takes no longer than a moment; then true, and the call can be repeated. */
  boolean came(CrmFailure failure) {
    if (!(failure instanceof CrmFailure.Throttled(Duration wait, String message))
        || wait.compareTo(SHORT_WAIT) > 0) {
      return false;
    }
    try {
      sleeper.sleep(wait);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
