package com.lpai.domain.webhook;

import java.time.Duration;

/**
 * How long what is over is kept. What is open, dead or quarantined stays until somebody decides.
 *
 * @param bodies of applied events
 * @param ids of applied events, so that none is applied again
 * @param skipped events for which nothing was to be done
 * @param logs lines of the log
 */
public record WebhookRetention(Duration bodies, Duration ids, Duration skipped, Duration logs) {

  public static final WebhookRetention STANDARD =
      new WebhookRetention(
          Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(30), Duration.ofDays(30));

  public WebhookRetention {
    if (ids.compareTo(bodies) < 0) {
      throw new IllegalArgumentException("an id is kept at least as long as the body");
    }
  }

  public WebhookRetention withBodies(Duration kept) {
    return new WebhookRetention(kept, ids, skipped, logs);
  }
}
