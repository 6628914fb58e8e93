package com.lpai.adapter.mongo.encryption;

import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.SharedCollection;
import com.lpai.domain.encryption.MasterKeyName;
import com.lpai.domain.encryption.MasterKeyRotation;
import com.lpai.domain.encryption.MasterKeyState;
import com.lpai.domain.encryption.MasterKeyState.Phase;
import com.lpai.domain.encryption.MasterKeyState.Share;
import com.lpai.domain.encryption.MasterKeyState.Sighting;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoNamespace;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The vault, and the rotation of the master key over it. Whether a rotation was begun is one stored
 * word: the fingerprint of the key that wraps new data keys. How far it is, is counted and never
 * noted down, so that a data key which a slow instance makes late is found too.
 */
public final class Encryption implements MasterKeyRotation, AutoCloseable {
  private static final Bson ANY = new Document();
  private static final String ID = "_id";
  private static final Bson BY_ID = Sorts.ascending(ID);

  private final MasterKeys masterKeys;
  private final SharedCollection dataKeys;
  private final WrappingKey wrapping;
  private final Vault vault;

  private Encryption(
      MasterKeys masterKeys, SharedCollection dataKeys, WrappingKey wrapping, Vault vault) {
    this.masterKeys = masterKeys;
    this.dataKeys = dataKeys;
    this.wrapping = wrapping;
    this.vault = vault;
  }

  /**
   * Opens the vault.
   *
   * @param client how the key vault is reached
   * @param keys where it is
   * @param dataKeys the same as a collection
   * @param agreed what all instances agree on about master keys, beside it
   * @param opened how long a data key that was opened stays so in memory
   * @param timeout for each call, all its round trips together
   */
  public static Encryption open(
      MongoClientSettings client,
      MongoNamespace keys,
      SharedCollection dataKeys,
      SharedCollection agreed,
      MasterKeys masterKeys,
      Duration opened,
      Duration timeout) {
    WrappingKey wrapping = new WrappingKey(agreed);
    return new Encryption(
        masterKeys,
        dataKeys,
        wrapping,
        Vault.open(client, keys, masterKeys, wrapping, opened, timeout));
  }

  public Vault vault() {
    return vault;
  }

  /**
   * Proves that this instance can open every data key and can wrap new ones.
   *
   * @throws IllegalStateException when it lacks a master key; the message says which
   */
  public void requireMasterKeys() {
    dataKeys.deleteMany(Filters.regex("keyAltNames", "^" + Vault.TRIAL_OWNER));
    requireEveryDataKeyKnown();
    requireUnnamedOpens();
    String agreed = wrapping.agreeOn(masterKeys.present().fingerprint());
    if (masterKeys.byFingerprint(agreed).isEmpty()) {
      throw new IllegalStateException(
          "New tokens are encrypted under the master key "
              + agreed
              + ", but this server has "
              + masterKeys
              + ". Start it with that key: as LPAI_MASTER_KEY_NEXT_… while the rotation to it is"
              + " under way, as LPAI_MASTER_KEY_… when it is done.");
    }
  }

  private void requireEveryDataKeyKnown() {
    Map<String, Long> foreign = new HashMap<>();
    for (Document dataKey : wrappings()) {
      if (masterKeys.wrapping(dataKey).isEmpty()) {
        foreign.merge(describe(dataKey), 1L, Long::sum);
      }
    }
    if (!foreign.isEmpty()) {
      throw new IllegalStateException(
          "The master key is not the one that this database's tokens are encrypted with: data keys"
              + " by the master key that wraps them are "
              + foreign
              + ", but this server has "
              + masterKeys
              + ". Give the server the key it had before (LPAI_MASTER_KEY_…), and a new one beside"
              + " it only (LPAI_MASTER_KEY_NEXT_…).");
    }
  }

  private static String describe(Document dataKey) {
    Document masterKey = new Document(dataKey.get("masterKey", new Document()));
    Object provider = masterKey.remove("provider");
    return masterKey.isEmpty() ? String.valueOf(provider) : provider + " " + masterKey.values();
  }

  /** Data keys of the first days say only that a local key wraps them: one trial tells which. */
  private void requireUnnamedOpens() {
    Optional<Document> unnamed =
        dataKeys
            .find(
                Filters.eq("masterKey.provider", MasterKey.Local.UNNAMED),
                Find.sortedBy(BY_ID).limitedTo(1).only(Projections.include(ID)))
            .stream()
            .findFirst();
    if (unnamed.isEmpty()) {
      return;
    }
    try {
      vault.requireOpens(unnamed.get().get(ID, UUID.class), "A data key");
    } catch (MasterKeyUnusableException wrong) {
      throw new IllegalStateException(
          "The master key is not the one that this database's tokens are encrypted with. Give the"
              + " server the key it had before.",
          wrong);
    }
  }

