package com.lpai.adapter.mongo.webhook;

import com.lpai.adapter.mongo.document.MalformedDocumentException;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.AcrossTenants;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantWrite;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.KeptEvents;
import com.lpai.domain.webhook.WebhookQueue.Lane;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookStatus;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Events that are not stored as this version stores them. Those of an earlier version get what they
 * lack. What cannot be read is set aside as dead with the reason, so that it keeps nothing else
 * from its turn: a field that is missing or odd gets a plain value, the odd one is kept beside it,
 * and the body is left as it is.
 */
final class OddEvents {
  private static final System.Logger LOG = System.getLogger(OddEvents.class.getName());

  /** What an event was called that a worker of an earlier version held. */
  static final String PROCESSING = "processing";

  private static final String AS_STORED = "asStored.";
  private static final Map<String, Object> PLAIN = plain();

  private final AcrossTenants allEvents;

  OddEvents(AcrossTenants allEvents) {
    this.allEvents = allEvents;
  }

  /** What stands for a field that cannot be read. */
  private static Map<String, Object> plain() {
    Map<String, Object> plain = new LinkedHashMap<>();
    WebhookDocuments.TEXTS.forEach(field -> plain.put(field, ""));
    WebhookDocuments.TIMES.forEach(field -> plain.put(field, Instant.EPOCH));
    plain.put(WebhookDocuments.TYPE, "unknown");
    plain.put(WebhookDocuments.ATTEMPTS, 0);
    return plain;
  }

  /** Which of a page of events, of which at least the location was read, have no lane. */
  static List<Document> withoutLane(List<Document> events) {
    return events.stream().filter(event -> WebhookDocuments.laneIfAny(event).isEmpty()).toList();
  }

  /**
   * Brings events up to date, or sets them aside.
   *
   * @param found only their ids are looked at
   * @return whether anything was changed
   */
  boolean mend(List<Document> found) {
    List<AcrossTenants.Write> writes = new ArrayList<>();
    for (Document event : whole(found)) {
      WebhookDocuments.locationIfAny(event)
          .ifPresent(
              location ->
                  writes.add(
                      new AcrossTenants.Write(
                          location,
                          new TenantWrite.Update(asRead(event), mended(location, event)))));
    }
    return !writes.isEmpty() && allEvents.bulk(writes).matched() != 0;
  }

  private List<Document> whole(List<Document> found) {
    return allEvents.find(
        Filters.in(
            WebhookDocuments.ID,
            found.stream().map(event -> event.get(WebhookDocuments.ID)).toList()),
        Find.sortedBy(Sorts.ascending(WebhookDocuments.ID))
            .only(Projections.exclude(WebhookDocuments.BODY)));
  }

  private static Bson asRead(Document event) {
    return Filters.and(
        Filters.eq(WebhookDocuments.ID, event.get(WebhookDocuments.ID)),
        Filters.eq(WebhookDocuments.STATUS, event.get(WebhookDocuments.STATUS)));
  }

  private static Bson mended(LocationId location, Document event) {
    try {
      WebhookDocuments.withoutBody(present(event));
    } catch (MalformedDocumentException | ArithmeticException unreadable) {
      return setAside(location, event, String.valueOf(unreadable.getMessage()));
    }
    return upToDate(location, event);
  }

  /** With the state that an earlier version's means now. */
  private static Document present(Document event) {
    return PROCESSING.equals(event.get(WebhookDocuments.STATUS))
        ? new Document(event)
            .append(WebhookDocuments.STATUS, StoredDocument.word(WebhookStatus.PENDING))
        : event;
  }

  private static Bson upToDate(LocationId location, Document event) {
    StoredDocument stored = StoredDocument.of("webhook", present(event));
    WebhookStatus status = stored.word(WebhookDocuments.STATUS, WebhookStatus.class);
    return Updates.combine(
        Updates.set(WebhookDocuments.STATUS, StoredDocument.word(status)),
        KeptEvents.STATUSES.contains(status)
            ? Updates.set(WebhookDocuments.KEPT_AS, StoredDocument.word(status))
            : Updates.unset("token"),
        Updates.set(
            WebhookDocuments.BUCKET, bucket(location, stored.text(WebhookDocuments.ENTITY_KEY))),
        Updates.unset("open"));
  }

  private static int bucket(LocationId location, String entityKey) {
    return Lane.of(new Envelope("", "", "", "", location, "", entityKey, Instant.EPOCH)).bucket();
  }

  /** Sets aside one whose body cannot be read. */
  void setAside(LocationId location, Document event, MalformedDocumentException unreadable) {
    for (Document stored : whole(List.of(event))) {
      allEvents.bulk(
          List.of(
              new AcrossTenants.Write(
                  location,
                  new TenantWrite.Update(
                      asRead(stored),
                      setAside(location, stored, String.valueOf(unreadable.getMessage()))))));
    }
  }

  private static Bson setAside(LocationId location, Document event, String why) {
    LOG.log(System.Logger.Level.WARNING, "A webhook of {0} is set aside. {1}", location, why);
    List<Bson> updates = new ArrayList<>();
    PLAIN.forEach(
        (field, plain) -> {
          Optional<Object> stored = Optional.ofNullable(event.get(field));
          if (stored.filter(value -> isLike(plain, value)).isEmpty()) {
            updates.add(Updates.set(field, plain));
            stored.ifPresent(odd -> updates.add(Updates.set(AS_STORED + field, odd)));
          }
        });
    if (!(event.getOrDefault(WebhookDocuments.STALE, false) instanceof Boolean)) {
      updates.add(Updates.set(WebhookDocuments.STALE, true));
    }
    Optional.ofNullable(event.get(WebhookDocuments.WAITS))
        .filter(waits -> !WebhookDocuments.isCount(waits))
        .ifPresent(
            odd -> {
              updates.add(Updates.unset(WebhookDocuments.WAITS));
              updates.add(Updates.set(AS_STORED + WebhookDocuments.WAITS, odd));
            });
    String entityKey = event.get(WebhookDocuments.ENTITY_KEY) instanceof String key ? key : "";
    updates.add(Updates.set(WebhookDocuments.BUCKET, bucket(location, entityKey)));
    updates.add(Updates.set(WebhookDocuments.STATUS, StoredDocument.word(WebhookStatus.DEAD)));
    updates.add(Updates.set(WebhookDocuments.KEPT_AS, StoredDocument.word(WebhookStatus.DEAD)));
    updates.add(Updates.set(WebhookDocuments.REASON, StoredDocument.word(Reason.FAULT)));
    Optional.ofNullable(event.get(WebhookDocuments.OUTCOME))
        .filter(outcome -> !(outcome instanceof String))
        .ifPresent(odd -> updates.add(Updates.set(AS_STORED + WebhookDocuments.OUTCOME, odd)));
    updates.add(Updates.set(WebhookDocuments.OUTCOME, why));
    return Updates.combine(updates);
  }

  private static boolean isLike(Object plain, Object value) {
    return switch (plain) {
      case Instant time -> value instanceof Date;
      case Integer count -> WebhookDocuments.isCount(value);
      default -> plain.getClass().isInstance(value);
    };
  }
}
