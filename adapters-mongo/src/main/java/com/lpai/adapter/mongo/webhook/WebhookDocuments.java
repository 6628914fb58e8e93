package com.lpai.adapter.mongo.webhook;

import com.lpai.adapter.mongo.document.MalformedDocumentException;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.KeptEvents;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.RawBody;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookQueue.Lane;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

  /** How often in a row it waited for something outside; absent when it did not. */
  static final String WAITS = "waits";

  static final String BODY = "body";

  /** How long the body is; absent in events of earlier versions. */
  private static final String BODY_BYTES = "bodyBytes";

  private static final String SENT_WEBHOOK_ID = "sentWebhookId";
  private static final String FLAGGED = "flagged";

  /** True where the event was too old when it came, absent otherwise. */
  static final String STALE = "stale";

  static final String TYPE = "type";
  private static final String APP_ID = "appId";
  private static final String COMPANY_ID = "companyId";
  private static final String SENT_AT = "sentAt";
  private static final String CREATED_AT = "createdAt";

  /** The fields that must hold a text; the outcome is one more. */
  static final List<String> TEXTS =
      List.of(SENT_WEBHOOK_ID, BODY_HASH, TYPE, APP_ID, COMPANY_ID, ENTITY_KEY);

  /** The fields that must hold a time. */
  static final List<String> TIMES = List.of(SENT_AT, RECEIVED_AT, PROCESS_AFTER, CREATED_AT);

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
            .append(BODY_BYTES, body.size())
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

  /** Of an event, or of the document by which a lane is held, if both its parts are there. */
  static Optional<Lane> laneIfAny(Document document) {
    return document.get(BUCKET) instanceof Number bucket
            && bucket.longValue() >= 0
            && bucket.longValue() < WebhookQueue.BUCKETS
        ? locationIfAny(document).map(location -> new Lane(location, bucket.intValue()))
        : Optional.empty();
  }

  /** Of an event; empty when it holds nothing that can be a location's id. */
  static Optional<LocationId> locationIfAny(Document document) {
    try {
      return Optional.of(
          new LocationId(
              StoredDocument.of("webhook", document).text(TenantCollection.LOCATION_ID)));
    } catch (MalformedDocumentException | IllegalArgumentException nobodysId) {
      return Optional.empty();
    }
  }

  static QueuedWebhook toDomain(Document document) {
    return withoutBody(document).withBody(body(document));
  }

  static RawBody body(Document document) {
    return RawBody.owning(StoredDocument.of("webhook", document).bytes(BODY));
  }

  /** How many bytes the body takes that was not read. */
  static long bodyBytes(Document document) {
    return document.get(BODY_BYTES) instanceof Number bytes
        ? bytes.longValue()
        : WebhookQueue.LONGEST_BODY;
  }

  static QueuedWebhook withoutBody(Document document) {
    StoredDocument stored = StoredDocument.of("webhook", document);
    return new QueuedWebhook(
        stored.text(ID),
        envelope(stored),
        RawBody.NONE,
        stored.word(STATUS, WebhookStatus.class),
        count(stored, ATTEMPTS),
        stored.instant(RECEIVED_AT),
        stored.instant(PROCESS_AFTER),
        stored.text(OUTCOME),
        stored.instant(CREATED_AT),
        stored.has(WAITS) ? count(stored, WAITS) : 0);
  }

  /**
   * A number of times. One that is not whole would never be found again as it was read, and its
   * event be applied for ever.
   */
  private static int count(StoredDocument stored, String field) {
    return stored
        .raw(field)
        .filter(WebhookDocuments::isCount)
        .map(value -> ((Number) value).intValue())
        .orElseThrow(
            () ->
                stored.malformed(
                    field, stored.has(field) ? "is no number of times" : "is missing"));
  }

  /** Whether this can be a number of times. */
  static boolean isCount(Object value) {
    if (!(value instanceof Number number)) {
      return false;
    }
    double exact = number.doubleValue();
    return exact >= 0 && exact <= Integer.MAX_VALUE && exact == number.intValue();
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
