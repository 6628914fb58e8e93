package com.lpai.adapter.mongo.mirror;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.AcrossTenants;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.sync.ConflictQuery;
import com.lpai.domain.sync.PendingPushes;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Finds due pushes over all locations, by the index on state and time. */
public final class MongoPendingPushes<I> implements PendingPushes<I> {
  private static final Bson IS_UNDECIDED =
      Filters.eq(MirrorDocuments.CONFLICT_STATES, StoredDocument.word(ConflictQuery.State.OPEN));

  private static final Bson IS_FAILED =
      Filters.eq(MirrorDocuments.SYNC_STATE, StoredDocument.word(SyncPhase.FAILED));

  private final AcrossTenants records;
  private final Function<String, I> ids;

  /**
   * Due pushes of one kind of record.
   *
   * @param ids makes our id of what is stored
   */
  public MongoPendingPushes(AcrossTenants records, Function<String, I> ids) {
    this.records = records;
    this.ids = ids;
  }

  @Override
  public List<Due<I>> due(Instant now, int limit) {
    // One query for each state: both come out of the index in order, on every server.
    return Due.inTurn(
        due(SyncPhase.PENDING, now, limit), due(SyncPhase.BLOCKED, now, limit), limit);
  }

  @Override
  public Map<LocationId, Long> undecided(int most) {
    return counted(IS_UNDECIDED, most);
  }

  @Override
  public Map<LocationId, Long> failed(int most) {
    return counted(IS_FAILED, most);
  }

  /** Jumps from location to location by an index that begins with what is asked for. */
  private Map<LocationId, Long> counted(Bson which, int most) {
    Map<LocationId, Long> counts = new LinkedHashMap<>();
    String last = "";
    while (counts.size() < most) {
      Optional<LocationId> next = next(which, last);
      if (next.isEmpty()) {
        return counts;
      }
      last = next.get().value();
      counts.put(
          next.get(),
          records.count(Filters.and(which, Filters.eq(TenantCollection.LOCATION_ID, last))));
    }
    return counts;
  }

  private Optional<LocationId> next(Bson which, String after) {
    return records
        .find(
            Filters.and(which, Filters.gt(TenantCollection.LOCATION_ID, after)),
            Find.sortedBy(Sorts.ascending(TenantCollection.LOCATION_ID, MirrorDocuments.ID))
                .limitedTo(1)
                .only(Projections.include(TenantCollection.LOCATION_ID)))
        .stream()
        .map(
            record ->
                new LocationId(
                    StoredDocument.of("record", record).text(TenantCollection.LOCATION_ID)))
        .findFirst();
  }

  private List<Due<I>> due(SyncPhase phase, Instant now, int limit) {
    return records
        .find(
            Filters.and(
                Filters.eq(MirrorDocuments.SYNC_STATE, StoredDocument.word(phase)),
                Filters.lte(MirrorDocuments.NEXT_ATTEMPT_AT, now)),
            Find.sortedBy(Sorts.ascending(MirrorDocuments.NEXT_ATTEMPT_AT, MirrorDocuments.ID))
                .limitedTo(limit)
                .only(
                    Projections.include(
                        TenantCollection.LOCATION_ID, MirrorDocuments.NEXT_ATTEMPT_AT)))
        .stream()
        .map(this::toDue)
        .toList();
  }

  private Due<I> toDue(Document document) {
    StoredDocument stored = StoredDocument.of("record", document);
    return new Due<>(
        new LocationId(stored.text(TenantCollection.LOCATION_ID)),
        ids.apply(MirrorDocuments.id(document).toHexString()),
        stored.child(MirrorDocuments.SYNC).instant(SyncDocuments.NEXT_ATTEMPT_AT));
  }
}
