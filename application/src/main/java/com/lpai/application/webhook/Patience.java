package com.lpai.application.webhook;

import com.lpai.application.work.Instance;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;

/** How long events wait for an installation; the longer one has waited, the longer it waits. */
record Patience(Instance instance) {
  private static final Duration PARKED_FOR = Duration.ofHours(24);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  /** An event can arrive before the installation that it belongs to (ghl-facts.md 2.4). */
  Result parked(QueuedWebhook event) {
    return waits(event, LOOK_AGAIN, "the app is not installed there");
  }

  /** A connection that appears wakes what waits for it; nobody waits longer than a day. */
  Result waits(QueuedWebhook event, Duration atLeast, String why) {
    return isTooOld(event)
        ? new Result.Finished(
            WebhookStatus.SKIPPED, "the app was not installed within 24 hours: " + why)
        : later(event, atLeast, Reason.NOT_INSTALLED, why);
  }

  boolean isTooOld(QueuedWebhook event) {
    return waited(event).compareTo(PARKED_FOR) >= 0;
  }

  Duration waited(QueuedWebhook event) {
    return Duration.between(event.receivedAt(), instance.time().instant());
  }

  Result later(QueuedWebhook event, Duration atLeast, Reason reason, String why) {
    Duration grown = shorter(waited(event).dividedBy(2), LONGEST_WAIT);
    Duration wait = grown.compareTo(atLeast) < 0 ? atLeast : grown;
    return new Result.Later(instance.time().instant().plus(wait), reason, why);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
