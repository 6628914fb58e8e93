package com.lpai.adapter.mongo.webhook;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.KeptEvents;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.RawBody;
import com.lpai.domain.webhook.WebhookQueue.Lane;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Instant;
import org.bson.Document;
import org.bson.types.Binary;

/** An event as a document, and back. Its body is kept as the bytes that came, never parsed. */
final class WebhookDocuments {
  static final String ID = "_id";

  /**
   * What the unique index is over: the sender's id, and with the body's hash behind it for another
   * body under the same id.
   */
  static final String WEBHOOK_ID = "webhookId";

  static final String BODY_HASH = "bodyHash";
  static final String ENTITY_KEY = "entityKey";
  static final String STATUS = "status";

  /** Which lane of its location the event belongs to. */
  static final String BUCKET = "bucket";

  /** When a waiting event is due again. */
  static final String PROCESS_AFTER = "processAfter";

  static final String RECEIVED_AT = "receivedAt";
  static final String REASON = "reason";

  /** The state of an event that is kept for a decision; absent in all others, which are many. */
  static final String KEPT_AS = "keptAs";

  /** The claim whose worker brought it to its end. */
  static final String SETTLED_BY = "settledBy";

  static final String ATTEMPTS = "attempts";
  static final String OUTCOME = "outcome";
  static final String FINISHED_AT = "finishedAt";
  static final String BODY = "body";
  private static final String SENT_WEBHOOK_ID = "sentWebhookId";
  private static final String FLAGGED = "flagged";

  /** True where the event was too old when it came, absent otherwise. */
  private static final String STALE = "stale";

  static final String TYPE = "type";
  private static final String APP_ID = "appId";
  private static final String COMPANY_ID = "companyId";
  private static final String SENT_AT = "sentAt";
  private static final String CREATED_AT = "createdAt";

  private WebhookDocuments() {}

  static Document toDocument(
      String id, Envelope envelope, RawBody body, WebhookStatus status, Instant receivedAt) {
    Document document =
        new Document(ID, id)
            .append(WEBHOOK_ID, envelope.webhookId())
            .append(SENT_WEBHOOK_ID, envelope.webhookId())
            .append(BODY_HASH, envelope.bodyHash())
            .append(TYPE, envelope.type())
            .append(APP_ID, envelope.appId())
            .append(COMPANY_ID, envelope.companyId())
            .append(ENTITY_KEY, envelope.entityKey())
            .append(BUCKET, Lane.of(envelope).bucket())
            .append(SENT_AT, envelope.sentAt())
            .append(STATUS, StoredDocument.word(status))
            .append(ATTEMPTS, 0)
            .append(OUTCOME, "")
            .append(PROCESS_AFTER, receivedAt)
            .append(CREATED_AT, receivedAt)
            .append(RECEIVED_AT, receivedAt)
            .append(BODY, body.read(Binary::new));
    if (envelope.stale()) {
      document.append(STALE, true);
    }
    return KeptEvents.STATUSES.contains(status)
        ? document.append(KEPT_AS, StoredDocument.word(status))
        : document;
  }

  /** The same event as another body under an id that is taken. */
  static Document flagged(Document document, Envelope envelope) {
    return new Document(document)
        .append(WEBHOOK_ID, envelope.webhookId() + "#" + envelope.bodyHash())
        .append(FLAGGED, true);
  }

  /** Of an event, or of the document by which a lane is held. */
  static Lane lane(Document document) {
    StoredDocument stored = StoredDocument.of("webhook", document);
    return new Lane(
        new LocationId(stored.text(TenantCollection.LOCATION_ID)),
        Math.toIntExact(stored.number(BUCKET)));
  }

  static QueuedWebhook toDomain(Document document) {
    StoredDocument stored = StoredDocument.of("webhook", document);
    return new QueuedWebhook(
        stored.text(ID),
        envelope(stored),
        RawBody.of(stored.bytes(BODY)),
        stored.word(STATUS, WebhookStatus.class),
        Math.toIntExact(stored.number(ATTEMPTS)),
        stored.instant(RECEIVED_AT),
        stored.instant(PROCESS_AFTER),
        stored.text(OUTCOME),
        stored.instant(CREATED_AT));
  }

  private static Envelope envelope(StoredDocument stored) {
    return new Envelope(
        stored.text(SENT_WEBHOOK_ID),
        stored.text(BODY_HASH),
        stored.text(TYPE),
        stored.text(APP_ID),
        new LocationId(stored.text(TenantCollection.LOCATION_ID)),
        stored.text(COMPANY_ID),
        stored.text(ENTITY_KEY),
        stored.instant(SENT_AT),
        stored.flagOrFalse(STALE));
  }
}
