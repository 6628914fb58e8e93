package com.lpai.adapter.mongo.reconcile;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.AcrossTenants;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.reconcile.Reconciliation;
import com.lpai.domain.reconcile.Reconciliations;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Reconciliations in the collection {@code reconciliations}, one document for each location. */
public final class MongoReconciliations implements Reconciliations {
  private static final Bson THE_ONE = new Document();

  private final TenantCollection reconciliations;
  private final AcrossTenants all;

  public MongoReconciliations(TenantCollection reconciliations, AcrossTenants all) {
    this.reconciliations = reconciliations;
    this.all = all;
  }

  @Override
  public Optional<Reconciliation> find(LocationId locationId) {
    return reconciliations
        .find(
            locationId,
            THE_ONE,
            Find.sortedBy(Sorts.ascending(TenantCollection.LOCATION_ID)).limitedTo(1))
        .stream()
        .findFirst()
        .map(ReconciliationDocuments::toDomain);
  }

  @Override
  public Optional<Reconciliation> save(LocationId locationId, Reconciliation reconciliation) {
    Reconciliation next = reconciliation.atVersion(reconciliation.version() + 1);
    Document document = ReconciliationDocuments.toDocument(next);
    boolean stored =
        reconciliation.version() == 0
            ? reconciliations.insert(locationId, document).wrote()
            : reconciliations
                .replace(
                    locationId,
                    Filters.eq(ReconciliationDocuments.VERSION, reconciliation.version()),
                    document)
                .wrote();
    return stored ? Optional.of(next) : Optional.empty();
  }

  @Override
  public List<LocationId> due(Instant now, int limit) {
    return all
        .find(
            isDue(now),
            Find.sortedBy(
                    Sorts.ascending(ReconciliationDocuments.CARE_AT, TenantCollection.LOCATION_ID))
                .limitedTo(limit)
                .only(Projections.include(TenantCollection.LOCATION_ID)))
        .stream()
        .map(document -> StoredDocument.of("reconciliation", document))
        .map(stored -> new LocationId(stored.text(TenantCollection.LOCATION_ID)))
        .toList();
  }

  @Override
  public long countDue(Instant now) {
    return all.count(isDue(now));
  }

  private static Bson isDue(Instant now) {
    return Filters.lte(ReconciliationDocuments.CARE_AT, now);
  }
}
