package com.lpai.adapter.mongo.webhook;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.AcrossTenants;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.adapter.mongo.tenancy.TenantWrite;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookStatus;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Finds due events over all tenants by the index on state and time, takes the lanes of their
 * entities, and hands out the events that are first in each. A crash after any line costs a lease
 * and nothing else.
 */
final class WebhookClaims {
  private static final int PAGE = 500;
  // Bounds one claim's scan where due events wait behind held entities.
  private static final int MOST_PAGES = 20;
  private static final int EVENTS_PER_CLAIM = 50;
  private static final List<WebhookStatus> CLAIMABLE =
      List.of(WebhookStatus.PROCESSING, WebhookStatus.PENDING);
  private static final Bson BY_TIME =
      Sorts.ascending(WebhookDocuments.PROCESS_AFTER, WebhookDocuments.ID);
  private static final Bson IN_ORDER =
      Sorts.ascending(WebhookDocuments.RECEIVED_AT, WebhookDocuments.ID);

  private final TenantCollection events;
  private final AcrossTenants allEvents;
  private final Lanes lanes;

  WebhookClaims(TenantCollection events, AcrossTenants allEvents, Lanes lanes) {
    this.events = events;
    this.allEvents = allEvents;
    this.lanes = lanes;
  }

  /** One call of {@link com.lpai.domain.webhook.WebhookQueue#claim}. */
  private record Request(Instant now, Instant leaseUntil, int limit) {}

  List<Claim> claim(Instant now, Instant leaseUntil, int limit) {
    Request request = new Request(now, leaseUntil, limit);
    List<Claim> claims = new ArrayList<>();
    Set<Lane> seen = new HashSet<>();
    for (WebhookStatus status : CLAIMABLE) {
      claim(status, request, seen, claims);
    }
    return claims;
  }

  private void claim(WebhookStatus status, Request request, Set<Lane> seen, List<Claim> claims) {
    Bson from = new Document();
    for (int page = 0; page < MOST_PAGES && claims.size() < request.limit(); page++) {
      List<Document> due = due(status, request.now(), from);
      Set<Lane> found = new LinkedHashSet<>();
      due.stream().map(WebhookClaims::lane).filter(seen::add).forEach(found::add);
      claimFrom(List.copyOf(found), request, claims);
      if (due.size() < PAGE) {
        return;
      }
      from = after(StoredDocument.of("webhook", due.getLast()));
    }
  }

  private List<Document> due(WebhookStatus status, Instant now, Bson from) {
    return allEvents.find(
        Filters.and(
            Filters.eq(WebhookDocuments.STATUS, StoredDocument.word(status)),
            Filters.lte(WebhookDocuments.PROCESS_AFTER, now),
            from),
        Find.sortedBy(BY_TIME)
            .limitedTo(PAGE)
            .only(
                Projections.include(
                    TenantCollection.LOCATION_ID,
                    WebhookDocuments.ENTITY_KEY,
                    WebhookDocuments.PROCESS_AFTER)));
  }

  private static Bson after(StoredDocument last) {
    Instant time = last.instant(WebhookDocuments.PROCESS_AFTER);
    return Filters.and(
        Filters.gte(WebhookDocuments.PROCESS_AFTER, time),
        Filters.or(
            Filters.gt(WebhookDocuments.PROCESS_AFTER, time),
            Filters.gt(WebhookDocuments.ID, last.text(WebhookDocuments.ID))));
  }

  private static Lane lane(Document document) {
    StoredDocument stored = StoredDocument.of("webhook", document);
    return new Lane(
        new LocationId(stored.text(TenantCollection.LOCATION_ID)),
        stored.text(WebhookDocuments.ENTITY_KEY));
  }

  /** Tries lane after lane until the limit is reached, as many at once as are still wanted. */
  private void claimFrom(List<Lane> found, Request request, List<Claim> claims) {
    int next = 0;
    while (next < found.size() && claims.size() < request.limit()) {
      int end = Math.min(found.size(), next + request.limit() - claims.size());
      Map<Lane, String> taken =
          lanes.take(found.subList(next, end), request.now(), request.leaseUntil());
      claims.addAll(claimTaken(taken, request));
      next = end;
    }
  }

