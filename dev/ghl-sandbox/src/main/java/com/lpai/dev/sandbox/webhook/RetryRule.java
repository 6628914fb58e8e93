package com.lpai.dev.sandbox.webhook;

import com.lpai.dev.sandbox.world.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * When GoHighLevel tries a webhook again (ghl-facts.md 6.5). How often is documented; the spans of
 * the rule of today are not.
 */
final class RetryRule {
  private static final int MOST_RETRIES = 12;
  private static final int MOST_RETRIES_BEFORE_2026 = 6;
  private static final Duration SPAN_BEFORE_2026 = Duration.ofMinutes(10);
  private static final int TOO_MANY_REQUESTS = 429;

  private final Settings settings;
  private final Random jitter;

  RetryRule(Settings settings) {
    this.settings = settings;
    this.jitter = new Random(settings.seed());
  }

  /**
   * How long to wait before the next attempt; empty when there is none.
   *
   * @param status of the attempt before, not a 2xx
   * @param retries made so far
   */
  Optional<Duration> wait(int status, int retries) {
    if (settings.get(Settings.WEBHOOK_RETRY).equals("429-only")) {
      return status == TOO_MANY_REQUESTS && retries < MOST_RETRIES_BEFORE_2026
          ? Optional.of(SPAN_BEFORE_2026)
          : Optional.empty();
    }
    return retries < MOST_RETRIES ? Optional.of(ever(retries)) : Optional.empty();
  }

  private Duration ever(int retries) {
    long first = settings.get(Settings.WEBHOOK_FIRST_RETRY_SECONDS) * 1000L;
    long longest = settings.get(Settings.WEBHOOK_LONGEST_RETRY_SECONDS) * 1000L;
    long span = Math.min(first << retries, longest);
    return Duration.ofMillis(Math.round(span * jitter.nextDouble(0.75, 1.25)));
  }
}
