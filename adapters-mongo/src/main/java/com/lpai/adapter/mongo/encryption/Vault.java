package com.lpai.adapter.mongo.encryption;

import com.lpai.adapter.mongo.failure.DuplicateKey;
import com.lpai.adapter.mongo.failure.StorageFailures;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.sync.StorageUnavailableException;
import com.mongodb.ClientEncryptionSettings;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.MongoNamespace;
import com.mongodb.client.model.vault.DataKeyOptions;
import com.mongodb.client.model.vault.EncryptOptions;
import com.mongodb.client.vault.ClientEncryption;
import com.mongodb.client.vault.ClientEncryptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonString;
import org.bson.types.Binary;

/**
 * Encrypts and decrypts secrets, each owner's with a data key of its own. The key of an owner is
 * found by its name in the key vault; a ciphertext made with any other key is refused, so that one
 * copied from another owner's document is worth nothing.
 */
public final class Vault implements AutoCloseable {
  private static final String KEY_VAULT = "key vault";
  private static final String ALGORITHM = "AEAD_AES_256_CBC_HMAC_SHA_512-Random";
  private static final byte ENCRYPTED = BsonBinarySubType.ENCRYPTED.getValue();
  private static final int KEY_ID_AT = 1;
  private static final int KEY_ID_LENGTH = 16;

  private final ClientEncryption encryption;
  private final MasterKey masterKey;
  private final Map<String, UUID> keyIds = new ConcurrentHashMap<>();

  private Vault(ClientEncryption encryption, MasterKey masterKey) {
    this.encryption = encryption;
    this.masterKey = masterKey;
  }

  /**
   * Opens the vault; its unique index on {@code keyAltNames} must exist before a key is made.
   *
   * @param client how the key vault is reached
   * @param timeout for each call, all its round trips together
   */
  public static Vault open(
      MongoClientSettings client, MongoNamespace keys, MasterKey masterKey, Duration timeout) {
    return new Vault(
        ClientEncryptions.create(
            ClientEncryptionSettings.builder()
                .keyVaultMongoClientSettings(client)
                .keyVaultNamespace(keys.getFullName())
                .kmsProviders(masterKey.credentials())
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .build()),
        masterKey);
  }

  /** The key that the owner has now; empty when it has none. */
  public Optional<UUID> keyOf(String owner) {
    Optional<UUID> key =
        guarded(() -> Optional.ofNullable(encryption.getKeyByAltName(owner)))
            .map(found -> found.getBinary("_id").asUuid());
    key.ifPresentOrElse(id -> keyIds.put(owner, id), () -> keyIds.remove(owner));
    return key;
  }

  /** The key that the owner has, made now when it has none. */
  public UUID keyFor(String owner) {
    return keyOf(owner).orElseGet(() -> newKey(owner));
  }

  /** Of several instances that make a key at once, the vault's unique index lets one through. */
  private UUID newKey(String owner) {
    try {
      DataKeyOptions named = new DataKeyOptions().keyAltNames(List.of(owner));
      UUID made = encryption.createDataKey(masterKey.provider(), named).asUuid();
      keyIds.put(owner, made);
      return made;
    } catch (MongoException e) {
      if (!DuplicateKey.causes(e)) {
        throw StorageFailures.translate(KEY_VAULT, e);
      }
      return keyOf(owner)
          .orElseThrow(
              () ->
                  new StorageUnavailableException(
                      "The data key of " + owner + " was made and deleted at once. Try again.", e));
    }
  }

  /** Deletes a key: what was encrypted with it cannot be read any more. */
  public void deleteKey(UUID key) {
    keyIds.values().remove(key);
    guarded(() -> encryption.deleteKey(new BsonBinary(key)));
  }

  /** Encrypts with this key; equal secrets give different ciphertexts. */
  public Binary encrypt(UUID key, Secret secret) {
    EncryptOptions options = new EncryptOptions(ALGORITHM).keyId(new BsonBinary(key));
    BsonBinary ciphertext =
        guarded(() -> encryption.encrypt(new BsonString(secret.value()), options));
    return new Binary(ciphertext.getType(), ciphertext.getData());
  }

  /**
   * Decrypts a ciphertext of this owner.
   *
   * @throws UnreadableSecretException when it was made with a key that is not the owner's, was
   *     altered, or its key is gone
   */
  public Secret decrypt(String owner, Binary ciphertext) {
    requireOwnKey(owner, keyIdIn(owner, ciphertext));
    try {
      BsonBinary encrypted = new BsonBinary(ciphertext.getType(), ciphertext.getData());
      return new Secret(encryption.decrypt(encrypted).asString().getValue());
    } catch (MongoException e) {
      RuntimeException failure = StorageFailures.translate(KEY_VAULT, e);
      if (failure instanceof StorageUnavailableException) {
        throw failure;
      }
      throw new UnreadableSecretException(owner, "it was altered, or the master key is wrong", e);
    }
  }

  private void requireOwnKey(String owner, UUID key) {
    boolean known = key.equals(keyIds.get(owner));
    if (!known && keyOf(owner).filter(key::equals).isEmpty()) {
      throw new UnreadableSecretException(
          owner, "it was encrypted with a key that is not its own, or that was deleted");
    }
  }

  /** Bytes 1 to 16 of a ciphertext name its key (MongoDB's format of binary subtype 6). */
  private static UUID keyIdIn(String owner, Binary ciphertext) {
    byte[] bytes = ciphertext.getData();
    if (ciphertext.getType() != ENCRYPTED || bytes.length <= KEY_ID_AT + KEY_ID_LENGTH) {
      throw new UnreadableSecretException(owner, "it is no ciphertext");
    }
    ByteBuffer id = ByteBuffer.wrap(bytes, KEY_ID_AT, KEY_ID_LENGTH);
    return new UUID(id.getLong(), id.getLong());
  }

  private static <T> T guarded(Supplier<T> call) {
    return StorageFailures.guarded(KEY_VAULT, call);
  }

  @Override
  public void close() {
    encryption.close();
  }
}
