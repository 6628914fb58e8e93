package com.lpai.adapter.mongo.encryption;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.SharedCollection;
import com.lpai.domain.encryption.MasterKeyState.Sighting;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.List;
import org.bson.Document;

/**
 * What all instances agree on, in the collection {@code master_keys} beside the key vault: which
 * master key wraps new data keys, and which instance knows which.
 */
final class WrappingKey {
  private static final String ID = "_id";
  private static final String WRAPPING = "wrapping";
  private static final String FINGERPRINT = "fingerprint";
  private static final String INSTANCE = "instance";
  private static final String FINGERPRINTS = "fingerprints";
  private static final String SEEN_AT = "seenAt";

  private final SharedCollection agreed;

  WrappingKey(SharedCollection agreed) {
    this.agreed = agreed;
  }

  /** The fingerprint of the key that wraps new data keys; this one if none was agreed on yet. */
  String agreeOn(String first) {
    agreed.insert(new Document(ID, WRAPPING).append(FINGERPRINT, first));
    return fingerprint();
  }

  /** The fingerprint of the key that wraps new data keys. */
  String fingerprint() {
    return agreed
        .findOne(Filters.eq(ID, WRAPPING))
        .map(found -> StoredDocument.of("master key", found).text(FINGERPRINT))
        .orElseThrow(() -> new IllegalStateException("the schema was never prepared"));
  }

  /** From here on all instances wrap new data keys by the other key. */
  void change(String from, String to) {
    agreed.update(
        Filters.and(Filters.eq(ID, WRAPPING), Filters.eq(FINGERPRINT, from)),
        Updates.set(FINGERPRINT, to));
  }

  void announce(Sighting sighting) {
    agreed.upsert(
        Filters.eq(ID, INSTANCE + ":" + sighting.instance()),
        Updates.combine(
            Updates.set(INSTANCE, sighting.instance()),
            Updates.set(FINGERPRINTS, sighting.fingerprints()),
            Updates.set(SEEN_AT, sighting.seenAt())));
  }

  /** Instances that were seen after this time; those that were not are forgotten. */
  List<Sighting> seenAfter(Instant time) {
    agreed.deleteMany(Filters.lte(SEEN_AT, time));
    return agreed.find(Filters.gt(SEEN_AT, time), Find.sortedBy(Sorts.ascending(ID))).stream()
        .map(WrappingKey::sighting)
        .toList();
  }

  private static Sighting sighting(Document document) {
    StoredDocument stored = StoredDocument.of("instance", document);
    return new Sighting(stored.text(INSTANCE), stored.texts(FINGERPRINTS), stored.instant(SEEN_AT));
  }
}
