package com.lpai.adapter.mongo.connection;

import com.lpai.adapter.mongo.document.MalformedDocumentException;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.encryption.UnreadableSecretException;
import com.lpai.adapter.mongo.encryption.Vault;
import com.lpai.adapter.mongo.tenancy.SharedCollection;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionStore;
import com.lpai.domain.connection.Secret;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/**
 * Connections of one kind of owner, each with a data key of its own.
 *
 * <p>A key must never be deleted under secrets that are stored with it. So a document says which
 * key is its own and which one is retired; only retired keys are deleted, by id, and new secrets
 * never use one. The order of {@link #save} is: a key, if none is there; the document, by
 * compare-and-set; the retired key's end. A crash after the first leaves a key without secrets,
 * which the next save takes; after the second, one that the next save or {@link #tidyUp} deletes.
 */
public final class EncryptedConnections<O> implements ConnectionStore<O> {
  private final ConnectionPlace<O> place;
  private final Vault vault;
  private final SharedCollection keys;
  private final SecretsCache opened = new SecretsCache();

  /**
   * Connections.
   *
   * @param keys the key vault's collection, where a missing key is told from a foreign one
   */
  public EncryptedConnections(ConnectionPlace<O> place, Vault vault, SharedCollection keys) {
    this.place = place;
    this.vault = vault;
    this.keys = keys;
  }

  @Override
  public Optional<Connection> find(O owner) {
    Optional<Document> found = place.find(owner);
    while (found.isPresent()) {
      StoredDocument stored = stored(owner, found.get());
      try {
        return Optional.of(ConnectionDocuments.toDomain(stored, secrets(owner, stored)));
      } catch (UnreadableSecretException unreadable) {
        boolean keyIsGone = keyOf(found).filter(key -> !isInVault(key)).isPresent();
        Optional<Document> present = place.find(owner);
        if (isSame(present, found)) {
          if (keyIsGone) {
            return Optional.of(ConnectionDocuments.unreadable(stored));
          }
          throw unreadable;
        }
        // It was stored anew, and its key deleted, between two reads.
        found = present;
      }
    }
    opened.forget(place.name(owner));
    return Optional.empty();
  }

  private StoredDocument stored(O owner, Document connection) {
    return StoredDocument.named(place.name(owner), connection);
  }

  private Map<String, Secret> secrets(O owner, StoredDocument stored) {
    String name = place.name(owner);
    Map<String, Binary> sealed = ConnectionDocuments.sealed(stored);
    if (sealed.isEmpty()) {
      opened.forget(name);
      return Map.of();
    }
    Optional<Map<String, Secret>> known = opened.find(name, sealed);
    if (known.isPresent()) {
      return known.get();
    }
    Map<String, Secret> secrets = new LinkedHashMap<>();
    sealed.forEach((field, ciphertext) -> secrets.put(field, vault.decrypt(name, ciphertext)));
    opened.remember(name, sealed, secrets);
    return secrets;
  }

  private boolean isInVault(UUID key) {
    return keys.findOne(Filters.eq("_id", key)).isPresent();
  }

  private static boolean isSame(Optional<Document> one, Optional<Document> other) {
    return one.isPresent()
        && one.map(EncryptedConnections::version).equals(other.map(EncryptedConnections::version))
        && keyOf(one).equals(keyOf(other));
  }

  private static long version(Document connection) {
    return StoredDocument.of("connection", connection).number(ConnectionPlace.VERSION);
  }

  private static Optional<UUID> keyOf(Optional<Document> connection) {
    return connection.flatMap(document -> id(document, ConnectionDocuments.KEY_ID));
  }

  private static Optional<UUID> id(Document document, String field) {
    return Optional.ofNullable(document.get(field, UUID.class));
  }

  @Override
  public Optional<Connection> save(O owner, Connection connection) {
    Optional<Document> before = place.find(owner);
    if (connection.version() != before.map(EncryptedConnections::version).orElse(0L)) {
      return Optional.empty();
    }
    Optional<UUID> own = keyOf(before);
    Optional<UUID> retired =
        before.flatMap(document -> id(document, ConnectionDocuments.RETIRED_KEY_ID));
    Map<String, Secret> secrets = ConnectionDocuments.secrets(connection);
    boolean isStored =
        secrets.isEmpty()
            ? saveWithoutSecrets(owner, connection, own.or(() -> retired))
            : saveWithSecrets(owner, connection, secrets, keyForSecrets(owner, own, retired));
    return isStored
        ? Optional.of(connection.atVersion(connection.version() + 1))
        : Optional.empty();
  }

  @Override
  public void overwrite(O owner, Connection connection) {
    Optional<Connection> stored = Optional.empty();
    while (stored.isEmpty()) {
      long version = place.find(owner).map(EncryptedConnections::version).orElse(0L);
      stored = save(owner, connection.atVersion(version));
    }
  }

