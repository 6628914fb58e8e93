package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.BadValueException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * Sorts documents as an index would: an array counts by its smallest value ascending, by its
 * largest descending. (The core's own comparator is not transitive on arrays.)
 */
final class SortOrder {
  private static final Comparator<Map.Entry<String, Document>> BY_KEY = Map.Entry.comparingByKey();

  private final List<IndexKey> fields = new ArrayList<>();

  SortOrder(Document sort) {
    sort.forEach(
        (field, direction) -> {
          if (!(direction instanceof Number number) || number.intValue() == 0) {
            throw new BadValueException("Illegal direction in sort specification: " + direction);
          }
          fields.add(new IndexKey(field, number.intValue() > 0));
        });
    fields.add(new IndexKey(IndexDefinition.ID, true));
  }

  /**
   * @param wanted how many of the first are needed
   */
  Stream<Document> sort(Stream<Document> documents, int wanted) {
    Stream<Map.Entry<String, Document>> keyed =
        documents.map(document -> Map.entry(keyOf(document), document));
    return first(keyed, wanted).sorted(BY_KEY).map(Map.Entry::getValue);
  }

  private static Stream<Map.Entry<String, Document>> first(
      Stream<Map.Entry<String, Document>> all, int wanted) {
    PriorityQueue<Map.Entry<String, Document>> first = new PriorityQueue<>(BY_KEY.reversed());
    all.forEach(
        next -> {
          first.add(next);
          if (first.size() > wanted) {
            first.remove();
          }
        });
    return first.stream();
  }

  private String keyOf(Document document) {
    StringBuilder key = new StringBuilder();
    fields.forEach(field -> key.append(FieldValues.of(document, field).keys().first()));
    return key.toString();
  }
}
