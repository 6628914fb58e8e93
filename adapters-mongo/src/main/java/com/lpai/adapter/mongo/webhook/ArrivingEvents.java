package com.lpai.adapter.mongo.webhook;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.failure.EachOutcome;
import com.lpai.adapter.mongo.tenancy.AcrossTenants;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.adapter.mongo.tenancy.TenantWrite;
import com.lpai.adapter.mongo.webhook.GroupCommit.Entry;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.WebhookQueue.Acceptance;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Stores a batch of new events, of any locations, and tells which of them are there already. A
 * batch whose write concern was not met has told nothing: not even that an event is known, since
 * what is known may be rolled back.
 */
final class ArrivingEvents implements GroupCommit.Writer<ArrivingEvents.Arrival, Acceptance> {
  /** A new event as a document. */
  record Arrival(Envelope envelope, Document document) {}

  /** What the unique index is over. */
  private record Key(LocationId locationId, String webhookId) {}

  private record Known(String id, String bodyHash) {}

  /** One insert for an entry; the second is of the flagged document. */
  private record Attempt(Entry<Arrival, Acceptance> entry, Document document) {
    Envelope envelope() {
      return entry.content().envelope();
    }

    Key key() {
      return new Key(envelope().locationId(), document.getString(WebhookDocuments.WEBHOOK_ID));
    }

    Attempt flagged() {
      return new Attempt(entry, WebhookDocuments.flagged(document, envelope()));
    }

    AcrossTenants.Write insert() {
      return new AcrossTenants.Write(envelope().locationId(), new TenantWrite.Insert(document));
    }
  }

  private final AcrossTenants events;

  ArrivingEvents(AcrossTenants events) {
    this.events = events;
  }

  @Override
  public void write(List<Entry<Arrival, Acceptance>> batch) {
    List<Attempt> first =
        batch.stream().map(entry -> new Attempt(entry, entry.content().document())).toList();
    List<Attempt> second = insert(first, Acceptance.STORED).stream().map(Attempt::flagged).toList();
    for (Attempt left : insert(second, Acceptance.STORED_FLAGGED)) {
      left.entry().fail(new IllegalStateException("two bodies have the same hash"));
    }
  }

  /**
   * Inserts and answers.
   *
   * @return those whose id is known with another body
   */
  private List<Attempt> insert(List<Attempt> attempts, Acceptance whenStored) {
    if (attempts.isEmpty()) {
      return List.of();
    }
    EachOutcome outcome = events.each(attempts.stream().map(Attempt::insert).toList());
    List<Attempt> refused = new ArrayList<>();
    for (int i = 0; i < attempts.size(); i++) {
      Attempt attempt = attempts.get(i);
      Optional<RuntimeException> failure = Optional.ofNullable(outcome.failed().get(i));
      if (failure.isPresent()) {
        attempt.entry().fail(failure.get());
      } else if (outcome.refused().containsKey(i)) {
        refused.add(attempt);
      } else {
        attempt.entry().answer(whenStored);
      }
    }
    return refused.isEmpty() ? List.of() : compare(refused, whenStored);
  }

  private List<Attempt> compare(List<Attempt> refused, Acceptance whenStored) {
    Map<Key, Known> known = known(refused);
    List<Attempt> otherBody = new ArrayList<>();
    for (Attempt attempt : refused) {
      Optional<Known> there = Optional.ofNullable(known.get(attempt.key()));
      if (there.isEmpty()) {
        attempt
            .entry()
            .fail(
                new StorageUnavailableException(
                    "An event was known and is gone: it was removed at this moment."));
      } else if (there.get().id().equals(attempt.document().getString(WebhookDocuments.ID))) {
        // The driver sent the insert twice, and the second one found what the first had stored.
        attempt.entry().answer(whenStored);
      } else if (there.get().bodyHash().equals(attempt.envelope().bodyHash())) {
        attempt.entry().answer(Acceptance.DUPLICATE);
      } else {
        otherBody.add(attempt);
      }
    }
    return otherBody;
  }

  private Map<Key, Known> known(List<Attempt> refused) {
    Bson filter =
        Filters.and(
            Filters.in(
                TenantCollection.LOCATION_ID,
                refused.stream().map(it -> it.key().locationId().value()).distinct().toList()),
            Filters.in(
                WebhookDocuments.WEBHOOK_ID,
                refused.stream().map(it -> it.key().webhookId()).distinct().toList()));
    Find few =
        Find.sortedBy(Sorts.ascending(WebhookDocuments.ID))
            .only(
                Projections.include(
                    WebhookDocuments.ID,
                    TenantCollection.LOCATION_ID,
                    WebhookDocuments.WEBHOOK_ID,
                    WebhookDocuments.BODY_HASH));
    Map<Key, Known> known = new HashMap<>();
    for (Document document : events.find(filter, few)) {
      StoredDocument stored = StoredDocument.of("webhook", document);
      known.put(
          new Key(
              new LocationId(stored.text(TenantCollection.LOCATION_ID)),
              stored.text(WebhookDocuments.WEBHOOK_ID)),
          new Known(stored.text(WebhookDocuments.ID), stored.text(WebhookDocuments.BODY_HASH)));
    }
    return known;
  }
}
