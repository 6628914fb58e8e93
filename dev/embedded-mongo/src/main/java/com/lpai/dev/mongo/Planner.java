package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chooses the index of a query: the longest prefix of fixed values, then an order that spares
 * sorting, then a range. Several fixed values ($in) become several ranges.
 */
final class Planner {
  private static final int MAX_RANGES = 20_000;
  private static final int POINT_SCORE = 10;
  private static final int UNIQUE_SCORE = 1_000;
  private static final int SORT_SCORE = 6;
  private static final int RANGE_SCORE = 4;

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
   * @param limited whether only the first results are wanted
   */
  Scan plan(Document query, SortOrder sort, boolean limited) {
    return best(query, sort, limited)
        .or(() -> unionOfAlternatives(query))
        .orElseGet(() -> new Candidate(documents, new QueryBounds(query), sort).scan());
  }

  private Optional<Scan> best(Document query, SortOrder sort, boolean limited) {
    QueryBounds bounds = new QueryBounds(query);
    return Stream.concat(Stream.of(documents), indexes.stream())
        .filter(index -> index.covers(bounds))
        .map(index -> new Candidate(index, bounds, sort))
        .filter(candidate -> !candidate.prefix.isEmpty() || (candidate.sorts && limited))
        .max(Comparator.comparingInt(Candidate::score))
        .map(Candidate::scan);
  }

  /** $or without a common index: each alternative by its own, if every one has one. */
  private Optional<Scan> unionOfAlternatives(Document query) {
    Document rest = query.clone();
    rest.remove("$or");
    List<Scan.Part> parts = new ArrayList<>();
    for (Document alternative : Fields.documents(query, "$or")) {
      Document both = new Document("$and", List.of(alternative, rest));
      Optional<Scan> scan = best(both, SortOrder.ANY, false);
      if (scan.isEmpty()) {
        return Optional.empty();
      }
      parts.addAll(scan.get().parts());
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(new Scan(parts, false, true, false));
  }

  /** One index and what it can do for the query. */
  private static final class Candidate {
    private final StoredIndex index;
    private final QueryBounds bounds;

    /** Intervals of the leading fields: points, and a range on the last one at most. */
    private final Map<String, List<Interval>> prefix = new LinkedHashMap<>();

    private final int points;

    /** How to read to get the wanted order; empty if no direction gives it. */
    private final Optional<Boolean> backwards;

    private final boolean sorts;

    Candidate(StoredIndex index, QueryBounds bounds, SortOrder sort) {
      this.index = index;
      this.bounds = bounds;
      points = usePrefix();
      backwards = index.isMultikey() ? Optional.empty() : direction(sort);
      sorts = !sort.fields().isEmpty() && backwards.isPresent();
    }

    int score() {
      return points * POINT_SCORE
          + (points >= index.identifyingFields() ? UNIQUE_SCORE : 0)
          + (sorts ? SORT_SCORE : 0)
          + (prefix.size() > points ? RANGE_SCORE : 0);
    }

    /** Takes leading fields as far as they are constrained; answers how many hold points only. */
    private int usePrefix() {
      long ranges = 1;
      for (String field : index.fields()) {
        List<Interval> intervals = bounds.of(field, index.isMultikey());
        ranges *= intervals.size();
        if (!bounds.constrain(field) || ranges > MAX_RANGES) {
          return prefix.size();
        }
        prefix.put(field, intervals);
        if (!QueryBounds.arePoints(intervals)) {
          return prefix.size() - 1;
        }
      }
      return prefix.size();
    }

    /** The sort must go on where the fixed fields end, all in one direction; _id ends it. */
    private Optional<Boolean> direction(SortOrder sort) {
      List<String> fixed = index.fields().subList(0, points);
      List<String> rest = index.fields().subList(points, index.fields().size());
      List<String> wanted =
          sort.fields().keySet().stream()
              .filter(field -> !fixed.contains(field))
              .limit(rest.size())
              .toList();
      List<Boolean> ascending = wanted.stream().map(sort::isAscending).distinct().toList();
      boolean given = rest.subList(0, wanted.size()).equals(wanted) && ascending.size() <= 1;
      return given ? Optional.of(ascending.contains(false)) : Optional.empty();
    }

    Scan scan() {
      List<Interval> ranges = List.of(Interval.ALL);
      for (List<Interval> intervals : prefix.values()) {
        ranges = ranges.stream().flatMap(range -> intervals.stream().map(range::then)).toList();
      }
      return new Scan(
          ranges.stream()
              .map(range -> new Scan.Part(index, range, backwards.orElse(false)))
              .toList(),
          backwards.isPresent(),
          index.isMultikey(),
          !index.isMultikey() && bounds.areExactBy(prefix.keySet()));
    }
  }
}
