package com.lpai.adapter.mongo.encryption;

import com.lpai.adapter.mongo.encryption.MasterKey.Local;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The master keys that this instance knows: the present one, and the next one if there is one. */
public final class MasterKeys {
  private static final String MASTER_KEY = "masterKey";
  private static final String PROVIDER = "provider";

  private final List<MasterKey> known;

  private MasterKeys(List<MasterKey> known) {
    this.known = List.copyOf(known);
  }

  public static MasterKeys only(MasterKey present) {
    return new MasterKeys(List.of(present));
  }

  /**
   * The same with a next one, which is not used before a rotation to it has begun. The present one
   * again is no next one.
   *
   * @throws IllegalArgumentException when both are with one key service under different identities:
   *     the driver can be only one there
   */
  public MasterKeys withNext(MasterKey next) {
    MasterKey present = present();
    if (next.fingerprint().equals(present.fingerprint())) {
      return this;
    }
    if (next.provider().equals(present.provider()) && !next.access().equals(present.access())) {
      throw new IllegalArgumentException(
          "both master keys are with "
              + next.provider()
              + ", so both must be used by one identity that may use either");
    }
    return new MasterKeys(List.of(present, next));
  }

  MasterKey present() {
    return known.getFirst();
  }

  Optional<MasterKey> next() {
    return known.size() == 1 ? Optional.empty() : Optional.of(known.getLast());
  }

  List<MasterKey> known() {
    return known;
  }

  List<String> fingerprints() {
    return known.stream().map(MasterKey::fingerprint).toList();
  }

  Optional<MasterKey> byFingerprint(String fingerprint) {
    return known.stream().filter(key -> key.fingerprint().equals(fingerprint)).findFirst();
  }

  /** The providers as the driver wants them, the name of local master keys' first days included. */
  Map<String, Map<String, Object>> providers() {
    Map<String, Map<String, Object>> providers = new HashMap<>();
    for (MasterKey key : known) {
      providers.put(key.provider(), key.access());
    }
    unnamed().ifPresent(key -> providers.put(Local.UNNAMED, key.access()));
    return providers;
  }

  /** Which one wraps data keys that were made before local master keys had names. */
  Optional<MasterKey> unnamed() {
    return known.stream().filter(Local.class::isInstance).findFirst();
  }

  Map<String, SSLContext> tls() {
    Map<String, SSLContext> contexts = new HashMap<>();
    for (MasterKey key : known) {
      if (key instanceof MasterKey.OfService service) {
        contexts.putIfAbsent(service.provider(), service.tls());
      }
    }
    return contexts;
  }

  /** What the driver must know to wrap by this key; local ones are known by their provider. */
  static BsonDocument document(MasterKey key) {
    BsonDocument document = new BsonDocument();
    Map<String, String> all = new HashMap<>(key.identity());
    all.putAll(key.whereabouts());
    all.forEach(
        (field, value) -> {
          if (!value.isEmpty()) {
            document.append(field, new BsonString(value));
          }
        });
    return document;
  }

  /** Finds the data keys that a master key wraps. */
  Bson wrappedBy(MasterKey key) {
    List<Bson> same = new ArrayList<>();
    same.add(Filters.in(MASTER_KEY + "." + PROVIDER, providersOf(key)));
    key.identity()
        .forEach(
            (field, value) -> {
              String path = MASTER_KEY + "." + field;
              same.add(value.isEmpty() ? Filters.exists(path, false) : Filters.eq(path, value));
            });
    return Filters.and(same);
  }

  /** The master key that wraps a stored data key; empty when it is none of these. */
  Optional<MasterKey> wrapping(Document dataKey) {
    Document stored = dataKey.get(MASTER_KEY, new Document());
    return known.stream().filter(key -> isThat(key, stored)).findFirst();
  }

  private boolean isThat(MasterKey key, Document stored) {
    return providersOf(key).contains(stored.get(PROVIDER, ""))
        && key.identity().entrySet().stream()
            .allMatch(part -> part.getValue().equals(stored.get(part.getKey(), "")));
  }

  private List<String> providersOf(MasterKey key) {
    return unnamed().filter(key::equals).isPresent()
        ? List.of(key.provider(), Local.UNNAMED)
        : List.of(key.provider());
  }

  @Override
  public String toString() {
    return "MasterKeys" + known.stream().map(MasterKey::name).toList();
  }
}
