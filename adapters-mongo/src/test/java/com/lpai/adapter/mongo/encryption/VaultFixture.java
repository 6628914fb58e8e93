package com.lpai.adapter.mongo.encryption;

import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.domain.connection.Secret;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.time.Duration;
import java.util.UUID;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.bson.types.Binary;

/** One instance's encryption over a key vault of the test's own. */
public final class VaultFixture implements AutoCloseable {
  static final String COLLECTION = "keys";

  private final MongoClient client;
  private final MongoNamespace keys;
  private final Encryption encryption;

  private VaultFixture(MongoClient client, MongoNamespace keys, Encryption encryption) {
    this.client = client;
    this.keys = keys;
    this.encryption = encryption;
  }

  /** The name of a database for a key vault that nobody used before. */
  public static String anyVault() {
    return "vault_" + UUID.randomUUID().toString().replace("-", "");
  }

  /** Opened, and proven to have the master keys that are needed. */
  public static VaultFixture ready(String uri, String database, MasterKeys masterKeys) {
    VaultFixture vault = open(uri, database, masterKeys);
    vault.encryption.requireMasterKeys();
    return vault;
  }

  /** Opened with ten seconds for a call, and an hour for a data key that was opened. */
  public static VaultFixture open(String uri, String database, MasterKeys masterKeys) {
    return open(uri, database, masterKeys, Duration.ofHours(1), Duration.ofSeconds(10));
  }

  static VaultFixture open(
      String uri, String database, MasterKeys masterKeys, Duration opened, Duration timeout) {
    MongoClientSettings settings =
        MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(uri))
            .uuidRepresentation(UuidRepresentation.STANDARD)
            .build();
    MongoClient client = MongoClients.create(settings);
    MongoNamespace keys = new MongoNamespace(database, COLLECTION);
    client
        .getDatabase(database)
        .getCollection(COLLECTION)
        .createIndex(
            Indexes.ascending("keyAltNames"),
            new IndexOptions()
                .unique(true)
                .partialFilterExpression(Filters.exists("keyAltNames", true)));
    Collections collections = new Collections(client.getDatabase(database));
    return new VaultFixture(
        client,
        keys,
        Encryption.open(
            settings,
            keys,
            collections.shared(COLLECTION),
            collections.shared(Collections.MASTER_KEYS),
            masterKeys,
            opened,
            timeout));
  }

  public Encryption rotation() {
    return encryption;
  }

  Vault vault() {
    return encryption.vault();
  }

  /** Encrypts with the owner's data key, which is made when there is none. */
  public Binary encrypted(String owner, String text) {
    return vault().encrypt(vault().keyFor(owner), new Secret(text));
  }

  public String decrypted(String owner, Binary ciphertext) {
    return vault().decrypt(owner, ciphertext).value();
  }

  /** The stored data keys. */
  MongoCollection<Document> dataKeys() {
    return client.getDatabase(keys.getDatabaseName()).getCollection(COLLECTION);
  }

  @Override
  public void close() {
    encryption.close();
    client.close();
  }
}
