package com.lpai.adapter.mongo.location;

import com.lpai.adapter.mongo.failure.WriteOutcome;
import com.lpai.adapter.mongo.tenancy.AcrossTenants;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Locations in the collection {@code locations}, unique by location id. */
public final class MongoLocationRepository implements LocationRepository {
  private static final Bson ANY = new Document();
  private static final Find BY_ID = Find.sortedBy(Sorts.ascending(TenantCollection.LOCATION_ID));

  private final TenantCollection locations;
  private final AcrossTenants all;

  public MongoLocationRepository(TenantCollection locations, AcrossTenants all) {
    this.locations = locations;
    this.all = all;
  }

  @Override
  public Optional<Location> find(LocationId locationId) {
    return locations.findOne(locationId, ANY).map(LocationDocuments::toDomain);
  }

  @Override
  public Optional<Location> save(LocationId locationId, Location location) {
    if (!location.id().equals(locationId)) {
      throw new IllegalArgumentException("location " + location.id() + " is not " + locationId);
    }
    long next = location.version() + 1;
    Document document = LocationDocuments.toDocument(location, next);
    WriteOutcome outcome =
        location.version() == 0
            ? locations.insert(locationId, document)
            : locations.replace(
                locationId, Filters.eq(LocationDocuments.VERSION, location.version()), document);
    return outcome.wrote() ? Optional.of(location.atVersion(next)) : Optional.empty();
  }

  @Override
  public List<Location> all() {
    return all.find(ANY, BY_ID).stream().map(LocationDocuments::toDomain).toList();
  }

  @Override
  public List<Location> withUnfinishedSetup() {
    return all.find(Filters.eq(LocationDocuments.SETUP_UNDER_WAY, true), BY_ID).stream()
        .map(LocationDocuments::toDomain)
        .toList();
  }
}
