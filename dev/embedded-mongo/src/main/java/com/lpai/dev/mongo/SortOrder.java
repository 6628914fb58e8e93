package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.BadValueException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Sorts documents as an index would: an array counts by its smallest value ascending, by its
 * largest descending. (The core's own comparator is not transitive on arrays.)
 */
final class SortOrder {
  private final List<List<String>> paths = new ArrayList<>();
  private final List<Boolean> directions = new ArrayList<>();

  SortOrder(Document sort) {
    sort.forEach(
        (field, direction) -> {
          if (!(direction instanceof Number number) || number.intValue() == 0) {
            throw new BadValueException("Illegal direction in sort specification: " + direction);
          }
          paths.add(Utils.splitPath(field));
          directions.add(number.intValue() > 0);
        });
  }

  /** A document with what it is sorted by. */
  private static final class Keyed {
    private final Document document;
    private final Object[] key;

    private Keyed(Document document, Object[] key) {
      this.document = document;
      this.key = key;
    }
  }

  /**
   * @param wanted how many of the first are needed, 0 for all
   */
  Stream<Document> sort(Stream<Document> documents, int wanted) {
    KeyType order = new KeyType(directions);
    Comparator<Keyed> comparator = (left, right) -> order.compare(left.key, right.key);
    Stream<Keyed> keyed = documents.map(document -> new Keyed(document, keyOf(document)));
    Stream<Keyed> sorted =
        wanted == 0
            ? keyed.sorted(comparator)
            : first(keyed, wanted, comparator).stream().sorted(comparator);
    return sorted.map(one -> one.document);
  }

  private static PriorityQueue<Keyed> first(
      Stream<Keyed> all, int wanted, Comparator<Keyed> order) {
    PriorityQueue<Keyed> first = new PriorityQueue<>(order.reversed());
    all.forEach(
        next -> {
          first.add(next);
          if (first.size() > wanted) {
            first.remove();
          }
        });
    return first;
  }

  /** Ends with the _id, so that equal documents have an order, too. */
  private Object[] keyOf(Document document) {
    Object[] key = new Object[paths.size() + 1];
    for (int i = 0; i < paths.size(); i++) {
      TreeSet<Object> values = DocumentKeys.values(document, paths.get(i));
      key[i] = directions.get(i) ? values.getFirst() : values.getLast();
    }
    key[paths.size()] = Fields.value(document, PrimaryIndex.ID);
    return key;
  }
}
