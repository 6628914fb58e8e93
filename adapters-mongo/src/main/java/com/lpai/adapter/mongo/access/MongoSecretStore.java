package com.lpai.adapter.mongo.access;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.encryption.Vault;
import com.lpai.adapter.mongo.tenancy.SharedCollection;
import com.lpai.domain.access.SecretStore;
import com.lpai.domain.connection.Secret;
import com.mongodb.client.model.Filters;
import java.util.Optional;
import org.bson.Document;

/** Secrets in the collection {@code secrets}, each encrypted with a data key of its own. */
public final class MongoSecretStore implements SecretStore {
  private static final String NAME = "_id";
  private static final String VALUE = "value";

  private final SharedCollection secrets;
  private final Vault vault;

  public MongoSecretStore(SharedCollection secrets, Vault vault) {
    this.secrets = secrets;
    this.vault = vault;
  }

  @Override
  public Optional<Secret> find(String name) {
    return secrets
        .findOne(Filters.eq(NAME, name))
        .map(found -> StoredDocument.of("secret", found).binary(VALUE))
        .map(ciphertext -> vault.decrypt(owner(name), ciphertext));
  }

  @Override
  public Secret createIfAbsent(String name, Secret candidate) {
    Optional<Secret> known = find(name);
    if (known.isPresent()) {
      return known.get();
    }
    Document document =
        new Document(NAME, name).append(VALUE, vault.encrypt(vault.keyFor(owner(name)), candidate));
    if (secrets.insert(document).wrote()) {
      return candidate;
    }
    return find(name)
        .orElseThrow(() -> new IllegalStateException("secret " + name + " was removed meanwhile"));
  }

  private static String owner(String name) {
    return "secret:" + name;
  }
}
