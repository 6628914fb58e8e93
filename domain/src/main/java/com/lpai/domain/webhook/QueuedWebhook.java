package com.lpai.domain.webhook;

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

  /** Whether it was so old when it arrived that the record is to be read instead. */
  public boolean isStale() {
    return envelope.stale();
  }
}
