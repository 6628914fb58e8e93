package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an index holds, as a client asked for it.
 *
 * @param name unique within the collection
 * @param keys the fields in order
 * @param unique whether two documents may not share a key
 * @param sparse whether documents without any of the fields are left out
 * @param partialFilter which documents are held; empty for all
 * @param description the client's own words, answered by listIndexes
 */
record IndexDefinition(
    String name,
    List<IndexKey> keys,
    boolean unique,
    boolean sparse,
    Document partialFilter,
    Document description) {
  private static final String TTL = "expireAfterSeconds";
  private static final int CANNOT_CREATE_INDEX = 67;
  private static final int INDEX_OPTIONS_CONFLICT = 85;
  private static final int INDEX_KEY_SPECS_CONFLICT = 86;
  private static final Set<String> KNOWN_OPTIONS =
      Set.of(
          "key",
          "name",
          "unique",
          "sparse",
          "partialFilterExpression",
          TTL,
          "v",
          "ns",
          "background");

  /** Reads one entry of createIndexes; what the engine could not honour is an error. */
  static IndexDefinition parse(Document description) {
    Document key = Fields.document(description, "key");
    String name = Fields.text(description, "name");
    if (key.isEmpty()) {
      throw refused(name, "it has no key");
    }
    for (String option : description.keySet()) {
      if (!KNOWN_OPTIONS.contains(option)) {
        throw refused(name, "the option '" + option + "' is not supported by the embedded engine");
      }
    }
    List<IndexKey> keys = new ArrayList<>();
    for (Map.Entry<String, Object> field : key.entrySet()) {
      keys.add(new IndexKey(field.getKey(), isAscending(name, field)));
    }
    if (Fields.has(description, TTL)
        && (keys.size() != 1 || Fields.number(description, TTL, 0) < 0)) {
      throw refused(name, TTL + " needs a single field and a number from 0");
    }
    Document copy = description.cloneDeeply();
    copy.remove("ns");
    copy.putIfAbsent("v", 2);
    return new IndexDefinition(
        name,
        List.copyOf(keys),
        Fields.flag(description, "unique", false),
        Fields.flag(description, "sparse", false),
        Fields.document(description, "partialFilterExpression"),
        copy);
  }

  private static boolean isAscending(String name, Map.Entry<String, Object> field) {
    if (!(field.getValue() instanceof Number direction)) {
      throw refused(
          name, "only ascending and descending fields are supported, not " + field.getValue());
    }
    if (field.getKey().contains("$") || field.getKey().matches("(.*\\.)?\\d+(\\..*)?")) {
      throw refused(name, "the field path '" + field.getKey() + "' is not supported");
    }
    return direction.doubleValue() > 0;
  }

  private static MongoServerError refused(String name, String why) {
    return new MongoServerError(
        CANNOT_CREATE_INDEX, "CannotCreateIndex", "index '" + name + "' refused: " + why);
  }

  private Document key() {
    return Fields.document(description, "key");
  }

  List<Boolean> directions() {
    return keys.stream().map(IndexKey::isAscending).toList();
  }

  /** What a TTL index lets expire; empty for any other. */
  Optional<Document> expiredAt(Instant now) {
    if (!Fields.has(description, TTL)) {
      return Optional.empty();
    }
    Instant limit = now.minusSeconds(Fields.number(description, TTL, 0));
    Document before = new Document(keys.getFirst().getKey(), new Document("$lte", limit));
    return Optional.of(
        partialFilter.isEmpty() ? before : new Document("$and", List.of(before, partialFilter)));
  }

  /** The index that every collection has. */
  boolean isOnId() {
    return keys.size() == 1 && keys.getFirst().getKey().equals(PrimaryIndex.ID);
  }

  /** Whether a client means this index by its name or its key. */
  boolean isCalled(Object nameOrKey) {
    return nameOrKey.equals(name) || nameOrKey.equals(key());
  }

  /** The same index again is no error; the same name or key with anything else is one. */
  boolean isSameAs(IndexDefinition other) {
    boolean sameKey = key().equals(other.key());
    boolean sameOptions = options().equals(other.options());
    if (name.equals(other.name)) {
      if (!sameKey) {
        throw conflict(INDEX_KEY_SPECS_CONFLICT, "IndexKeySpecsConflict", other);
      }
      if (!sameOptions) {
        throw conflict(INDEX_OPTIONS_CONFLICT, "IndexOptionsConflict", other);
      }
      return true;
    }
    if (sameKey && partialFilter.equals(other.partialFilter)) {
      throw conflict(INDEX_OPTIONS_CONFLICT, "IndexOptionsConflict", other);
    }
    return false;
  }

  private List<Object> options() {
    return List.of(unique, sparse, partialFilter, Fields.value(description, TTL));
  }

  private MongoServerError conflict(int code, String codeName, IndexDefinition existing) {
    return new MongoServerError(
        code,
        codeName,
        "An existing index differs from the requested one. Requested: "
            + description.toString(true)
            + ", existing: "
            + existing.description.toString(true)
            + ". Drop it first, or choose another name.");
  }
}
