package com.lpai.adapter.mongo.webhook;

import com.lpai.adapter.mongo.IntakeLimits;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.AcrossTenants;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.RawBody;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookStatus;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The queue in the collection {@code webhook_queue}; events that are over stay there too. */
public final class MongoWebhookQueue implements WebhookQueue {
  private static final List<WebhookStatus> REPLAYABLE =
      List.of(WebhookStatus.DEAD, WebhookStatus.SKIPPED, WebhookStatus.QUARANTINED);

  /** What an event takes beside its body, about. */
  private static final long BESIDE_THE_BODY = 1_024;

  private final TenantCollection events;
  private final AcrossTenants allEvents;
  private final Lanes lanes;
  private final WebhookClaims claims;
  private final AcceptanceIds ids = new AcceptanceIds();
  private final GroupCommit<ArrivingEvents.Arrival, Acceptance> arriving;

  /** The queue with the usual limits. */
  public MongoWebhookQueue(Collections collections) {
    this(collections, IntakeLimits.STANDARD, Duration.ofSeconds(10));
  }

  /**
   * The queue.
   *
   * @param patience how long an event waits at most for those that are stored before it
   */
  public MongoWebhookQueue(Collections collections, IntakeLimits limits, Duration patience) {
    events = collections.ofTenants(Collections.WEBHOOK_QUEUE);
    allEvents = collections.acrossTenants(Collections.WEBHOOK_QUEUE);
    lanes =
        new Lanes(
            collections.ofTenants(Collections.WEBHOOK_LANES),
            collections.acrossTenants(Collections.WEBHOOK_LANES));
    claims = new WebhookClaims(events, allEvents, lanes);
    arriving = new GroupCommit<>(new ArrivingEvents(allEvents), limits, patience);
  }

  @Override
  public Acceptance accept(
      Envelope envelope, RawBody body, WebhookStatus initial, Instant receivedAt) {
    if (initial != WebhookStatus.PENDING && initial != WebhookStatus.QUARANTINED) {
      throw new IllegalArgumentException("an event begins PENDING or QUARANTINED, not " + initial);
    }
    Document document =
        WebhookDocuments.toDocument(ids.next(receivedAt), envelope, body, initial, receivedAt);
    return arriving.store(
        new ArrivingEvents.Arrival(envelope, document), (long) body.size() + BESIDE_THE_BODY);
  }

  /** Takes no more events, and waits for the outcome of those that are being stored. */
  public void close(Duration longest) {
    arriving.close(longest);
  }

  @Override
  public List<Claim> claim(Instant now, Instant leaseUntil, int limit) {
    return claims.claim(now, leaseUntil, limit);
  }

  @Override
  public boolean settle(Claim claim, QueuedWebhook event, Result result, Instant now) {
    Bson held =
        Filters.and(
            Filters.eq(WebhookDocuments.ID, event.id()),
            Filters.eq(WebhookDocuments.TOKEN, claim.token()));
    boolean settled = events.update(claim.locationId(), held, settled(result, now)).wrote();
    if (settled && claim.events().getLast().id().equals(event.id())) {
      lanes.release(new Lane(claim.locationId(), claim.entityKey()), claim.token());
    }
    return settled;
  }

  private static Bson settled(Result result, Instant now) {
    List<Bson> updates = new ArrayList<>();
    updates.add(Updates.unset(WebhookDocuments.TOKEN));
    switch (result) {
      case Result.Finished(WebhookStatus status, String outcome) -> {
        updates.add(Updates.set(WebhookDocuments.STATUS, StoredDocument.word(status)));
        updates.add(Updates.set(WebhookDocuments.OUTCOME, outcome));
        updates.add(Updates.set(WebhookDocuments.FINISHED_AT, now));
        updates.add(Updates.unset(WebhookDocuments.OPEN));
      }
      case Result.Later(Instant processAfter, String why, boolean counts) -> {
        updates.add(
            Updates.set(WebhookDocuments.STATUS, StoredDocument.word(WebhookStatus.PENDING)));
        updates.add(Updates.set(WebhookDocuments.OUTCOME, why));
        updates.add(Updates.set(WebhookDocuments.PROCESS_AFTER, processAfter));
        updates.add(Updates.inc(WebhookDocuments.ATTEMPTS, counts ? 1 : 0));
      }
    }
    return Updates.combine(updates);
  }

  @Override
  public boolean replay(LocationId locationId, String id, Instant now) {
    Bson over =
        Filters.and(
            Filters.eq(WebhookDocuments.ID, id),
            Filters.in(
                WebhookDocuments.STATUS, REPLAYABLE.stream().map(StoredDocument::word).toList()));
    Bson again =
        Updates.combine(
            Updates.set(WebhookDocuments.STATUS, StoredDocument.word(WebhookStatus.PENDING)),
            Updates.set(WebhookDocuments.OPEN, true),
            Updates.set(WebhookDocuments.PROCESS_AFTER, now),
            Updates.set(WebhookDocuments.ATTEMPTS, 0),
            Updates.set(WebhookDocuments.OUTCOME, ""),
            Updates.unset(WebhookDocuments.FINISHED_AT));
    return events.update(locationId, over, again).wrote();
  }

  @Override
  public void wake(LocationId locationId, Instant now) {
    events.updateMany(
        locationId,
        Filters.and(
            Filters.eq(WebhookDocuments.STATUS, StoredDocument.word(WebhookStatus.PENDING)),
            Filters.gt(WebhookDocuments.PROCESS_AFTER, now)),
        Updates.set(WebhookDocuments.PROCESS_AFTER, now));
  }

  /**
   * Counts what is not done by the index on the state; what is done, which may be millions, is the
   * rest of the total that the server keeps anyway.
   */
  @Override
  public Map<WebhookStatus, Long> depth() {
    Map<WebhookStatus, Long> depth = new EnumMap<>(WebhookStatus.class);
    long rest = allEvents.total();
    for (WebhookStatus status : WebhookStatus.values()) {
      if (status != WebhookStatus.DONE) {
        long count =
            allEvents.count(Filters.eq(WebhookDocuments.STATUS, StoredDocument.word(status)));
        put(depth, status, count);
        rest -= count;
      }
    }
    put(depth, WebhookStatus.DONE, rest);
    return depth;
  }

  /**
   * Removes the events that belong to no tenant and mention this location.
   *
   * @return how many there were
   */
  public long removeMentions(LocationId locationId) {
    return new Mentions(events).remove(locationId);
  }

  private static void put(Map<WebhookStatus, Long> depth, WebhookStatus status, long count) {
    if (count > 0) {
      depth.put(status, count);
    }
  }

  @Override
  public List<QueuedWebhook> recent(LocationId locationId, int limit) {
    return events
        .find(
            locationId,
            new Document(),
            Find.sortedBy(Sorts.descending(WebhookDocuments.ID)).limitedTo(limit))
        .stream()
        .map(WebhookDocuments::toDomain)
        .toList();
  }
}