  private List<Document> wrappings() {
    return dataKeys.find(ANY, Find.sortedBy(BY_ID).only(Projections.include("masterKey")));
  }

  // ---- rotation

  @Override
  public void announce(String instance, Instant now) {
    wrapping.announce(new Sighting(instance, masterKeys.fingerprints(), now));
  }

  @Override
  public MasterKeyState state(Instant now) {
    String agreed = wrapping.fingerprint();
    Map<MasterKey, Long> counts = new HashMap<>();
    long unreadable = 0;
    for (Document dataKey : wrappings()) {
      Optional<MasterKey> key = masterKeys.wrapping(dataKey);
      key.ifPresent(known -> counts.merge(known, 1L, Long::sum));
      unreadable += key.isPresent() ? 0 : 1;
    }
    List<Share> shares =
        masterKeys.known().stream()
            .map(key -> new Share(key.name(), counts.getOrDefault(key, 0L)))
            .toList();
    MasterKeyName current =
        masterKeys
            .byFingerprint(agreed)
            .map(MasterKey::name)
            .orElse(new MasterKeyName("unknown", agreed, ""));
    long remaining =
        shares.stream()
            .filter(share -> !share.key().equals(current))
            .mapToLong(Share::dataKeys)
            .sum();
    return new MasterKeyState(
        phase(agreed, remaining), current, shares, unreadable, wrapping.seenAfter(longAgo(now)));
  }

  private Phase phase(String agreed, long remaining) {
    Optional<MasterKey> next = masterKeys.next();
    if (next.isEmpty()) {
      return Phase.SINGLE;
    }
    if (!next.get().fingerprint().equals(agreed)) {
      return Phase.PREPARED;
    }
    return remaining == 0 ? Phase.DONE : Phase.UNDER_WAY;
  }

  private static Instant longAgo(Instant now) {
    return now.minus(RUNNING);
  }

  @Override
  public Beginning begin(Instant now) {
    Optional<MasterKey> next = masterKeys.next();
    if (next.isEmpty()) {
      return new Beginning.NoNextKey();
    }
    String present = masterKeys.present().fingerprint();
    String fingerprint = next.get().fingerprint();
    String agreed = wrapping.fingerprint();
    if (agreed.equals(fingerprint)) {
      return new Beginning.Begun();
    }
    if (!agreed.equals(present)) {
      return new Beginning.Unusable(
          "The master key in use is " + agreed + ", which this server does not know.");
    }
    List<String> unaware =
        wrapping.seenAfter(longAgo(now)).stream()
            .filter(seen -> !seen.fingerprints().contains(fingerprint))
            .map(Sighting::instance)
            .toList();
    if (!unaware.isEmpty()) {
      return new Beginning.NotKnownTo(unaware);
    }
    try {
      vault.requireUsable(next.get());
    } catch (MasterKeyUnusableException unusable) {
      return new Beginning.Unusable(String.valueOf(unusable.getMessage()));
    }
    wrapping.change(present, fingerprint);
    return new Beginning.Begun();
  }

  @Override
  public boolean isBegun() {
    return begun().isPresent();
  }

  /** The next master key, when the rotation to it was begun. */
  private Optional<MasterKey> begun() {
    return masterKeys.next().filter(next -> next.fingerprint().equals(wrapping.fingerprint()));
  }

  /**
   * Of two instances that wrap the same page both come to the same end: the data key inside stays,
   * and each document is changed whole.
   */
  @Override
  public int rewrapPage(int limit) {
    Optional<MasterKey> next = begun();
    if (next.isEmpty()) {
      return 0;
    }
    List<UUID> page =
        dataKeys
            .find(
                masterKeys.wrappedBy(masterKeys.present()),
                Find.sortedBy(BY_ID).limitedTo(limit).only(Projections.include(ID)))
            .stream()
            .map(dataKey -> dataKey.get(ID, UUID.class))
            .toList();
    if (!page.isEmpty()) {
      vault.rewrap(page, next.get());
    }
    return page.size();
  }

  @Override
  public void close() {
    vault.close();
  }
}
