package com.lpai.adapter.mongo.erasure;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.failure.WriteOutcome;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.SharedCollection;
import com.lpai.domain.access.SecretStore;
import com.lpai.domain.erasure.Erasures;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Erasures in the collection {@code erased_locations}, by a keyed hash of the location's id. The id
 * itself is there only while late writers are swept up.
 */
public final class MongoErasures implements Erasures {
  private static final String HASH = "_id";
  private static final String ERASED_AT = "erasedAt";
  private static final String LOCATION_ID = "locationId";
  private static final String SWEEP_AT = "sweepAt";

  private final SharedCollection erased;
  private final LocationHash hash;
  private final Map<String, ToLongFunction<LocationId>> stores;
  private final ErasedInMemory memory;

  /**
   * Erasures.
   *
   * @param stores by collection, in the order of removal, what removes a location from each and
   *     says how much that was
   * @param nanoTime a clock that only runs forward, for the age of what is in memory
   */
  public MongoErasures(
      SharedCollection erased,
      SecretStore secrets,
      Map<String, ToLongFunction<LocationId>> stores,
      LongSupplier nanoTime) {
    this.erased = erased;
    this.hash = new LocationHash(secrets);
    this.stores = new LinkedHashMap<>(stores);
    this.memory = new ErasedInMemory(this::load, nanoTime);
  }

  private Map<String, Instant> load() {
    Map<String, Instant> all = new LinkedHashMap<>();
    for (Document document : erased.find(new Document(), Find.sortedBy(Sorts.ascending(HASH)))) {
      StoredDocument stored = StoredDocument.of("erased location", document);
      all.put(stored.text(HASH), stored.instant(ERASED_AT));
    }
    return all;
  }

  @Override
  public void begin(LocationId locationId, Instant now, Instant firstSweepAt) {
    Bson erasure =
        Updates.combine(
            Updates.set(ERASED_AT, now),
            Updates.set(LOCATION_ID, locationId.value()),
            Updates.set(SWEEP_AT, firstSweepAt));
    if (erased.upsert(is(locationId), erasure) instanceof WriteOutcome.Refused) {
      // Another instance began at the same moment: now there is one to change.
      erased.update(is(locationId), erasure);
    }
    memory.put(hash.of(locationId), now);
  }

  private Bson is(LocationId locationId) {
    return Filters.eq(HASH, hash.of(locationId));
  }

  @Override
  public Map<String, Long> removeAll(LocationId locationId) {
    Map<String, Long> removed = new LinkedHashMap<>();
    stores.forEach((name, store) -> removed.put(name, store.applyAsLong(locationId)));
    return removed;
  }

  @Override
  public List<Sweep> due(Instant now) {
    return erased
        .find(Filters.lte(SWEEP_AT, now), Find.sortedBy(Sorts.ascending(SWEEP_AT, HASH)))
        .stream()
        .map(document -> StoredDocument.of("erased location", document))
        .map(
            stored ->
                new Sweep(
                    new LocationId(stored.text(LOCATION_ID)),
                    stored.instant(ERASED_AT),
                    stored.instant(SWEEP_AT)))
        .toList();
  }

  @Override
  public Optional<Sweep> postpone(Sweep sweep, Instant next) {
    return erased.update(is(sweep), Updates.set(SWEEP_AT, next)).wrote()
        ? Optional.of(new Sweep(sweep.locationId(), sweep.erasedAt(), next))
        : Optional.empty();
  }

  @Override
  public void finish(Sweep sweep) {
    erased.update(is(sweep), Updates.combine(Updates.unset(LOCATION_ID), Updates.unset(SWEEP_AT)));
  }

  private Bson is(Sweep sweep) {
    return Filters.and(
        is(sweep.locationId()),
        Filters.eq(ERASED_AT, sweep.erasedAt()),
        Filters.eq(SWEEP_AT, sweep.dueAt()));
  }

  @Override
  public boolean covers(LocationId locationId, Instant sentAt, boolean announcesInstallation) {
    Map<String, Instant> all = memory.current();
    if (all.isEmpty()) {
      return false;
    }
    Instant erasedAt = all.get(hash.of(locationId));
    return erasedAt != null && !(announcesInstallation && sentAt.isAfter(erasedAt));
  }

  @Override
  public boolean isErased(LocationId locationId) {
    return !isAbsent(locationId);
  }

  @Override
  public boolean lift(LocationId locationId, Instant installedAt) {
    boolean isWelcome =
        isAbsent(locationId)
            || erased.deleteMany(Filters.and(is(locationId), Filters.lt(ERASED_AT, installedAt)))
                > 0
            || isAbsent(locationId);
    if (isWelcome) {
      memory.remove(hash.of(locationId));
    }
    return isWelcome;
  }

  private boolean isAbsent(LocationId locationId) {
    return erased.findOne(is(locationId)).isEmpty();
  }
}
