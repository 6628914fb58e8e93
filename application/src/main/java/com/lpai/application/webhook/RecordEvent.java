package com.lpai.application.webhook;

import com.lpai.application.mirror.Heard;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.webhook.QueuedWebhook;
import java.time.Instant;

/**
 * An event about a mirrored record.
 *
 * @param <G> the CRM's id of such a record
 */
record RecordEvent<G>(QueuedWebhook event, Heard<G> heard) {
  static <G> RecordEvent<G> changed(QueuedWebhook event, CrmRecord<G> said) {
    return new RecordEvent<>(event, new Heard.Changed<>(said, times(event)));
  }

  static <G> RecordEvent<G> deleted(QueuedWebhook event, G id) {
    return new RecordEvent<>(event, new Heard.Deleted<>(id, times(event)));
  }

  private static Heard.Times times(QueuedWebhook event) {
    return new Heard.Times(event.envelope().sentAt(), event.receivedAt(), event.isStale());
  }

  G id() {
    return heard.id();
  }

  Instant receivedAt() {
    return event.receivedAt();
  }

  boolean isDeletion() {
    return heard instanceof Heard.Deleted<G>;
  }
}
