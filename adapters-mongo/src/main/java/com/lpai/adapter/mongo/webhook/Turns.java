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
import java.util.TreeSet;
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

  /** The location that had the last turn; empty before the first. */
  private String last = "";

  /** Where in a location's lanes its next turn begins. */
  private final Map<LocationId, Integer> nextBuckets = new LinkedHashMap<>();

  Turns(TenantCollection events, AcrossTenants allEvents) {
    this.events = events;
    this.allEvents = allEvents;
  }

  /** The next lanes to work on, at most a few of each location. */
  synchronized List<Lane> next(int limit, Set<Lane> passedOver) {
    List<Lane> found = new ArrayList<>();
    String start = last;
    String from = start;
    boolean beginsAnew = false;
    while (found.size() < limit) {
      List<Lane> page = page(from, beginsAnew ? start : "");
      for (Map.Entry<LocationId, Set<Integer>> due : byLocation(page).entrySet()) {
        boolean isCutOff = page.size() == PAGE && due.getKey().equals(page.getLast().locationId());
        int most = Math.min(WebhookQueue.LANES_PER_TURN, limit - found.size());
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
        from = page.getLast().locationId().value();
      } else if (!beginsAnew && !start.isEmpty()) {
        beginsAnew = true;
        from = "";
      } else {
        return found;
      }
    }
    return found;
  }

  private List<Lane> page(String from, String upTo) {
    Bson after = Filters.gt(TenantCollection.LOCATION_ID, from);
    Bson part =
        upTo.isEmpty()
            ? after
            : Filters.and(after, Filters.lte(TenantCollection.LOCATION_ID, upTo));
    return allEvents
        .find(
            Filters.and(IS_DUE, part),
            Find.sortedBy(BY_LANE)
                .limitedTo(PAGE)
                .only(Projections.include(TenantCollection.LOCATION_ID, WebhookDocuments.BUCKET)))
        .stream()
        .map(WebhookDocuments::lane)
        .toList();
  }

  private static Map<LocationId, Set<Integer>> byLocation(List<Lane> page) {
    Map<LocationId, Set<Integer>> buckets = new LinkedHashMap<>();
    for (Lane lane : page) {
      buckets.computeIfAbsent(lane.locationId(), first -> new TreeSet<>()).add(lane.bucket());
    }
    return buckets;
  }

  private List<Lane> known(
      LocationId locationId, Set<Integer> buckets, int most, Set<Lane> passedOver) {
    return chosen(
        inTurn(locationId).stream()
            .filter(lane -> buckets.contains(lane.bucket()))
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
      Lane latest = lanes.getLast();
      nextBuckets.remove(latest.locationId());
      if (nextBuckets.size() == REMEMBERED) {
        nextBuckets.remove(nextBuckets.keySet().iterator().next());
      }
      nextBuckets.put(latest.locationId(), (latest.bucket() + 1) % WebhookQueue.BUCKETS);
    }
    return lanes;
  }
}
