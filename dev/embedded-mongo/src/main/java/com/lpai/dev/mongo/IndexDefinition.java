package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an index holds, as a client asked for it.
 *
 * @param paths the fields in order; both directions are kept as one and read either way
 * @param description the client's own words, answered by listIndexes
 */
record IndexDefinition(List<String> paths, Document description) {
  static final String ID = "_id";

  private static final String TTL = "expireAfterSeconds";
  private static final String PARTIAL = "partialFilterExpression";
  private static final Set<String> KNOWN_OPTIONS =
      Set.of("key", "name", "unique", "sparse", PARTIAL, TTL, "v", "background");
  private static final Pattern UNSUPPORTED_PATH = Pattern.compile("\\$|(^|\\.)\\d+(\\.|$)");

  /** The index that every collection has: its documents. */
  static final IndexDefinition ON_ID =
      parse(new Document("key", new Document(ID, 1)).append("name", "_id_"));

  /** Reads one entry of createIndexes; what the engine could not honour is an error. */
  static IndexDefinition parse(Document given) {
    Document description = given.clone();
    description.remove("ns");
    Document key = Fields.document(given, "key");
    List<String> paths = List.copyOf(key.keySet());
    boolean supported =
        !paths.isEmpty()
            && paths.stream().noneMatch(path -> UNSUPPORTED_PATH.matcher(path).find())
            && key.values().stream().allMatch(Number.class::isInstance)
            && KNOWN_OPTIONS.containsAll(description.keySet())
            && (!Fields.has(given, TTL) || paths.size() == 1)
            && Fields.number(given, TTL, 0) >= 0;
    if (!supported) {
      throw new Refusal(
          67,
          "CannotCreateIndex",
          ("The embedded engine cannot create the index %s: it supports ascending and descending"
                  + " fields without numbers in their paths, the options %s, and %s from 0 on a"
                  + " single field")
              .formatted(description, KNOWN_OPTIONS, TTL));
    }
    return new IndexDefinition(paths, description);
  }

  String name() {
    return Fields.text(description, "name");
  }

  Document key() {
    return Fields.document(description, "key");
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
    return paths.equals(List.of(ID));
  }

  /** Whether a client means this index by its name, its key, or * for all. */
  boolean isCalled(Object nameOrKey) {
    return nameOrKey.equals("*") || nameOrKey.equals(name()) || nameOrKey.equals(key());
  }

  /** What a TTL index lets expire; empty for any other. */
  Optional<Document> expiredAt(Instant now) {
    if (!Fields.has(description, TTL)) {
      return Optional.empty();
    }
    Instant limit = now.minusSeconds(Fields.number(description, TTL, 0));
    Document before = new Document(paths.getFirst(), new Document("$lte", limit));
    return Optional.of(new Document("$and", List.of(before, partialFilter())));
  }

  /** The same index again is no error; the same name or key with anything else is one. */
  boolean isSameAs(IndexDefinition existing) {
    boolean sameName = name().equals(existing.name());
    boolean sameKey = key().equals(existing.key());
    boolean same = sameName && sameKey && options().equals(existing.options());
    boolean sameHeld = sameKey && partialFilter().equals(existing.partialFilter());
    if (!same && (sameName || sameHeld)) {
      throw new Refusal(
          sameKey ? 85 : 86,
          sameKey ? "IndexOptionsConflict" : "IndexKeySpecsConflict",
          "An existing index differs: %s. Drop it first, or choose another name than in: %s"
              .formatted(existing.description, description));
    }
    return same;
  }

  private List<Object> options() {
    return List.of(isUnique(), isSparse(), partialFilter(), Fields.value(description, TTL));
  }
}
