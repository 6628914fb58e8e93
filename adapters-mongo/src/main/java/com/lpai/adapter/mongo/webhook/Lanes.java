package com.lpai.adapter.mongo.webhook;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.AcrossTenants;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.adapter.mongo.tenancy.TenantWrite;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookQueue.Lane;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.bson.conversions.Bson;

/**
 * Who works on which lane, in the collection {@code webhook_lanes}: one document for each that is
 * held now. Taking one is a single atomic upsert, which the unique index on location and bucket
 * refuses while somebody holds it.
 */
final class Lanes {
  private static final String TOKEN = "token";
  private static final String LEASE_UNTIL = "leaseUntil";

  private final TenantCollection lanes;
  private final AcrossTenants all;

  Lanes(TenantCollection lanes, AcrossTenants all) {
    this.lanes = lanes;
    this.all = all;
  }

  /**
   * Takes those that nobody holds; each with the token that proves it. None is held when it is not
   * certain which were taken.
   */
  Map<Lane, String> take(List<Lane> wanted, Instant now, Instant until) {
    Map<Lane, String> tokens = new LinkedHashMap<>();
    List<AcrossTenants.Write> writes = new ArrayList<>();
    for (Lane lane : wanted) {
      String token = UUID.randomUUID().toString();
      tokens.put(lane, token);
      Bson free = Filters.and(is(lane), Filters.lte(LEASE_UNTIL, now));
      Bson held = Updates.combine(Updates.set(TOKEN, token), Updates.set(LEASE_UNTIL, until));
      writes.add(new AcrossTenants.Write(lane.locationId(), new TenantWrite.Upsert(free, held)));
    }
    Set<Integer> refused;
    try {
      refused = all.bulk(writes).refused().keySet();
    } catch (RuntimeException inDoubt) {
      release(tokens);
      throw inDoubt;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (refused.contains(i)) {
        tokens.remove(wanted.get(i));
      }
    }
    return tokens;
  }

  /**
   * Those that somebody holds now: a few for each worker of all instances. What an earlier version
   * holds is no lane.
   */
  Set<Lane> held(Instant now) {
    return all
        .find(
            Filters.gt(LEASE_UNTIL, now),
            Find.sortedBy(Sorts.ascending(LEASE_UNTIL))
                .only(Projections.include(TenantCollection.LOCATION_ID, WebhookDocuments.BUCKET)))
        .stream()
        .flatMap(held -> WebhookDocuments.laneIfAny(held).stream())
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** The tokens of these claims that were not lost. */
  Set<String> stillHeld(Collection<Claim> claims) {
    return all
        .find(
            Filters.and(
                Filters.in(
                    TenantCollection.LOCATION_ID,
                    claims.stream().map(claim -> claim.locationId().value()).distinct().toList()),
                Filters.in(
                    WebhookDocuments.BUCKET,
                    claims.stream().map(claim -> claim.lane().bucket()).distinct().toList()),
                Filters.in(TOKEN, claims.stream().map(Claim::token).toList())),
            Find.sortedBy(Sorts.ascending(TenantCollection.LOCATION_ID, WebhookDocuments.BUCKET))
                .only(Projections.include(TOKEN)))
        .stream()
        .map(lane -> StoredDocument.of("lane", lane).text(TOKEN))
        .collect(Collectors.toSet());
  }

  /** Without effect when it was lost. */
  boolean prolong(Claim claim, Instant until) {
    return lanes
        .update(
            claim.locationId(), isOf(claim.lane(), claim.token()), Updates.set(LEASE_UNTIL, until))
        .wrote();
  }

  /**
   * Gives these back; without effect on those that were lost. Also when the thread is interrupted:
   * otherwise nobody could work on them until their leases end.
   */
  void release(Map<Lane, String> tokens) {
    List<AcrossTenants.Write> writes = new ArrayList<>();
    tokens.forEach(
        (lane, token) ->
            writes.add(
                new AcrossTenants.Write(
                    lane.locationId(), new TenantWrite.Delete(isOf(lane, token)))));
    if (writes.isEmpty()) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      all.bulk(writes);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Bson isOf(Lane lane, String token) {
    return Filters.and(is(lane), Filters.eq(TOKEN, token));
  }

  private static Bson is(Lane lane) {
    return Filters.eq(WebhookDocuments.BUCKET, lane.bucket());
  }
}
