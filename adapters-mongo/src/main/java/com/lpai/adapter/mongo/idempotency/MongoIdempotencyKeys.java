package com.lpai.adapter.mongo.idempotency;

import com.lpai.adapter.mongo.document.SecretHash;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.failure.WriteOutcome;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.idempotency.IdempotencyKey;
import com.lpai.domain.idempotency.IdempotencyKeys;
import com.lpai.domain.idempotency.KeptRequest;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Keys in the collection {@code idempotency_keys}, by their hash: a unique index lets one in. Some
 * whose time is over are swept whenever one of the location is kept; a TTL index removes the rest
 * where the server has such.
 */
public final class MongoIdempotencyKeys implements IdempotencyKeys {
  private static final String ID = "_id";
  private static final String KEY = "key";
  private static final String FINGERPRINT = "fingerprint";
  private static final String RECORD_ID = "recordId";
  private static final String MADE = "made";
  private static final String KEPT_UNTIL = "keptUntil";

  /** More than is added between two sweeps, and few enough for one command. */
  private static final Find SOME_OVER =
      Find.sortedBy(Sorts.ascending(KEPT_UNTIL)).limitedTo(50).only(Projections.include(ID));

  private final TenantCollection keys;

  public MongoIdempotencyKeys(TenantCollection keys) {
    this.keys = keys;
  }

  @Override
  public Optional<KeptRequest> find(LocationId locationId, IdempotencyKey key, Instant now) {
    return keys.findOne(locationId, is(key))
        .map(MongoIdempotencyKeys::toDomain)
        .filter(kept -> now.isBefore(kept.keptUntil()));
  }

  @Override
  public KeptRequest keep(
      LocationId locationId, IdempotencyKey key, KeptRequest wanted, Instant now) {
    sweep(locationId, now);
    while (true) {
      Document document =
          new Document(KEY, hash(key))
              .append(FINGERPRINT, wanted.fingerprint())
              .append(RECORD_ID, wanted.recordId())
              .append(MADE, wanted.made())
              .append(KEPT_UNTIL, wanted.keptUntil());
      if (keys.insert(locationId, document) instanceof WriteOutcome.Written) {
        return wanted;
      }
      Optional<KeptRequest> present = find(locationId, key, now);
      if (present.isPresent()) {
        return present.get();
      }
      keys.delete(locationId, Filters.and(is(key), Filters.lte(KEPT_UNTIL, now)));
    }
  }

  private void sweep(LocationId locationId, Instant now) {
    List<Object> over =
        keys.find(locationId, Filters.lte(KEPT_UNTIL, now), SOME_OVER).stream()
            .flatMap(document -> Optional.ofNullable(document.get(ID)).stream())
            .toList();
    if (!over.isEmpty()) {
      keys.deleteMany(locationId, Filters.and(Filters.in(ID, over), Filters.lte(KEPT_UNTIL, now)));
    }
  }

  @Override
  public void made(LocationId locationId, IdempotencyKey key, String recordId) {
    keys.update(
        locationId, Filters.and(is(key), Filters.eq(RECORD_ID, recordId)), Updates.set(MADE, true));
  }

  private static Bson is(IdempotencyKey key) {
    return Filters.eq(KEY, hash(key));
  }

  /** Of parts that cannot run into each other. */
  private static String hash(IdempotencyKey key) {
    return SecretHash.of(
        SecretHash.of(key.subject()) + SecretHash.of(key.path()) + SecretHash.of(key.value()));
  }

  private static KeptRequest toDomain(Document document) {
    StoredDocument stored = StoredDocument.of("idempotency key", document);
    return new KeptRequest(
        stored.text(FINGERPRINT),
        stored.text(RECORD_ID),
        stored.flag(MADE),
        stored.instant(KEPT_UNTIL));
  }
}
