package com.lpai.adapter.mongo.connection;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.encryption.Vault;
import com.lpai.adapter.mongo.failure.WriteOutcome;
import com.lpai.adapter.mongo.tenancy.AcrossTenants;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Connections in the collection {@code connections}, each with a data key of its own.
 *
 * <p>A key must never be deleted under tokens that are stored with it. So a document says which key
 * is its own and which one is retired; only retired keys are deleted, by id, and new tokens never
 * use one. A crash between storing and deleting is mended by {@link #deleteRetiredKeys}.
 */
public final class MongoConnectionRepository implements ConnectionRepository {
  private static final Bson ANY = new Document();

  private final TenantCollection connections;
  private final AcrossTenants all;
  private final Vault vault;
  private final ConnectionDocuments documents;

  public MongoConnectionRepository(TenantCollection connections, AcrossTenants all, Vault vault) {
    this.connections = connections;
    this.all = all;
    this.vault = vault;
    this.documents = new ConnectionDocuments(vault);
  }

  @Override
  public Optional<Connection> find(LocationId locationId) {
    return connections.findOne(locationId, ANY).map(documents::toDomain);
  }

  @Override
  public Optional<Connection> save(LocationId locationId, Connection connection) {
    if (!connection.locationId().equals(locationId)) {
      throw new IllegalArgumentException("connection belongs to another location");
    }
    Optional<Document> before = connections.findOne(locationId, ANY);
    if (connection.version() != before.map(MongoConnectionRepository::version).orElse(0L)) {
      return Optional.empty();
    }
    Optional<UUID> own = before.flatMap(document -> id(document, ConnectionDocuments.KEY_ID));
    Optional<UUID> retired =
        before.flatMap(document -> id(document, ConnectionDocuments.RETIRED_KEY_ID));
    Document after = documents.toDocument(connection, connection.version() + 1);
    Optional<OAuthTokens> tokens = tokens(connection.state());
    if (tokens.isPresent()) {
      documents.encrypt(tokens.get(), keyForTokens(locationId, own, retired), after);
      return stored(connection, after);
    }
    Optional<UUID> unused = own.or(() -> retired);
    unused.ifPresent(key -> after.append(ConnectionDocuments.RETIRED_KEY_ID, key));
    Optional<Connection> stored = stored(connection, after);
    if (stored.isPresent()) {
      unused.ifPresent(vault::deleteKey);
    }
    return stored;
  }

  private static long version(Document document) {
    return StoredDocument.of("connection", document).number(ConnectionDocuments.VERSION);
  }

  private static Optional<UUID> id(Document document, String field) {
    return Optional.ofNullable(document.get(field, UUID.class));
  }

  private static Optional<OAuthTokens> tokens(ConnectionState state) {
    return switch (state) {
      case ConnectionState.Active(OAuthTokens tokens) -> Optional.of(tokens);
      case ConnectionState.Suspended(OAuthTokens tokens, String reason) -> Optional.of(tokens);
      case ConnectionState.NeedsReauth needsReauth -> Optional.empty();
      case ConnectionState.Uninstalled uninstalled -> Optional.empty();
    };
  }

  /** The connection's own key; a new one when it has none, when it was retired, or was lost. */
  private UUID keyForTokens(LocationId locationId, Optional<UUID> own, Optional<UUID> retired) {
    String owner = ConnectionDocuments.owner(locationId);
    Optional<UUID> kept = vault.keyOf(owner);
    if (own.isEmpty() && retired.isPresent() && kept.equals(retired)) {
      vault.deleteKey(retired.get());
      kept = Optional.empty();
    }
    return kept.orElseGet(() -> vault.keyFor(owner));
  }

  private Optional<Connection> stored(Connection connection, Document after) {
    LocationId locationId = connection.locationId();
    WriteOutcome outcome =
        connection.version() == 0
            ? connections.insert(locationId, after)
            : connections.replace(
                locationId, Filters.eq(ConnectionDocuments.VERSION, connection.version()), after);
    return outcome.wrote()
        ? Optional.of(connection.atVersion(connection.version() + 1))
        : Optional.empty();
  }

  /** Deletes the keys that an instance retired and did not live to delete. */
  public void deleteRetiredKeys() {
    all.find(
            Filters.exists(ConnectionDocuments.RETIRED_KEY_ID),
            Find.sortedBy(Sorts.ascending(TenantCollection.LOCATION_ID))
                .only(Projections.include(ConnectionDocuments.RETIRED_KEY_ID)))
        .forEach(
            document ->
                id(document, ConnectionDocuments.RETIRED_KEY_ID).ifPresent(vault::deleteKey));
  }
}