  private List<Claim> claimTaken(Map<Lane, String> taken, Request request) {
    Map<Lane, List<Document>> due = new LinkedHashMap<>();
    taken.forEach(
        (lane, token) -> {
          List<Document> first = firstDue(lane, request.now());
          if (first.isEmpty()) {
            lanes.release(lane, token);
          } else {
            due.put(lane, first);
          }
        });
    if (due.isEmpty()) {
      return List.of();
    }
    List<AcrossTenants.Write> marks = new ArrayList<>();
    due.forEach(
        (lane, first) ->
            first.forEach(
                event -> marks.add(mark(lane, taken.getOrDefault(lane, ""), event, request))));
    boolean allMarked = allEvents.bulk(marks).matched() == marks.size();
    List<Claim> claims = new ArrayList<>();
    due.forEach(
        (lane, first) -> {
          String token = taken.getOrDefault(lane, "");
          if (allMarked || isMarked(lane, token, first.size())) {
            claims.add(toClaim(lane, token, first));
          }
        });
    return claims;
  }

  /**
   * The events that come first in the entity's order and are due, now that nobody else can take
   * them. When the first one waits, those behind it are made to wait as long, so that they are not
   * found again and again.
   */
  private List<Document> firstDue(Lane lane, Instant now) {
    List<Document> open =
        events.find(
            lane.locationId(), isOpen(lane), Find.sortedBy(IN_ORDER).limitedTo(EVENTS_PER_CLAIM));
    boolean held = open.stream().anyMatch(event -> isProcessed(event) && !isDue(event, now));
    if (held || open.isEmpty()) {
      return List.of();
    }
    if (!isDue(open.getFirst(), now)) {
      Instant until = processAfter(open.getFirst());
      events.updateMany(
          lane.locationId(),
          Filters.and(
              isOpen(lane),
              Filters.eq(WebhookDocuments.STATUS, StoredDocument.word(WebhookStatus.PENDING)),
              Filters.lt(WebhookDocuments.PROCESS_AFTER, until)),
          Updates.set(WebhookDocuments.PROCESS_AFTER, until));
      return List.of();
    }
    return open.stream().takeWhile(event -> isDue(event, now)).toList();
  }

  private static Bson isOpen(Lane lane) {
    return Filters.and(
        Filters.eq(WebhookDocuments.ENTITY_KEY, lane.entityKey()),
        Filters.eq(WebhookDocuments.OPEN, true));
  }

  private static boolean isProcessed(Document event) {
    return StoredDocument.word(WebhookStatus.PROCESSING)
        .equals(event.getString(WebhookDocuments.STATUS));
  }

  private static boolean isDue(Document event, Instant now) {
    return !processAfter(event).isAfter(now);
  }

  private static Instant processAfter(Document event) {
    return StoredDocument.of("webhook", event).instant(WebhookDocuments.PROCESS_AFTER);
  }

  /** Only if it is still due: should this worker be so late that it lost the lane. */
  private static AcrossTenants.Write mark(
      Lane lane, String token, Document event, Request request) {
    return new AcrossTenants.Write(
        lane.locationId(),
        new TenantWrite.Update(
            Filters.and(
                Filters.eq(
                    WebhookDocuments.ID,
                    StoredDocument.of("webhook", event).text(WebhookDocuments.ID)),
                Filters.eq(WebhookDocuments.OPEN, true),
                Filters.lte(WebhookDocuments.PROCESS_AFTER, request.now())),
            Updates.combine(
                Updates.set(WebhookDocuments.STATUS, StoredDocument.word(WebhookStatus.PROCESSING)),
                Updates.set(WebhookDocuments.TOKEN, token),
                Updates.set(WebhookDocuments.PROCESS_AFTER, request.leaseUntil()))));
  }

  private boolean isMarked(Lane lane, String token, int expected) {
    return events.count(
            lane.locationId(), Filters.and(isOpen(lane), Filters.eq(WebhookDocuments.TOKEN, token)))
        == expected;
  }

  private static Claim toClaim(Lane lane, String token, List<Document> first) {
    List<QueuedWebhook> held =
        first.stream().map(WebhookDocuments::toDomain).map(WebhookClaims::inProcess).toList();
    return new Claim(lane.locationId(), lane.entityKey(), token, held);
  }

  private static QueuedWebhook inProcess(QueuedWebhook event) {
    return new QueuedWebhook(
        event.id(),
        event.envelope(),
        event.body(),
        WebhookStatus.PROCESSING,
        event.attempts(),
        event.receivedAt(),
        event.processAfter(),
        event.outcome());
  }
}
