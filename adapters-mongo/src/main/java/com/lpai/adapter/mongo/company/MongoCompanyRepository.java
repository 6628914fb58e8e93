package com.lpai.adapter.mongo.company;

import com.lpai.adapter.mongo.connection.ConnectionPlace;
import com.lpai.adapter.mongo.connection.EncryptedConnections;
import com.lpai.adapter.mongo.encryption.Vault;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.SharedCollection;
import com.lpai.domain.company.CompanyRepository;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.tenant.CompanyId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The connections of companies, in the collection {@code companies}. */
public final class MongoCompanyRepository implements CompanyRepository {
  private final EncryptedConnections<CompanyId> connections;

  /**
   * Companies.
   *
   * @param keys the key vault's collection
   */
  public MongoCompanyRepository(SharedCollection companies, Vault vault, SharedCollection keys) {
    this.connections = new EncryptedConnections<>(new Place(companies), vault, keys);
  }

  @Override
  public Optional<Connection> find(CompanyId companyId) {
    return connections.find(companyId);
  }

  @Override
  public Optional<Connection> save(CompanyId companyId, Connection connection) {
    return connections.save(companyId, connection);
  }

  @Override
  public void overwrite(CompanyId companyId, Connection connection) {
    connections.overwrite(companyId, connection);
  }

  @Override
  public List<CompanyId> careDue(Instant now, int limit) {
    return connections.careDue(now, limit);
  }

  @Override
  public void postponeCare(CompanyId companyId, Instant until) {
    connections.postponeCare(companyId, until);
  }

  /** Finishes what a stopped instance left. */
  public void tidyUp() {
    connections.tidyUp();
  }

  /** A part of the company's document. */
  private record Place(SharedCollection companies) implements ConnectionPlace<CompanyId> {

    @Override
    public String name(CompanyId companyId) {
      return "company:" + companyId.value();
    }

    @Override
    public String path(String field) {
      return CompanyDocuments.CONNECTION + "." + field;
    }

    @Override
    public Optional<Document> find(CompanyId companyId) {
      Find connectionOnly =
          Find.sortedBy(Sorts.ascending(CompanyDocuments.ID))
              .limitedTo(1)
              .only(Projections.include(CompanyDocuments.CONNECTION));
      return companies.find(CompanyDocuments.is(companyId), connectionOnly).stream()
          .findFirst()
          .map(company -> company.get(CompanyDocuments.CONNECTION, Document.class));
    }

    @Override
    public boolean insert(CompanyId companyId, Document connection) {
      return CompanyDocuments.isAdded(
          companies, companyId, CompanyDocuments.CONNECTION, set(connection));
    }

    @Override
    public boolean replace(CompanyId companyId, long version, Document connection) {
      return companies.update(is(companyId, version), set(connection)).wrote();
    }

    private static Bson set(Document connection) {
      return Updates.set(CompanyDocuments.CONNECTION, connection);
    }

    @Override
    public void update(CompanyId companyId, long version, Bson update) {
      companies.update(is(companyId, version), update);
    }

    private static Bson is(CompanyId companyId, long version) {
      return CompanyDocuments.is(companyId, CompanyDocuments.CONNECTION, version);
    }

    @Override
    public List<CompanyId> owners(Bson filter, String sortedBy, int limit) {
      Bson connected = Filters.and(Filters.exists(CompanyDocuments.CONNECTION), filter);
      Find found =
          Find.sortedBy(Sorts.ascending(sortedBy, CompanyDocuments.ID))
              .limitedTo(limit)
              .only(Projections.include(CompanyDocuments.ID));
      return companies.find(connected, found).stream()
          .map(company -> new CompanyId(company.getString(CompanyDocuments.ID)))
          .toList();
    }
  }
}
