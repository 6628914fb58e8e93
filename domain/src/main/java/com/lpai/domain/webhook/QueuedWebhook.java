package com.lpai.domain.webhook;

import java.time.Instant;

/**
 * An event as it is stored.
 *
 * @param id our id, in order of acceptance
 * @param attempts how often it failed by its own fault
 * @param processAfter when a waiting one is due again, and when one that is over came to its end
 * @param outcome what became of it in plain words; empty before
 * @param storedAt when it was stored
 */
public record QueuedWebhook(
    String id,
    Envelope envelope,
    RawBody body,
    WebhookStatus status,
    int attempts,
    Instant receivedAt,
    Instant processAfter,
    String outcome,
    Instant storedAt) {

  /** One that was stored as it came. */
  public QueuedWebhook(
      String id,
      Envelope envelope,
      RawBody body,
      WebhookStatus status,
      int attempts,
      Instant receivedAt,
      Instant processAfter,
      String outcome) {
    this(id, envelope, body, status, attempts, receivedAt, processAfter, outcome, receivedAt);
  }

  /** Whether it was so old when it arrived that the record is to be read instead. */
  public boolean isStale() {
    return envelope.stale();
  }
}
