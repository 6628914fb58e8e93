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
 * @param waits how often in a row it waited for something outside
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
    Instant storedAt,
    int waits) {

  /** One that has not waited for anything outside. */
  public QueuedWebhook(
      String id,
      Envelope envelope,
      RawBody body,
      WebhookStatus status,
      int attempts,
      Instant receivedAt,
      Instant processAfter,
      String outcome,
      Instant storedAt) {
    this(id, envelope, body, status, attempts, receivedAt, processAfter, outcome, storedAt, 0);
  }

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

  /** The same with this body. */
  public QueuedWebhook withBody(RawBody read) {
    return new QueuedWebhook(
        id, envelope, read, status, attempts, receivedAt, processAfter, outcome, storedAt, waits);
  }

  /** Whether it was so old when it arrived that the record is to be read instead. */
  public boolean isStale() {
    return envelope.stale();
  }
}
