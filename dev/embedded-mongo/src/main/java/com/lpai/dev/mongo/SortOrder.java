package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.BadValueException;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The order of a result: an array counts by its smallest value ascending, by its largest
 * descending. (The core's own comparator is not transitive on arrays.)
 *
 * @param fields field to direction; empty for any order
 */
record SortOrder(Document fields) {
  static final SortOrder ANY = new SortOrder(new Document());

  SortOrder {
    fields.forEach(
        (field, direction) -> {
          if (field.startsWith("$") || !(direction instanceof Number n) || n.intValue() == 0) {
            throw new BadValueException(
                "Cannot sort by %s: %s; fields to 1 or -1 are supported"
                    .formatted(field, direction));
          }
        });
  }

  boolean isAscending(String field) {
    return Fields.number(fields, field, 1) > 0;
  }

  /**
   * @param wanted how many of the first are needed
   */
  Stream<EncodedDocument> sort(Stream<EncodedDocument> documents, long wanted) {
    TreeMap<String, EncodedDocument> first = new TreeMap<>();
    documents.forEach(
        document -> {
          first.put(keyOf(document.decoded()), document);
          if (first.size() > wanted) {
            first.pollLastEntry();
          }
        });
    return first.values().stream();
  }

  /** Ends with the _id, so that there is one for each document. */
  private String keyOf(Document document) {
    StringBuilder key = new StringBuilder();
    for (String field : fields.keySet()) {
      SortedSet<String> values = FieldValues.of(document, field).keys();
      key.append(isAscending(field) ? values.first() : SortKey.inverted(values.last()));
    }
    return key.append(SortKey.of(Fields.value(document, IndexDefinition.ID))).toString();
  }
}