  /** The connection's own key; a new one when it has none, when it was retired, or was lost. */
  private UUID keyForSecrets(O owner, Optional<UUID> own, Optional<UUID> retired) {
    String name = place.name(owner);
    Optional<UUID> kept = vault.keyOf(name);
    if (own.isEmpty() && retired.isPresent() && kept.equals(retired)) {
      vault.deleteKey(retired.get());
      kept = Optional.empty();
    }
    return kept.orElseGet(() -> vault.keyFor(name));
  }

  private boolean saveWithSecrets(
      O owner, Connection connection, Map<String, Secret> secrets, UUID key) {
    Map<String, Binary> sealed = new LinkedHashMap<>();
    secrets.forEach((field, secret) -> sealed.put(field, vault.encrypt(key, secret)));
    Document document = ConnectionDocuments.toDocument(connection, connection.version() + 1);
    ConnectionDocuments.seal(sealed, document);
    document.append(ConnectionDocuments.KEY_ID, key);
    boolean isStored = isStored(owner, connection, document);
    if (isStored) {
      opened.remember(place.name(owner), sealed, secrets);
    }
    return isStored;
  }

  private boolean saveWithoutSecrets(O owner, Connection connection, Optional<UUID> unused) {
    long version = connection.version() + 1;
    Document document = ConnectionDocuments.toDocument(connection, version);
    unused.ifPresent(key -> document.append(ConnectionDocuments.RETIRED_KEY_ID, key));
    boolean isStored = isStored(owner, connection, document);
    if (isStored) {
      opened.forget(place.name(owner));
      unused.ifPresent(key -> deleteRetired(owner, version, key));
    }
    return isStored;
  }

  private boolean isStored(O owner, Connection connection, Document document) {
    return connection.version() == 0
        ? place.insert(owner, document)
        : place.replace(owner, connection.version(), document);
  }

  /** Only when the key has the owner's name: a document that was tampered with may name any key. */
  private void deleteRetired(O owner, long version, UUID key) {
    vault.keyOf(place.name(owner)).filter(key::equals).ifPresent(vault::deleteKey);
    place.update(owner, version, Updates.unset(place.path(ConnectionDocuments.RETIRED_KEY_ID)));
  }

  @Override
  public List<O> careDue(Instant now, int limit) {
    String careAt = place.path(ConnectionDocuments.CARE_AT);
    Bson isDue = Filters.lte(careAt, now);
    Bson isBegun =
        Filters.eq(place.path(ConnectionDocuments.STATE), ConnectionDocuments.REFRESHING);
    Set<O> due = new LinkedHashSet<>(place.owners(Filters.and(isBegun, isDue), careAt, limit));
    due.addAll(place.owners(isDue, careAt, limit));
    return due.stream().limit(limit).toList();
  }

  @Override
  public void postponeCare(O owner, Instant until) {
    place
        .find(owner)
        .ifPresent(
            document ->
                place.update(
                    owner,
                    version(document),
                    Updates.set(place.path(ConnectionDocuments.CARE_AT), until)));
  }

  /** Finishes what a stopped instance or a former version left. */
  public void tidyUp() {
    deleteRetiredKeys();
    addCare();
  }

  /** Deletes the keys that an instance retired and did not live to delete. */
  private void deleteRetiredKeys() {
    String retired = place.path(ConnectionDocuments.RETIRED_KEY_ID);
    for (O owner : place.owners(Filters.exists(retired), retired, 0)) {
      place
          .find(owner)
          .ifPresent(
              document ->
                  id(document, ConnectionDocuments.RETIRED_KEY_ID)
                      .ifPresent(key -> deleteRetired(owner, version(document), key)));
    }
  }

  /** Documents of the first form do not say when they need care. */
  private void addCare() {
    String careAt = place.path(ConnectionDocuments.CARE_AT);
    for (O owner : place.owners(Filters.exists(careAt, false), careAt, 0)) {
      place
          .find(owner)
          .ifPresent(
              document ->
                  place.update(
                      owner,
                      version(document),
                      Updates.set(careAt, care(stored(owner, document)))));
    }
  }

  /** One document that cannot be read must not stop the start; whoever asks for it is told. */
  private static Instant care(StoredDocument stored) {
    try {
      return ConnectionDocuments.careAt(stored);
    } catch (MalformedDocumentException unreadable) {
      return Connection.NEVER;
    }
  }

  /**
   * Deletes the owner's data key, so that no stored copy of its secrets can be read any more.
   *
   * @return how many keys there were
   */
  long deleteKey(O owner) {
    String name = place.name(owner);
    opened.forget(name);
    Optional<UUID> key = vault.keyOf(name);
    key.ifPresent(vault::deleteKey);
    return key.isPresent() ? 1 : 0;
  }
}
