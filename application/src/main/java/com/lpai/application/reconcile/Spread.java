package com.lpai.application.reconcile;

import com.lpai.application.work.Instance;
import java.time.Duration;

/** Spreads what would fall due together. */
final class Spread {
  private Spread() {}

  /** Between 90 and 110 % of it. */
  static Duration of(Duration pause, Instance instance) {
    return Duration.ofMillis(
        Math.round(pause.toMillis() * (0.9 + 0.2 * instance.jitter().getAsDouble())));
  }

  /** Anything up to it. */
  static Duration upTo(Duration longest, Instance instance) {
    return Duration.ofMillis(Math.round(longest.toMillis() * instance.jitter().getAsDouble()));
  }
}
