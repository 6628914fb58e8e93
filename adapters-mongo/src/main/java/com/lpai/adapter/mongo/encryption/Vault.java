package com.lpai.adapter.mongo.encryption;

import com.lpai.adapter.mongo.failure.DuplicateKey;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.sync.StorageUnavailableException;
import com.mongodb.ClientEncryptionSettings;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.MongoNamespace;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.vault.DataKeyOptions;
import com.mongodb.client.model.vault.EncryptOptions;
import com.mongodb.client.model.vault.RewrapManyDataKeyOptions;
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
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonString;
import org.bson.types.Binary;

/**
 * Encrypts and decrypts secrets, each owner's with a data key of its own. The key of an owner is
 * found by its name in the key vault; a ciphertext made with any other key is refused, so that one
 * copied from another owner's document is worth nothing.
 *
 * <p>Every method throws {@link StorageUnavailableException} while the key vault or the master
 * key's service is away, and its subtype {@link MasterKeyUnusableException} when a person must
 * correct the master key. Neither says anything about what is stored.
 */
public final class Vault implements AutoCloseable {
  private static final String ALGORITHM = "AEAD_AES_256_CBC_HMAC_SHA_512-Random";
  private static final byte ENCRYPTED = BsonBinarySubType.ENCRYPTED.getValue();
  private static final int KEY_ID_AT = 1;
  private static final int KEY_ID_LENGTH = 16;
  private static final Secret TRIAL = new Secret("trial");

  /** Data keys of such an owner are garbage: a process died in the middle of a trial. */
  static final String TRIAL_OWNER = "trial:";

  private final ClientEncryption encryption;
  private final MasterKeys masterKeys;
  private final WrappingKey wrapping;
  private final Map<String, UUID> keyIds = new ConcurrentHashMap<>();

  private Vault(ClientEncryption encryption, MasterKeys masterKeys, WrappingKey wrapping) {
    this.encryption = encryption;
    this.masterKeys = masterKeys;
    this.wrapping = wrapping;
  }

  /**
   * Opens the vault; its unique index on {@code keyAltNames} must exist before a key is made.
   *
   * @param client how the key vault is reached
   * @param agreed what all instances agree on about master keys
   * @param opened how long a data key that was opened stays so in memory
   * @param timeout for each call, all its round trips together
   */
  static Vault open(
      MongoClientSettings client,
      MongoNamespace keys,
      MasterKeys masterKeys,
      WrappingKey agreed,
      Duration opened,
      Duration timeout) {
    return new Vault(
        ClientEncryptions.create(
            ClientEncryptionSettings.builder()
                .keyVaultMongoClientSettings(client)
                .keyVaultNamespace(keys.getFullName())
                .kmsProviders(masterKeys.providers())
                .kmsProviderSslContextMap(masterKeys.tls())
                .keyExpiration(opened.toMillis(), TimeUnit.MILLISECONDS)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .build()),
        masterKeys,
        agreed);
  }

