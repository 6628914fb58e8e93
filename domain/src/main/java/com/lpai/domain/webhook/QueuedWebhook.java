package com.lpai.domain.webhook;

import java.time.Duration;
import java.time.Instant;

/**
 * An event as it is stored.
 *
 * @param id our id, in order of acceptance
 * @param attempts how often it failed by its own fault
 * @param outcome what became of it in plain words; empty before
 */
public record QueuedWebhook(
    String id,
    Envelope envelope,
    RawBody body,
    WebhookStatus status,
    int attempts,
    Instant receivedAt,
    Instant processAfter,
    String outcome) {
  /** No retry of the CRM takes so long: what is older tells what was, not what is (spec 7). */
  private static final Duration LONGEST_DELIVERY = Duration.ofDays(7);

  /** True when it says that it was sent long before it came. */
  public boolean isStale() {
    Instant sentAt = envelope.sentAt();
    return sentAt.isAfter(Instant.EPOCH) && sentAt.isBefore(receivedAt.minus(LONGEST_DELIVERY));
  }
}
