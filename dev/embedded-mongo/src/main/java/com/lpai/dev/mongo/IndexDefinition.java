package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an index holds, as a client asked for it.
 *
 * @param keys the fields in order
 * @param description the client's own words, answered by listIndexes
 */
record IndexDefinition(List<IndexKey> keys, Document description) {
  static final String ID = "_id";

  private static final String TTL = "expireAfterSeconds";
  private static final String PARTIAL = "partialFilterExpression";
  private static final int CANNOT_CREATE_INDEX = 67;
  private static final int INDEX_OPTIONS_CONFLICT = 85;
  private static final int INDEX_KEY_SPECS_CONFLICT = 86;
  private static final Set<String> KNOWN_OPTIONS =
      Set.of("key", "name", "unique", "sparse", PARTIAL, TTL, "v", "ns", "background");

  /** The index that every collection has: its documents. */
  static final IndexDefinition ON_ID =
      parse(new Document("key", new Document(ID, 1)).append("name", "_id_"));

  /** Reads one entry of createIndexes; what the engine could not honour is an error. */
  static IndexDefinition parse(Document description) {
    Document copy = description.cloneDeeply();
    copy.remove("ns");
    copy.putIfAbsent("v", 2);
    List<IndexKey> keys = new ArrayList<>();
    IndexDefinition definition = new IndexDefinition(keys, copy);
    for (Map.Entry<String, Object> field : definition.key().entrySet()) {
      if (!(field.getValue() instanceof Number direction)) {
        throw definition.refused("only ascending and descending fields are supported");
      }
      if (field.getKey().contains("$") || field.getKey().matches("(.*\\.)?\\d+(\\..*)?")) {
        throw definition.refused("the field path '" + field.getKey() + "' is not supported");
      }
      keys.add(new IndexKey(field.getKey(), direction.doubleValue() > 0));
    }
    definition.refuseUnknown();
    return definition;
  }

  private void refuseUnknown() {
    if (keys.isEmpty()) {
      throw refused("it has no key");
    }
    for (String option : description.keySet()) {
      if (!KNOWN_OPTIONS.contains(option)) {
        throw refused("the option '" + option + "' is not supported by the embedded engine");
      }
    }
    if (Fields.has(description, TTL)
        && (keys.size() != 1 || Fields.number(description, TTL, 0) < 0)) {
      throw refused(TTL + " needs a single field and a number from 0");
    }
  }

  private Refusal refused(String why) {
    return new Refusal(
        CANNOT_CREATE_INDEX, "CannotCreateIndex", "index '" + name() + "' refused: " + why);
  }

  String name() {
    return Fields.text(description, "name");
  }

  private Document key() {
    return Fields.document(description, "key");
  }

  List<String> paths() {
    return keys.stream().map(IndexKey::getKey).toList();
  }

  /** Whether two documents may not share a key. */
  boolean isUnique() {
    return Fields.flag(description, "unique", false);
  }

  /** Whether documents without any of the fields are left out. */
  boolean isSparse() {
    return Fields.flag(description, "sparse", false);
  }

  /** Which documents are held; empty for all. */
  Document partialFilter() {
    return Fields.document(description, PARTIAL);
  }

  boolean isOnId() {
    return paths().equals(List.of(ID));
  }

  /** Whether a client means this index by its name or its key. */
  boolean isCalled(Object nameOrKey) {
    return nameOrKey.equals(name()) || nameOrKey.equals(key());
  }

  /** What a TTL index lets expire; empty for any other. */
  Optional<Document> expiredAt(Instant now) {
    if (!Fields.has(description, TTL)) {
      return Optional.empty();
    }
    Instant limit = now.minusSeconds(Fields.number(description, TTL, 0));
    Document before = new Document(keys.getFirst().getKey(), new Document("$lte", limit));
    return Optional.of(new Document("$and", List.of(before, partialFilter())));
  }

  /** The same index again is no error; the same name or key with anything else is one. */
  boolean isSameAs(IndexDefinition existing) {
    boolean sameKey = key().equals(existing.key());
    boolean sameName = name().equals(existing.name());
    if (sameName && !sameKey) {
      throw conflict(INDEX_KEY_SPECS_CONFLICT, "IndexKeySpecsConflict", existing);
    }
    boolean sameOptions = options().equals(existing.options());
    if (sameName && sameOptions) {
      return true;
    }
    if (sameName || (sameKey && partialFilter().equals(existing.partialFilter()))) {
      throw conflict(INDEX_OPTIONS_CONFLICT, "IndexOptionsConflict", existing);
    }
    return false;
  }

  private List<Object> options() {
    return List.of(isUnique(), isSparse(), partialFilter(), Fields.value(description, TTL));
  }

  private Refusal conflict(int code, String codeName, IndexDefinition existing) {
    return new Refusal(
        code,
        codeName,
        "An existing index differs: %s. Drop it first, or choose another name than in: %s"
            .formatted(existing.description, description));
  }
}
