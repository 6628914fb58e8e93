package com.lpai.adapter.mongo.webhook;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookLogLine;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookQueue.Settled;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Instant;
import org.bson.Document;

/** A line of the log as a document, and back. */
final class LogDocuments {
  static final String ID = "_id";
  static final String TYPE = "type";
  static final String STATUS = "status";
  static final String DONE_AT = "doneAt";
  private static final String EVENT_ID = "eventId";
  private static final String WEBHOOK_ID = "webhookId";
  private static final String ENTITY_KEY = "entityKey";
  private static final String OUTCOME = "outcome";
  private static final String ATTEMPTS = "attempts";
  private static final String RECEIVED_AT = "receivedAt";
  private static final String QUEUED_AT = "queuedAt";
  private static final String STARTED_AT = "startedAt";

  private LogDocuments() {}

  static Document toDocument(String id, Settled settled, Result.Finished finished, Instant now) {
    QueuedWebhook event = settled.event();
    return new Document(ID, id)
        .append(EVENT_ID, event.id())
        .append(WEBHOOK_ID, event.envelope().webhookId())
        .append(TYPE, event.envelope().type())
        .append(ENTITY_KEY, event.envelope().entityKey())
        .append(STATUS, StoredDocument.word(finished.status()))
        .append(OUTCOME, finished.outcome())
        .append(ATTEMPTS, event.attempts() + (finished.isOwnFault() ? 1 : 0))
        .append(RECEIVED_AT, event.receivedAt())
        .append(QUEUED_AT, event.storedAt())
        .append(STARTED_AT, settled.startedAt())
        .append(DONE_AT, now);
  }

  static WebhookLogLine toDomain(Document document) {
    StoredDocument stored = StoredDocument.of("webhook log line", document);
    return new WebhookLogLine(
        stored.text(ID),
        stored.text(EVENT_ID),
        stored.text(WEBHOOK_ID),
        stored.text(TYPE),
        stored.text(ENTITY_KEY),
        stored.word(STATUS, WebhookStatus.class),
        stored.text(OUTCOME),
        Math.toIntExact(stored.number(ATTEMPTS)),
        stored.instant(RECEIVED_AT),
        stored.instant(QUEUED_AT),
        stored.instant(STARTED_AT),
        stored.instant(DONE_AT));
  }
}
