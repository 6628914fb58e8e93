package com.lpai.adapter.mongo.webhook;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.AcrossTenants;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.adapter.mongo.tenancy.TenantWrite;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookQueue.Lane;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookStatus;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Finds lanes with due events, takes them, and hands out what is first in each. Events are only
 * read: the lane's lease is the claim, so a crash after any line costs a lease and nothing else.
 */
final class WebhookClaims {
  private static final int WAKES = 1_000;
  private static final int ROUNDS = 4;
  private static final int LOOKS = 3;
  private static final int MOST_WAITING = 200;
  private static final Bson IN_ORDER =
      Sorts.ascending(WebhookDocuments.RECEIVED_AT, WebhookDocuments.ID);
  private static final Bson IS_DUE = is(WebhookStatus.PENDING);
  private static final Bson IS_WAITING = is(WebhookStatus.WAITING);

  private final TenantCollection events;
  private final AcrossTenants allEvents;
  private final Lanes lanes;
  private final Turns turns;

  WebhookClaims(TenantCollection events, AcrossTenants allEvents, Lanes lanes) {
    this.events = events;
    this.allEvents = allEvents;
    this.lanes = lanes;
    this.turns = new Turns(events, allEvents);
  }

  private static Bson is(WebhookStatus status) {
    return Filters.eq(WebhookDocuments.STATUS, StoredDocument.word(status));
  }

  /** Goes on to other lanes when somebody else took those that were found. */
  List<Claim> claim(Instant now, Instant leaseUntil, int limit, Set<Lane> held) {
    endWaits(now);
    Set<Lane> passedOver = lanes.held(now);
    passedOver.addAll(held);
    List<Claim> claims = new ArrayList<>();
    for (int round = 0; round < ROUNDS && claims.size() < limit; round++) {
      List<Lane> wanted = turns.next(limit - claims.size(), passedOver);
      if (wanted.isEmpty()) {
        return claims;
      }
      passedOver.addAll(wanted);
      List<Claim> taken = take(wanted, now, leaseUntil);
      claims.addAll(taken);
      taken.forEach(claim -> passedOver.addAll(allLanes(claim.locationId())));
      if (taken.size() == wanted.size()) {
        return claims;
      }
    }
    return claims;
  }

  /** A location that got some has had its turn. */
  private static List<Lane> allLanes(LocationId locationId) {
    return IntStream.range(0, WebhookQueue.BUCKETS)
        .mapToObj(bucket -> new Lane(locationId, bucket))
        .toList();
  }

  /** What waited until now is due again. */
  private void endWaits(Instant now) {
    List<Document> over =
        allEvents.find(
            Filters.and(IS_WAITING, Filters.lte(WebhookDocuments.PROCESS_AFTER, now)),
            Find.sortedBy(Sorts.ascending(WebhookDocuments.PROCESS_AFTER, WebhookDocuments.ID))
                .limitedTo(WAKES)
                .only(
                    Projections.include(
                        TenantCollection.LOCATION_ID, WebhookDocuments.PROCESS_AFTER)));
    if (over.isEmpty()) {
      return;
    }
    List<AcrossTenants.Write> writes = new ArrayList<>();
    for (Document event : over) {
      StoredDocument stored = StoredDocument.of("webhook", event);
      Bson asRead =
          Filters.and(
              Filters.eq(WebhookDocuments.ID, stored.text(WebhookDocuments.ID)),
              IS_WAITING,
              Filters.eq(
                  WebhookDocuments.PROCESS_AFTER, stored.instant(WebhookDocuments.PROCESS_AFTER)));
      writes.add(
          new AcrossTenants.Write(
              new LocationId(stored.text(TenantCollection.LOCATION_ID)),
              new TenantWrite.Update(asRead, set(WebhookStatus.PENDING))));
    }
    allEvents.bulk(writes);
  }

  private static Bson set(WebhookStatus status) {
    return Updates.set(WebhookDocuments.STATUS, StoredDocument.word(status));
  }

  private List<Claim> take(List<Lane> wanted, Instant now, Instant leaseUntil) {
    Map<Lane, String> tokens = lanes.take(wanted, now, leaseUntil);
    Map<LocationId, List<Lane>> byLocation =
        tokens.keySet().stream()
            .collect(
                Collectors.groupingBy(Lane::locationId, LinkedHashMap::new, Collectors.toList()));
    Map<Lane, List<QueuedWebhook>> due = new HashMap<>();
    byLocation.forEach((location, taken) -> due.putAll(firstDue(location, taken)));
    List<Claim> claims = new ArrayList<>();
    tokens.forEach(
        (lane, token) -> {
          List<QueuedWebhook> first = due.getOrDefault(lane, List.of());
          if (first.isEmpty()) {
            lanes.release(lane, token);
          } else {
            claims.add(new Claim(lane, token, leaseUntil, first));
          }
        });
    return claims;
  }

