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
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The queue in the collection {@code webhook_queue}; events that are over stay there too. */
public final class MongoWebhookQueue implements WebhookQueue {
  /** What an event takes beside its body, about. */
  private static final long BESIDE_THE_BODY = 1_024;

  /** Of claims; their size is the number of their events. */
  private static final IntakeLimits SETTLING = new IntakeLimits(10_000, 1L << 20, 64, 5_000, 2);

  /** So long a worker waits at most until its claim's turn to be settled comes. */
  private static final Duration TOLD_WITHIN = Duration.ofMinutes(1);

  private static final Bson IS_DEAD =
      Filters.eq(WebhookDocuments.STATUS, StoredDocument.word(WebhookStatus.DEAD));
  private static final List<String> OWN_REASONS =
      words(Arrays.stream(Reason.values()).filter(Reason::isOwn));

  private static final int WOKEN_AT_ONCE = 1_000;

  private final TenantCollection events;
  private final AcrossTenants allEvents;
  private final Lanes lanes;
  private final WebhookClaims claims;
  private final GroupCommit<List<Settlements.Told>, Boolean> settling;
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
    settling =
        GroupCommit.ofWork(
            new Settlements(allEvents, collections.acrossTenants(Collections.WEBHOOK_LOGS), lanes),
            SETTLING,
            TOLD_WITHIN);
  }

  /** Brings events that an earlier version stored into the present form. */
  public void bringUpToDate() {
    new OldEvents(allEvents).bringUpToDate();
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
  public List<Claim> claim(Instant now, Instant leaseUntil, Most most, Set<Lane> held) {
    return claims.claim(now, leaseUntil, most, held);
  }

  @Override
  public boolean prolong(Claim claim, Instant leaseUntil) {
    return lanes.prolong(claim, leaseUntil);
  }

  @Override
  public boolean settleAll(List<ClaimOutcome> outcomes, Instant now) {
    List<Settlements.Told> told =
        outcomes.stream()
            .map(outcome -> new Settlements.Told(outcome.claim(), outcome.settled(), now))
            .toList();
    return settling.store(told, told.stream().mapToInt(each -> each.settled().size()).sum());
  }

  @Override
  public boolean replay(LocationId locationId, String id, Instant now) {
    return events
        .update(locationId, MongoWebhookHistory.isKept(id), MongoWebhookHistory.again(now))
        .wrote();
  }

  @Override
  public void wake(LocationId locationId, Instant now) {
    wake(locationId, Filters.nin(WebhookDocuments.REASON, OWN_REASONS), now);
  }

  /** Some entities at a time: those that were woken are not found again. */
  @Override
  public void wake(LocationId locationId, Set<Reason> reasons, Instant now) {
    Bson first = Filters.in(WebhookDocuments.REASON, words(reasons.stream()));
    Bson withOthers =
        Filters.in(
            WebhookDocuments.REASON,
            words(Stream.concat(reasons.stream(), Stream.of(Reason.EARLIER_EVENT))));
    List<Document> found;
    do {
      found =
          events.find(
              locationId,
              waiting(first, now),
              Find.sortedBy(
                      Sorts.ascending(
                          WebhookDocuments.BUCKET,
                          WebhookDocuments.RECEIVED_AT,
                          WebhookDocuments.ID))
                  .limitedTo(WOKEN_AT_ONCE)
                  .only(Projections.include(WebhookDocuments.ENTITY_KEY)));
      List<Object> entities =
          found.stream().map(event -> event.get(WebhookDocuments.ENTITY_KEY)).distinct().toList();
      if (!entities.isEmpty()) {
        wake(
            locationId,
            Filters.and(Filters.in(WebhookDocuments.ENTITY_KEY, entities), withOthers),
            now);
      }
    } while (found.size() == WOKEN_AT_ONCE);
  }

  private static List<String> words(Stream<Reason> reasons) {
    return reasons.map(StoredDocument::word).distinct().toList();
  }

  private static Bson waiting(Bson which, Instant now) {
    return Filters.and(
        Filters.eq(WebhookDocuments.STATUS, StoredDocument.word(WebhookStatus.WAITING)),
        Filters.gt(WebhookDocuments.PROCESS_AFTER, now),
        which);
  }

  private void wake(LocationId locationId, Bson which, Instant now) {
    events.updateMany(
        locationId,
        waiting(which, now),
        Updates.combine(
            Updates.unset(WebhookDocuments.WAITS),
            Updates.set(WebhookDocuments.STATUS, StoredDocument.word(WebhookStatus.PENDING)),
            Updates.set(WebhookDocuments.PROCESS_AFTER, now)));
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
      if (status != WebhookStatus.DONE && status != WebhookStatus.EMPTIED) {
        long count =
            allEvents.count(Filters.eq(WebhookDocuments.STATUS, StoredDocument.word(status)));
        put(depth, status, count);
        rest -= count;
      }
    }
    put(depth, WebhookStatus.DONE, rest);
    return depth;
  }

  /** Jumps from location to location, so that many dead events of one cost nothing. */
  @Override
  public Map<LocationId, Long> dead(int most) {
    Map<LocationId, Long> dead = new LinkedHashMap<>();
    String last = "";
    while (dead.size() < most) {
      Optional<LocationId> next = nextWithDead(last);
      if (next.isEmpty()) {
        return dead;
      }
      dead.put(next.get(), events.count(next.get(), IS_DEAD));
      last = next.get().value();
    }
    return dead;
  }

  private Optional<LocationId> nextWithDead(String after) {
    return allEvents
        .find(
            Filters.and(IS_DEAD, Filters.gt(TenantCollection.LOCATION_ID, after)),
            Find.sortedBy(
                    Sorts.ascending(
                        TenantCollection.LOCATION_ID,
                        WebhookDocuments.BUCKET,
                        WebhookDocuments.RECEIVED_AT,
                        WebhookDocuments.ID))
                .limitedTo(1)
                .only(Projections.include(TenantCollection.LOCATION_ID)))
        .stream()
        .flatMap(event -> WebhookDocuments.locationIfAny(event).stream())
        .findFirst();
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
            Find.sortedBy(Sorts.descending(WebhookDocuments.ID))
                .limitedTo(limit)
                .only(Projections.exclude(WebhookDocuments.BODY)))
        .stream()
        .map(WebhookDocuments::withoutBody)
        .toList();
  }
}
