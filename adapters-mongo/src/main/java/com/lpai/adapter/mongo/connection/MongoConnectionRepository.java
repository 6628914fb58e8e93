package com.lpai.adapter.mongo.connection;

import com.lpai.adapter.mongo.encryption.Vault;
import com.lpai.adapter.mongo.tenancy.AcrossTenants;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.SharedCollection;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The connections of locations, in the collection {@code connections}. */
public final class MongoConnectionRepository implements ConnectionRepository {
  private static final Bson ANY = new Document();

  private static final String UNINSTALLED = "uninstalled";

  private final Place place;
  private final EncryptedConnections<LocationId> connections;

  public MongoConnectionRepository(
      TenantCollection connections, AcrossTenants all, Vault vault, SharedCollection keys) {
    this.place = new Place(connections, all);
    this.connections = new EncryptedConnections<>(place, vault, keys);
  }

  @Override
  public Optional<Connection> find(LocationId locationId) {
    return connections.find(locationId);
  }

  @Override
  public Optional<Connection> save(LocationId locationId, Connection connection) {
    return connections.save(locationId, connection);
  }

  @Override
  public void overwrite(LocationId locationId, Connection connection) {
    connections.overwrite(locationId, connection);
  }

  @Override
  public List<LocationId> careDue(Instant now, int limit) {
    return connections.careDue(now, limit);
  }

  @Override
  public void postponeCare(LocationId locationId, Instant until) {
    connections.postponeCare(locationId, until);
  }

  @Override
  public List<LocationId> ofCompany(CompanyId companyId) {
    return place.owners(
        Filters.and(
            Filters.eq(ConnectionDocuments.COMPANY_ID, companyId.value()),
            Filters.ne(ConnectionDocuments.STATE, UNINSTALLED)),
        TenantCollection.LOCATION_ID,
        0);
  }

  /** Finishes what a stopped instance or a former version left. */
  public void tidyUp() {
    connections.tidyUp();
  }

  /**
   * Deletes the location's data key, so that no stored copy of its tokens can be read any more.
   *
   * @return how many keys there were
   */
  public long deleteKey(LocationId locationId) {
    return connections.deleteKey(locationId);
  }

  /** One document for each location. */
  private record Place(TenantCollection connections, AcrossTenants all)
      implements ConnectionPlace<LocationId> {
    private static final Bson OWNER = Projections.include(TenantCollection.LOCATION_ID);

    @Override
    public String name(LocationId locationId) {
      return "connection:" + locationId.value();
    }

    @Override
    public String path(String field) {
      return field;
    }

    @Override
    public Optional<Document> find(LocationId locationId) {
      return connections.findOne(locationId, ANY);
    }

    @Override
    public boolean insert(LocationId locationId, Document connection) {
      return connections.insert(locationId, connection).wrote();
    }

    @Override
    public boolean replace(LocationId locationId, long version, Document connection) {
      return connections.replace(locationId, is(version), connection).wrote();
    }

    @Override
    public void update(LocationId locationId, long version, Bson update) {
      connections.update(locationId, is(version), update);
    }

    private static Bson is(long version) {
      return Filters.eq(VERSION, version);
    }

    @Override
    public List<LocationId> owners(Bson filter, String sortedBy, int limit) {
      Find found =
          Find.sortedBy(Sorts.ascending(List.of(sortedBy, TenantCollection.LOCATION_ID)))
              .limitedTo(limit)
              .only(OWNER);
      return all.find(filter, found).stream()
          .map(document -> new LocationId(document.getString(TenantCollection.LOCATION_ID)))
          .toList();
    }
  }
}