  private Map<Lane, List<QueuedWebhook>> firstDue(LocationId locationId, List<Lane> taken) {
    Map<Lane, List<QueuedWebhook>> byLane = new HashMap<>();
    for (QueuedWebhook event : due(locationId, taken)) {
      List<QueuedWebhook> ofLane =
          byLane.computeIfAbsent(Lane.of(event.envelope()), first -> new ArrayList<>());
      if (ofLane.size() < WebhookQueue.MOST_EVENTS) {
        ofLane.add(event);
      }
    }
    return byLane;
  }

  /**
   * The first due events of these lanes, without those of entities whose turn has not come: such
   * are made to wait as long as the earlier one, so that they are not found again and again.
   */
  private List<QueuedWebhook> due(LocationId locationId, List<Lane> taken) {
    for (int look = 1; ; look++) {
      List<QueuedWebhook> due =
          events
              .find(
                  locationId,
                  Filters.and(
                      IS_DUE,
                      Filters.in(
                          WebhookDocuments.BUCKET, taken.stream().map(Lane::bucket).toList())),
                  Find.sortedBy(IN_ORDER).limitedTo(WebhookQueue.MOST_EVENTS * taken.size()))
              .stream()
              .map(WebhookDocuments::toDomain)
              .toList();
      Map<String, Wait> waits = waits(locationId, entities(due));
      List<QueuedWebhook> first = due.stream().filter(event -> !isBehind(event, waits)).toList();
      if (first.size() == due.size() || look == LOOKS) {
        return first;
      }
      waits.forEach((entity, wait) -> makeWait(locationId, entity, wait));
    }
  }

  /** An entity's first event that waits. */
  private record Wait(Instant receivedAt, String id, Instant until) {}

  private static Set<String> entities(Collection<QueuedWebhook> due) {
    return due.stream().map(event -> event.envelope().entityKey()).collect(Collectors.toSet());
  }

  private Map<String, Wait> waits(LocationId locationId, Set<String> entities) {
    Map<String, Wait> waits = new HashMap<>();
    Set<String> left = new HashSet<>(entities);
    boolean more = !left.isEmpty();
    while (more) {
      List<Document> waiting =
          events.find(
              locationId,
              Filters.and(Filters.in(WebhookDocuments.ENTITY_KEY, left), IS_WAITING),
              Find.sortedBy(IN_ORDER)
                  .limitedTo(MOST_WAITING)
                  .only(
                      Projections.include(
                          WebhookDocuments.ENTITY_KEY,
                          WebhookDocuments.RECEIVED_AT,
                          WebhookDocuments.PROCESS_AFTER)));
      for (Document event : waiting) {
        StoredDocument stored = StoredDocument.of("webhook", event);
        waits.putIfAbsent(
            stored.text(WebhookDocuments.ENTITY_KEY),
            new Wait(
                stored.instant(WebhookDocuments.RECEIVED_AT),
                stored.text(WebhookDocuments.ID),
                stored.instant(WebhookDocuments.PROCESS_AFTER)));
      }
      left.removeAll(waits.keySet());
      more = waiting.size() == MOST_WAITING && !left.isEmpty();
    }
    return waits;
  }

  private static boolean isBehind(QueuedWebhook event, Map<String, Wait> waits) {
    return Optional.ofNullable(waits.get(event.envelope().entityKey()))
        .filter(
            wait ->
                event.receivedAt().isAfter(wait.receivedAt())
                    || (event.receivedAt().equals(wait.receivedAt())
                        && event.id().compareTo(wait.id()) > 0))
        .isPresent();
  }

  private void makeWait(LocationId locationId, String entity, Wait wait) {
    events.updateMany(
        locationId,
        Filters.and(
            Filters.eq(WebhookDocuments.ENTITY_KEY, entity),
            IS_DUE,
            Filters.gte(WebhookDocuments.RECEIVED_AT, wait.receivedAt())),
        Updates.combine(
            set(WebhookStatus.WAITING),
            Updates.set(WebhookDocuments.PROCESS_AFTER, wait.until()),
            Updates.set(WebhookDocuments.REASON, StoredDocument.word(Reason.EARLIER_EVENT)),
            Updates.set(WebhookDocuments.OUTCOME, "waits for an earlier event")));
  }
}
