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
    QueryBounds bounds = new QueryBounds(query);
    if (bounds.isOneValue(IndexDefinition.ID)) {
      // No other index finds fewer, and most changes are of this kind.
      return new Candidate(documents, bounds, sort).scan();
    }
    return best(bounds, sort, limited)
        .or(() -> unionOfAlternatives(query))
        .orElseGet(() -> new Candidate(documents, bounds, sort).scan());
  }

  private Optional<Scan> best(QueryBounds bounds, SortOrder sort, boolean limited) {
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
      Optional<Scan> scan = best(new QueryBounds(both), SortOrder.ANY, false);
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

    /** How many leading fields the wanted order does without. */
    private final int led;

    /** How to read to get the wanted order; empty if no direction gives it. */
    private final Optional<Boolean> backwards;

    private final boolean sorts;

    Candidate(StoredIndex index, QueryBounds bounds, SortOrder sort) {
      this.index = index;
      this.bounds = bounds;
      points = usePrefix();
      led = isOverSeveral(sort) ? singles() : points;
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

    private List<Interval> intervals(String field) {
      return prefix.getOrDefault(field, List.of());
    }

    /** Whether it is sorted by a field of which several values are fixed. */
    private boolean isOverSeveral(SortOrder sort) {
      return index.fields().subList(0, points).stream()
          .anyMatch(field -> sort.fields().containsKey(field) && intervals(field).size() > 1);
    }

    /** How many leading fields have one value only. */
    private int singles() {
      return (int)
          index.fields().subList(0, points).stream()
              .takeWhile(field -> intervals(field).size() == 1)
              .count();
    }

    /** The sort must go on after the fields that it does without, in one direction; _id ends it. */
    private Optional<Boolean> direction(SortOrder sort) {
      List<String> fixed = index.fields().subList(0, led);
      List<String> rest = index.fields().subList(led, index.fields().size());
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
      List<String> constrained = List.copyOf(prefix.keySet());
      List<Interval> ranges = ranges(constrained.subList(led, constrained.size()));
      List<Scan.Part> parts =
          ranges(constrained.subList(0, led)).stream()
              .flatMap(values -> ranges.stream().map(range -> part(values, range)))
              .toList();
      return new Scan(
          parts,
          sorts,
          index.isMultikey(),
          !index.isMultikey() && bounds.areExactBy(prefix.keySet()));
    }

    private Scan.Part part(Interval values, Interval range) {
      return new Scan.Part(
          index, values.then(range), values.start().length(), backwards.orElse(false));
    }

    /** All combinations of what is wanted of these fields. */
    private List<Interval> ranges(List<String> fields) {
      List<Interval> ranges = List.of(Interval.ALL);
      for (String field : fields) {
        ranges =
            ranges.stream().flatMap(range -> intervals(field).stream().map(range::then)).toList();
      }
      return ranges;
    }
  }
}
