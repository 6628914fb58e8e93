package com.lpai.adapter.mongo.webhook;

import com.lpai.adapter.mongo.document.MalformedDocumentException;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.AcrossTenants;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.adapter.mongo.tenancy.TenantWrite;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.RawBody;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookQueue.Lane;
import com.lpai.domain.webhook.WebhookQueue.Most;
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
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Finds lanes with due events, takes them, and hands out what is first in each. Events are only
 * read: the lane's lease is the claim, so a crash after any line costs a lease and nothing else.
 * Bodies are read last, and only those for which there is room.
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
  private final OddEvents odd;
  private final Turns turns;

  WebhookClaims(TenantCollection events, AcrossTenants allEvents, Lanes lanes) {
    this.events = events;
    this.allEvents = allEvents;
    this.lanes = lanes;
    this.odd = new OddEvents(allEvents);
    this.turns = new Turns(events, allEvents, odd);
  }

  private static Bson is(WebhookStatus status) {
    return Filters.eq(WebhookDocuments.STATUS, StoredDocument.word(status));
  }

  /** Goes on to other lanes when somebody else took those that were found. */
  List<Claim> claim(Instant now, Instant leaseUntil, Most most, Set<Lane> held) {
    endWaits(now);
    Set<Lane> passedOver = lanes.held(now);
    passedOver.addAll(held);
    List<Claim> claims = new ArrayList<>();
    try {
      claim(now, leaseUntil, most, new Portions(most.bytes()), passedOver, claims);
    } catch (RuntimeException away) {
      lanes.release(claims.stream().collect(Collectors.toMap(Claim::lane, Claim::token)));
      throw away;
    }
    return claims;
  }

  private void claim(
      Instant now,
      Instant leaseUntil,
      Most most,
      Portions portions,
      Set<Lane> passedOver,
      List<Claim> claims) {
    for (int round = 0; round < ROUNDS && claims.size() < most.lanes(); round++) {
      List<Lane> wanted = turns.next(most.lanes() - claims.size(), passedOver);
      if (wanted.isEmpty()) {
        return;
      }
      passedOver.addAll(wanted);
      List<Claim> taken = take(wanted, now, leaseUntil, most, portions);
      claims.addAll(taken);
      // A location that got some has had its turn.
      taken.forEach(claim -> passedOver.addAll(Lane.allOf(claim.locationId())));
      if (portions.isOver() && !claims.isEmpty()) {
        turns.endedWith(claims.getLast().lane());
      }
      if (portions.isOver() || taken.size() == wanted.size()) {
        return;
      }
    }
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
      Bson asRead =
          Filters.and(
              Filters.eq(WebhookDocuments.ID, event.get(WebhookDocuments.ID)),
              IS_WAITING,
              Filters.eq(
                  WebhookDocuments.PROCESS_AFTER, event.get(WebhookDocuments.PROCESS_AFTER)));
      WebhookDocuments.locationIfAny(event)
          .ifPresent(
              location ->
                  writes.add(
                      new AcrossTenants.Write(
                          location, new TenantWrite.Update(asRead, set(WebhookStatus.PENDING)))));
    }
    if (!writes.isEmpty()) {
      allEvents.bulk(writes);
    }
  }

  private static Bson set(WebhookStatus status) {
    return Updates.set(WebhookDocuments.STATUS, StoredDocument.word(status));
  }

  /** Whatever happens, a lane without a claim is not held. */
  private List<Claim> take(
      List<Lane> wanted, Instant now, Instant leaseUntil, Most most, Portions portions) {
    Map<Lane, String> tokens = lanes.take(wanted, now, leaseUntil);
    Map<Lane, String> unused = new LinkedHashMap<>(tokens);
    try {
      Map<Lane, List<QueuedWebhook>> due =
          filled(portions.of(firstDue(tokens.keySet(), most.eventsOfOne())));
      List<Claim> claims = new ArrayList<>();
      due.forEach(
          (lane, first) -> {
            if (!first.isEmpty()) {
              claims.add(new Claim(lane, tokens.getOrDefault(lane, ""), leaseUntil, first));
            }
          });
      claims.forEach(claim -> unused.remove(claim.lane()));
      return claims;
    } finally {
      lanes.release(unused);
    }
  }

  /** The first due events of each lane, without their bodies, in the order of the lanes. */
  private Map<Lane, List<Unfilled>> firstDue(Set<Lane> taken, int eventsOfOne) {
    Map<Lane, List<Unfilled>> byLane = new LinkedHashMap<>();
    taken.forEach(lane -> byLane.put(lane, new ArrayList<>()));
    byLocation(taken)
        .forEach(
            (location, lanesOfIt) -> {
              for (Unfilled event : due(location, lanesOfIt, eventsOfOne)) {
                List<Unfilled> ofLane =
                    byLane.getOrDefault(Lane.of(event.event().envelope()), new ArrayList<>());
                if (ofLane.size() < WebhookQueue.MOST_EVENTS) {
                  ofLane.add(event);
                }
              }
            });
    return byLane;
  }

  private static Map<LocationId, List<Lane>> byLocation(Collection<Lane> lanes) {
    return lanes.stream()
        .collect(Collectors.groupingBy(Lane::locationId, LinkedHashMap::new, Collectors.toList()));
  }

  /** With their bodies; one whose body cannot be read is set aside. */
  private Map<Lane, List<QueuedWebhook>> filled(Map<Lane, List<Unfilled>> due) {
    Map<String, RawBody> bodies = new HashMap<>();
    byLocation(due.keySet())
        .forEach(
            (location, ofIt) ->
                bodies.putAll(
                    bodies(location, ofIt.stream().flatMap(lane -> ids(due, lane)).toList())));
    Map<Lane, List<QueuedWebhook>> filled = new LinkedHashMap<>();
    due.forEach(
        (lane, events) ->
            filled.put(
                lane,
                events.stream()
                    .map(Unfilled::event)
                    .filter(event -> bodies.containsKey(event.id()))
                    .map(event -> event.withBody(bodies.getOrDefault(event.id(), RawBody.NONE)))
                    .toList()));
    return filled;
  }

  private static Stream<String> ids(Map<Lane, List<Unfilled>> due, Lane lane) {
    return due.getOrDefault(lane, List.of()).stream().map(each -> each.event().id());
  }

  private Map<String, RawBody> bodies(LocationId locationId, List<String> ids) {
    Map<String, RawBody> bodies = new HashMap<>();
    if (ids.isEmpty()) {
      return bodies;
    }
    List<Document> found =
        events.find(
            locationId,
            Filters.in(WebhookDocuments.ID, ids),
            Find.sortedBy(Sorts.ascending(WebhookDocuments.ID))
                .only(Projections.include(WebhookDocuments.BODY)));
    for (Document event : found) {
      try {
        bodies.put(
            StoredDocument.of("webhook", event).text(WebhookDocuments.ID),
            WebhookDocuments.body(event));
      } catch (MalformedDocumentException unreadable) {
        odd.setAside(locationId, event, unreadable);
      }
    }
    return bodies;
  }

  /**
   * The first due events of these lanes, without those of entities whose turn has not come: such
   * are made to wait as long as the earlier one, so that they are not found again and again. What
   * waits is read first: an event that becomes due meanwhile is found twice then, and never missed.
   */
  private List<Unfilled> due(LocationId locationId, List<Lane> taken, int most) {
    for (int look = 1; ; look++) {
      Waiting waiting = waiting(locationId, taken);
      List<Unfilled> due = dueNow(locationId, taken, most);
      if (waiting.isCutOff()) {
        Set<String> known = entities(due);
        waiting = new Waiting(waits(locationId, known), false);
        due =
            dueNow(locationId, taken, most).stream()
                .filter(each -> known.contains(each.entity()))
                .toList();
      }
      Map<String, Wait> waits = waiting.first();
      List<Unfilled> behind = due.stream().filter(event -> isBehind(event.event(), waits)).toList();
      if (behind.isEmpty() || look == LOOKS) {
        return due.stream().filter(event -> !isBehind(event.event(), waits)).toList();
      }
      for (String entity : entities(behind)) {
        Optional.ofNullable(waits.get(entity))
            .ifPresent(wait -> makeWait(locationId, entity, wait));
      }
    }
  }

  private List<Unfilled> dueNow(LocationId locationId, List<Lane> taken, int most) {
    List<Document> found =
        events.find(
            locationId,
            Filters.and(IS_DUE, isOf(taken)),
            Find.sortedBy(IN_ORDER)
                .limitedTo(Math.min(most, WebhookQueue.MOST_EVENTS * taken.size()))
                .only(Projections.exclude(WebhookDocuments.BODY)));
    List<Unfilled> due = new ArrayList<>();
    List<Document> oddOnes = new ArrayList<>();
    for (Document event : found) {
      try {
        QueuedWebhook read = WebhookDocuments.withoutBody(event);
        if (taken.contains(Lane.of(read.envelope()))) {
          due.add(new Unfilled(read, WebhookDocuments.bodyBytes(event)));
        } else {
          oddOnes.add(event);
        }
      } catch (MalformedDocumentException | ArithmeticException cannotBeRead) {
        oddOnes.add(event);
      }
    }
    if (!oddOnes.isEmpty()) {
      odd.mend(oddOnes);
    }
    return due;
  }

  private static Bson isOf(List<Lane> taken) {
    return Filters.in(WebhookDocuments.BUCKET, taken.stream().map(Lane::bucket).toList());
  }

  /**
   * What waits.
   *
   * @param first the first one of each entity
   * @param isCutOff there are more entities, perhaps
   */
  private record Waiting(Map<String, Wait> first, boolean isCutOff) {}

  private Waiting waiting(LocationId locationId, List<Lane> taken) {
    List<Document> found = firstWaiting(locationId, isOf(taken));
    return new Waiting(firstOfEach(found), found.size() == MOST_WAITING);
  }

  private List<Document> firstWaiting(LocationId locationId, Bson which) {
    return events.find(
        locationId,
        Filters.and(IS_WAITING, which),
        Find.sortedBy(IN_ORDER)
            .limitedTo(MOST_WAITING)
            .only(
                Projections.include(
                    WebhookDocuments.ENTITY_KEY,
                    WebhookDocuments.RECEIVED_AT,
                    WebhookDocuments.PROCESS_AFTER)));
  }

  private Map<String, Wait> firstOfEach(List<Document> waiting) {
    Map<String, Wait> first = new HashMap<>();
    List<Document> oddOnes = new ArrayList<>();
    for (Document event : waiting) {
      StoredDocument stored = StoredDocument.of("webhook", event);
      try {
        first.putIfAbsent(
            stored.text(WebhookDocuments.ENTITY_KEY),
            new Wait(
                stored.instant(WebhookDocuments.RECEIVED_AT),
                stored.text(WebhookDocuments.ID),
                stored.instant(WebhookDocuments.PROCESS_AFTER)));
      } catch (MalformedDocumentException cannotBeRead) {
        oddOnes.add(event);
      }
    }
    if (!oddOnes.isEmpty()) {
      odd.mend(oddOnes);
    }
    return first;
  }

  /** An entity's first event that waits. */
  private record Wait(Instant receivedAt, String id, Instant until) {}

  private static Set<String> entities(Collection<Unfilled> due) {
    return due.stream().map(Unfilled::entity).collect(Collectors.toSet());
  }

  private Map<String, Wait> waits(LocationId locationId, Set<String> entities) {
    Map<String, Wait> waits = new HashMap<>();
    Set<String> left = new HashSet<>(entities);
    boolean more = !left.isEmpty();
    while (more) {
      List<Document> waiting =
          firstWaiting(locationId, Filters.in(WebhookDocuments.ENTITY_KEY, left));
      firstOfEach(waiting).forEach(waits::putIfAbsent);
      more = left.removeAll(waits.keySet()) && waiting.size() == MOST_WAITING && !left.isEmpty();
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
