package com.lpai.adapter.mongo.webhook;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.AcrossTenants;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookQueue.Lane;
import com.lpai.domain.webhook.WebhookStatus;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Finds lanes with due events, location after location, by the index on state, location and lane. A
 * page of events shows many quiet locations at once; one that fills the rest of a page is jumped
 * over after a look at its lanes, so that it costs the others nothing however much of it is due.
 */
final class Turns {
  private static final int PAGE = 250;
  private static final int REMEMBERED = 1_000;
  private static final Bson IS_DUE =
      Filters.eq(WebhookDocuments.STATUS, StoredDocument.word(WebhookStatus.PENDING));
  private static final Bson BY_LANE =
      Sorts.ascending(
          TenantCollection.LOCATION_ID,
          WebhookDocuments.BUCKET,
          WebhookDocuments.RECEIVED_AT,
          WebhookDocuments.ID);
  private static final Bson IN_ORDER =
      Sorts.ascending(WebhookDocuments.RECEIVED_AT, WebhookDocuments.ID);

  private final TenantCollection events;
  private final AcrossTenants allEvents;
  private final OddEvents odd;

  /** The location that had the last turn; empty before the first. */
  private String last = "";

  /** Where in a location's lanes its next turn begins. */
  private final Map<LocationId, Integer> nextBuckets = new LinkedHashMap<>();

  Turns(TenantCollection events, AcrossTenants allEvents, OddEvents odd) {
    this.events = events;
    this.allEvents = allEvents;
    this.odd = odd;
  }

  /** The next lanes to work on: of each location some, or all when few of its events are due. */
  synchronized List<Lane> next(int limit, Set<Lane> passedOver) {
    List<Lane> found = new ArrayList<>();
    String start = last;
    String from = start;
    boolean beginsAnew = false;
    while (found.size() < limit) {
      List<Document> page = page(from, beginsAnew ? start : "");
      for (Map.Entry<LocationId, List<Lane>> due : byLocation(page).entrySet()) {
        boolean isCutOff = page.size() == PAGE && due.getKey().value().equals(lastOf(page));
        boolean areMany = isCutOff || due.getValue().size() > WebhookQueue.A_FEW;
        int turn = areMany ? WebhookQueue.LANES_PER_TURN : WebhookQueue.BUCKETS;
        int most = Math.min(turn, limit - found.size());
        if (most == 0) {
          return found;
        }
        found.addAll(
            isCutOff
                ? lookedUp(due.getKey(), most, passedOver)
                : known(due.getKey(), due.getValue(), most, passedOver));
        last = due.getKey().value();
      }
      if (page.size() == PAGE) {
        from = lastOf(page);
      } else if (!beginsAnew && !start.isEmpty()) {
        beginsAnew = true;
        from = "";
      } else {
        // Everybody has had a turn: it may begin anywhere.
        last = "";
        return found;
      }
    }
    return found;
  }

  /** Tells that lanes after this one were not taken: they are the next ones. */
  synchronized void endedWith(Lane lane) {
    last = lane.locationId().value();
    next(lane);
  }

  /** The query asks for texts. */
  private static String lastOf(List<Document> page) {
    return String.valueOf(page.getLast().get(TenantCollection.LOCATION_ID));
  }

  /** Again when some were mended: one that has got its lane is in the order of the others. */
  private List<Document> page(String from, String upTo) {
    List<Document> page = found(from, upTo);
    List<Document> withoutLane = OddEvents.withoutLane(page);
    return withoutLane.isEmpty() || !odd.mend(withoutLane) ? page : page(from, upTo);
  }

  private List<Document> found(String from, String upTo) {
    Bson after = Filters.gt(TenantCollection.LOCATION_ID, from);
    Bson part =
        upTo.isEmpty()
            ? after
            : Filters.and(after, Filters.lte(TenantCollection.LOCATION_ID, upTo));
    return allEvents.find(
        Filters.and(IS_DUE, part),
        Find.sortedBy(BY_LANE)
            .limitedTo(PAGE)
            .only(Projections.include(TenantCollection.LOCATION_ID, WebhookDocuments.BUCKET)));
  }

  /** The lane of each event. */
  private static Map<LocationId, List<Lane>> byLocation(List<Document> page) {
    return page.stream()
        .flatMap(event -> WebhookDocuments.laneIfAny(event).stream())
        .collect(Collectors.groupingBy(Lane::locationId, LinkedHashMap::new, Collectors.toList()));
  }

  private List<Lane> known(LocationId locationId, List<Lane> due, int most, Set<Lane> passedOver) {
    Set<Lane> withDueEvents = Set.copyOf(due);
    return chosen(
        inTurn(locationId).stream()
            .filter(withDueEvents::contains)
            .filter(lane -> !passedOver.contains(lane))
            .limit(most)
            .toList());
  }

  private List<Lane> lookedUp(LocationId locationId, int most, Set<Lane> passedOver) {
    return chosen(
        inTurn(locationId).stream()
            .filter(lane -> !passedOver.contains(lane))
            .filter(this::hasDueEvents)
            .limit(most)
            .toList());
  }

  private boolean hasDueEvents(Lane lane) {
    return !events
        .find(
            lane.locationId(),
            Filters.and(IS_DUE, Filters.eq(WebhookDocuments.BUCKET, lane.bucket())),
            Find.sortedBy(IN_ORDER).limitedTo(1).only(Projections.include(WebhookDocuments.ID)))
        .isEmpty();
  }

  /** All lanes of the location, first the one after that which had the last turn. */
  private List<Lane> inTurn(LocationId locationId) {
    int first = nextBuckets.getOrDefault(locationId, 0);
    List<Lane> lanes = new ArrayList<>();
    for (int bucket = 0; bucket < WebhookQueue.BUCKETS; bucket++) {
      lanes.add(new Lane(locationId, bucket));
    }
    lanes.sort(
        Comparator.comparingInt(
            (Lane lane) -> Math.floorMod(lane.bucket() - first, WebhookQueue.BUCKETS)));
    return lanes;
  }

  private List<Lane> chosen(List<Lane> lanes) {
    if (!lanes.isEmpty()) {
      next(lanes.getLast());
    }
    return lanes;
  }

  /** The location's next turn begins after this lane. */
  private void next(Lane latest) {
    nextBuckets.remove(latest.locationId());
    if (nextBuckets.size() == REMEMBERED) {
      nextBuckets.remove(nextBuckets.keySet().iterator().next());
    }
    nextBuckets.put(latest.locationId(), (latest.bucket() + 1) % WebhookQueue.BUCKETS);
  }
}
