package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the index of a query: the longest prefix of fixed values, then an order that spares
 * sorting, then a range. Several fixed values ($in) become several ranges, merged if that keeps the
 * order.
 */
final class Planner {
  private static final int MAX_RANGES = 20_000;
  private static final int MAX_MERGED = 1_000;
  private static final int POINT_SCORE = 10;
  private static final int UNIQUE_SCORE = 1_000;
  private static final int SORT_SCORE = 6;
  private static final int RANGE_SCORE = 4;
  private static final Document EVERYTHING = new Document();

  private final StoredIndex documents;
  private final List<StoredIndex> indexes;

  /**
   * @param documents the index on _id, which holds them all
   */
  Planner(StoredIndex documents, List<StoredIndex> indexes) {
    this.documents = documents;
    this.indexes = indexes;
  }

  /**
   * @param sort field to direction, empty for any order
   * @param limited whether only the first results are wanted
   */
  Scan plan(Document query, Document sort, boolean limited) {
    return best(query, sort, limited)
        .map(Candidate::scan)
        .or(() -> unionOfAlternatives(query))
        .orElseGet(() -> new Candidate(documents, QueryBounds.of(EVERYTHING), sort).scan());
  }

  /** The scan of an index that finds exactly the matching documents, if there is one. */
  Optional<Scan> exactPlan(Document query) {
    boolean exact = QueryBounds.of(query).areExact();
    return best(query, EVERYTHING, false)
        .filter(candidate -> exact && candidate.usesAllOf(query))
        .map(Candidate::scan);
  }

  private Optional<Candidate> best(Document query, Document sort, boolean limited) {
    QueryBounds bounds = QueryBounds.of(query);
    List<StoredIndex> all = new ArrayList<>(indexes);
    all.addFirst(documents);
    return all.stream()
        .filter(index -> index.covers(bounds))
        .map(index -> new Candidate(index, bounds, sort))
        .filter(candidate -> candidate.isUseful(sort, limited))
        .max(Comparator.comparingInt(candidate -> candidate.score));
  }

  /** $or without a common index: each alternative by its own, if every one has one. */
  private Optional<Scan> unionOfAlternatives(Document query) {
    Document rest = query.clone();
    rest.remove("$or");
    List<Scan> scans = new ArrayList<>();
    for (Document alternative : Fields.documents(query, "$or")) {
      Document both = new Document("$and", List.of(alternative, rest));
      Optional<Candidate> candidate = best(both, EVERYTHING, false);
      if (candidate.isEmpty()) {
        return Optional.empty();
      }
      scans.add(candidate.get().scan());
    }
    return scans.isEmpty() ? Optional.empty() : Optional.of(Scan.union(scans));
  }

  /** One index and what it can do for the query. */
  private static final class Candidate {
    private final StoredIndex index;

    /** Intervals of the leading fields: points, and a range on the last one at most. */
    private final Map<String, List<Interval>> prefix = new LinkedHashMap<>();

    private final Scan.Order order;
    private final boolean backwards;
    private final int score;

    Candidate(StoredIndex index, QueryBounds bounds, Document sort) {
      this.index = index;
      int pointFields = usePrefix(bounds);
      Optional<Boolean> direct = direction(sort, singlePoints());
      Optional<Boolean> ofParts =
          rangeCount() <= MAX_MERGED ? direction(sort, pointFields) : Optional.empty();
      order =
          direct.isPresent()
              ? Scan.Order.ALL
              : ofParts.isPresent() ? Scan.Order.EACH_PART : Scan.Order.NOTHING;
      backwards = direct.or(() -> ofParts).orElse(false);
      score =
          pointFields * POINT_SCORE
              + (pointFields >= index.identifyingFields() ? UNIQUE_SCORE : 0)
              + (sorts(sort) ? SORT_SCORE : 0)
              + (prefix.size() > pointFields ? RANGE_SCORE : 0);
    }

    private boolean sorts(Document sort) {
      return !sort.isEmpty() && order != Scan.Order.NOTHING;
    }

    /** Takes leading fields as far as they are constrained; answers how many hold points only. */
    private int usePrefix(QueryBounds bounds) {
      for (String name : index.names()) {
        if (!bounds.constrain(name) || prefix.containsKey(name)) {
          return prefix.size();
        }
        List<Interval> intervals = bounds.of(name, index.isMultikey());
        if (rangeCount() * intervals.size() > MAX_RANGES) {
          return prefix.size();
        }
        prefix.put(name, intervals);
        if (!QueryBounds.arePoints(intervals)) {
          return prefix.size() - 1;
        }
      }
      return prefix.size();
    }

    private long rangeCount() {
      return prefix.values().stream().mapToLong(List::size).reduce(1, (a, b) -> a * b);
    }

    private int singlePoints() {
      return (int)
          prefix.values().stream()
              .takeWhile(intervals -> intervals.size() == 1 && intervals.getFirst().isPoint())
              .count();
    }

    /**
     * Whether reading backwards gives the wanted order when the first fields are fixed; empty if no
     * direction gives it.
     */
    private Optional<Boolean> direction(Document sort, int fixed) {
      if (index.isMultikey()) {
        return Optional.empty();
      }
      List<String> names = index.names();
      Optional<Boolean> backward = Optional.empty();
      int next = fixed;
      for (Map.Entry<String, Object> item : sort.entrySet()) {
        if (names.subList(0, fixed).contains(item.getKey())) {
          continue;
        }
        if (names.subList(0, next).contains(IndexDefinition.ID)) {
          break;
        }
        if (next == names.size()
            || !names.get(next).equals(item.getKey())
            || !(item.getValue() instanceof Number wanted)) {
          return Optional.empty();
        }
        boolean opposite = (wanted.intValue() > 0) != index.fields().get(next).isAscending();
        if (backward.isPresent() && backward.get() != opposite) {
          return Optional.empty();
        }
        backward = Optional.of(opposite);
        next++;
      }
      return backward.or(() -> Optional.of(false));
    }

    boolean isUseful(Document sort, boolean limited) {
      return !prefix.isEmpty() || (sorts(sort) && limited);
    }

    /** Whether the ranges say all that the query says; the last key value has no open ends. */
    boolean usesAllOf(Document query) {
      return !index.isMultikey()
          && prefix.size() < index.fields().size()
          && prefix.keySet().containsAll(query.keySet());
    }

    Scan scan() {
      List<Interval> ranges = List.of(Interval.ALL);
      int field = 0;
      for (List<Interval> intervals : prefix.values()) {
        boolean ascending = index.fields().get(field++).isAscending();
        List<Interval> inOrder = ascending ? intervals : intervals.reversed();
        ranges =
            ranges.stream()
                .flatMap(range -> inOrder.stream().map(one -> range.then(one.directed(ascending))))
                .toList();
      }
      List<Interval> inOrder = backwards ? ranges.reversed() : ranges;
      return new Scan(
          inOrder.stream().map(range -> new Scan.Part(index, range, backwards)).toList(),
          order,
          index.isMultikey());
    }
  }
}