  /** The key that the owner has now; empty when it has none. */
  public Optional<UUID> keyOf(String owner) {
    Optional<UUID> key =
        VaultFailure.guarded(() -> Optional.ofNullable(encryption.getKeyByAltName(owner)))
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
      UUID made = newKey(owner, wrapping());
      keyIds.put(owner, made);
      return made;
    } catch (MongoException e) {
      if (!DuplicateKey.causes(e)) {
        throw VaultFailure.exception(VaultFailure.of(e), e);
      }
      return keyOf(owner)
          .orElseThrow(
              () ->
                  new StorageUnavailableException(
                      "The data key of " + owner + " was made and deleted at once. Try again.", e));
    }
  }

  private UUID newKey(String owner, MasterKey masterKey) {
    DataKeyOptions options =
        new DataKeyOptions().keyAltNames(List.of(owner)).masterKey(MasterKeys.document(masterKey));
    return encryption.createDataKey(masterKey.provider(), options).asUuid();
  }

  /** Asked anew each time: another instance may have begun a rotation a moment ago. */
  private MasterKey wrapping() {
    String fingerprint = wrapping.fingerprint();
    return masterKeys
        .byFingerprint(fingerprint)
        .orElseThrow(
            () ->
                new MasterKeyUnusableException(
                    "New data keys are wrapped by the master key "
                        + fingerprint
                        + ", which this server does not know. Start it with that key too"
                        + " (LPAI_MASTER_KEY_NEXT_…).",
                    new IllegalStateException("unknown master key")));
  }

  /** Deletes a key: what was encrypted with it cannot be read any more. */
  public void deleteKey(UUID key) {
    keyIds.values().remove(key);
    VaultFailure.guarded(() -> encryption.deleteKey(new BsonBinary(key)));
  }

  /** Encrypts with this key; equal secrets give different ciphertexts. */
  public Binary encrypt(UUID key, Secret secret) {
    return VaultFailure.guarded(() -> encrypted(key, secret));
  }

  private Binary encrypted(UUID key, Secret secret) {
    EncryptOptions options = new EncryptOptions(ALGORITHM).keyId(new BsonBinary(key));
    BsonBinary ciphertext = encryption.encrypt(new BsonString(secret.value()), options);
    return new Binary(ciphertext.getType(), ciphertext.getData());
  }

  /**
   * Decrypts a ciphertext of this owner.
   *
   * @throws UnreadableSecretException when it is lost for good: made with a key that is not the
   *     owner's, altered, or its key is gone
   */
  public Secret decrypt(String owner, Binary ciphertext) {
    UUID key = keyIdIn(owner, ciphertext);
    requireOwnKey(owner, key);
    try {
      BsonBinary encrypted = new BsonBinary(ciphertext.getType(), ciphertext.getData());
      return new Secret(encryption.decrypt(encrypted).asString().getValue());
    } catch (MongoException e) {
      VaultFailure failure = VaultFailure.of(e);
      throw switch (failure) {
        case NO_DATA_KEY -> new UnreadableSecretException(owner, "its data key was deleted", e);
        case DOES_NOT_FIT -> {
          requireOpens(key, "The data key of " + owner);
          yield new UnreadableSecretException(owner, "it was altered", e);
        }
        case AWAY, MASTER_KEY -> VaultFailure.exception(failure, e);
      };
    }
  }

  private void requireOwnKey(String owner, UUID key) {
    boolean known = key.equals(keyIds.get(owner));
    if (!known && keyOf(owner).filter(key::equals).isEmpty()) {
      throw new UnreadableSecretException(
          owner, "it was encrypted with a key that is not its own, or that was deleted");
    }
  }

  /**
   * Opens a data key, by a trial: the library says the same of a wrong master key and of an altered
   * ciphertext.
   *
   * @param what the data key, for the message
   * @throws MasterKeyUnusableException when the master key that it asks for does not open it
   */
  void requireOpens(UUID key, String what) {
    try {
      encrypted(key, TRIAL);
    } catch (MongoException e) {
      VaultFailure failure = VaultFailure.of(e);
      if (failure == VaultFailure.DOES_NOT_FIT) {
        throw new MasterKeyUnusableException(
            what
                + " is not opened by the master key that it is marked with: that is a wrong one."
                + " Give the server the key it had before.",
            e);
      }
      throw VaultFailure.exception(failure, e);
    }
  }

  /** Proves that a master key wraps and opens, by a data key that is deleted again. */
  void requireUsable(MasterKey masterKey) {
    String owner = TRIAL_OWNER + UUID.randomUUID();
    UUID key = VaultFailure.guarded(() -> newKey(owner, masterKey));
    try {
      requireOpens(key, "A new data key");
    } finally {
      deleteKey(key);
    }
  }

  /** Wraps these data keys anew by another master key; those that are gone are left out. */
  void rewrap(List<UUID> keys, MasterKey masterKey) {
    RewrapManyDataKeyOptions options =
        new RewrapManyDataKeyOptions()
            .provider(masterKey.provider())
            .masterKey(MasterKeys.document(masterKey));
    VaultFailure.guarded(() -> encryption.rewrapManyDataKey(Filters.in("_id", keys), options));
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

  @Override
  public void close() {
    encryption.close();
  }
}
