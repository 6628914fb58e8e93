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

  private final PrimaryIndex primary;
  private final List<? extends SortedKeys> indexes;

  Planner(PrimaryIndex primary, List<? extends SortedKeys> indexes) {
    this.primary = primary;
    this.indexes = indexes;
  }

  /**
   * @param sort field to direction, empty for any order
   * @param limited whether only the first results are wanted
   */
  Scan plan(Document query, Document sort, boolean limited) {
    return best(query, sort, limited)
        .<Scan>map(Candidate::scan)
        .or(() -> unionOfAlternatives(query))
        .orElseGet(() -> new Candidate(primary, QueryBounds.of(new Document()), sort).scan());
  }

  /** The scan of an index that finds exactly the matching documents, if there is one. */
  Optional<Scan> exactPlan(Document query) {
    QueryBounds bounds = QueryBounds.of(query);
    return best(query, new Document(), false)
        .filter(candidate -> bounds.areExact() && candidate.usesAllOf(query))
        .map(Candidate::scan);
  }

  private Optional<Candidate> best(Document query, Document sort, boolean limited) {
    QueryBounds bounds = QueryBounds.of(query);
    List<SortedKeys> all = new ArrayList<>(indexes);
    all.addFirst(primary);
    return all.stream()
        .filter(keys -> keys.covers(bounds))
        .map(keys -> new Candidate(keys, bounds, sort))
        .filter(candidate -> candidate.isUseful(limited))
        .max(Comparator.comparingInt(candidate -> candidate.score));
  }

  /** $or without a common index: each alternative by its own, if every one has one. */
  private Optional<Scan> unionOfAlternatives(Document query) {
    List<Document> alternatives = Fields.documents(query, "$or");
    List<Scan> scans = new ArrayList<>();
    for (Document alternative : alternatives) {
      Document both = new Document("$and", List.of(alternative, without(query, "$or")));
      Optional<Scan> scan = best(both, new Document(), false).map(Candidate::scan);
      if (scan.isEmpty()) {
        return Optional.empty();
      }
      scans.add(scan.get());
    }
    return scans.isEmpty() ? Optional.empty() : Optional.of(new Scan.Union(scans));
  }

  private static Document without(Document query, String key) {
    Document rest = query.clone();
    rest.remove(key);
    return rest;
  }

  /** One index and what it can do for the query. */
  private static final class Candidate {
    private final SortedKeys keys;

    /** Intervals of the leading fields: points, and a range on the last one at most. */
    private final Map<String, List<Interval>> prefix = new LinkedHashMap<>();

    private final boolean sorts;
    private final boolean backwards;
    private final int mergeFrom;
    private final int score;

    Candidate(SortedKeys keys, QueryBounds bounds, Document sort) {
      this.keys = keys;
      int pointFields = usePrefix(bounds);
      Optional<Boolean> direct = direction(sort, singlePoints());
      Optional<Boolean> merged =
          rangeCount() <= MAX_MERGED ? direction(sort, pointFields) : Optional.empty();
      sorts = !sort.isEmpty() && (direct.isPresent() || merged.isPresent());
      backwards = direct.or(() -> merged).orElse(false);
      mergeFrom = direct.isEmpty() && merged.isPresent() ? pointFields : Scan.OfKeys.NO_MERGE;
      score =
          pointFields * POINT_SCORE
              + (pointFields >= keys.identifyingFields() ? UNIQUE_SCORE : 0)
              + (sorts ? SORT_SCORE : 0)
              + (prefix.size() > pointFields ? RANGE_SCORE : 0);
    }

    /** Takes leading fields as far as they are constrained; answers how many hold points only. */
    private int usePrefix(QueryBounds bounds) {
      for (String field : keys.fields()) {
        if (!bounds.constrain(field) || prefix.containsKey(field)) {
          return prefix.size();
        }
        List<Interval> intervals = bounds.of(field, keys.isMultikey());
        if (rangeCount() * intervals.size() > MAX_RANGES) {
          return prefix.size();
        }
        prefix.put(field, intervals);
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
      int count = 0;
      for (List<Interval> intervals : prefix.values()) {
        if (intervals.size() != 1 || !intervals.getFirst().isPoint()) {
          break;
        }
        count++;
      }
      return count;
    }

    /**
     * Whether reading backwards gives the wanted order when the first fields are fixed; empty if no
     * direction gives it.
     */
    private Optional<Boolean> direction(Document sort, int fixed) {
      if (keys.isMultikey()) {
        return Optional.empty();
      }
      List<String> fixedFields = keys.fields().subList(0, fixed);
      Optional<Boolean> backward = Optional.empty();
      int next = fixed;
      for (Map.Entry<String, Object> item : sort.entrySet()) {
        if (fixedFields.contains(item.getKey())) {
          continue;
        }
        if (next > 0 && keys.fields().subList(0, next).contains(PrimaryIndex.ID)) {
          break;
        }
        if (next == keys.fields().size()
            || !keys.fields().get(next).equals(item.getKey())
            || !(item.getValue() instanceof Number wanted)) {
          return Optional.empty();
        }
        boolean opposite = (wanted.intValue() > 0) != keys.directions().get(next);
        if (backward.isPresent() && backward.get() != opposite) {
          return Optional.empty();
        }
        backward = Optional.of(opposite);
        next++;
      }
      return backward.or(() -> Optional.of(false));
    }

    boolean isUseful(boolean limited) {
      return !prefix.isEmpty() || (sorts && limited);
    }

    /** Whether the ranges say all that the query says; the last key value has no open ends. */
    boolean usesAllOf(Document query) {
      return !keys.isMultikey()
          && prefix.size() < keys.fields().size()
          && prefix.keySet().containsAll(query.keySet());
    }

    Scan.OfKeys scan() {
      List<List<Interval>> combinations = new ArrayList<>(List.of(List.of()));
      int field = 0;
      for (List<Interval> intervals : prefix.values()) {
        boolean ascending = keys.directions().get(field++);
        combinations = extend(combinations, ascending ? intervals : intervals.reversed());
      }
      List<KeyRange> ranges =
          combinations.stream()
              .map(intervals -> new KeyRange(key(intervals, true), key(intervals, false)))
              .toList();
      return new Scan.OfKeys(keys, ranges, backwards, mergeFrom, sorts);
    }

    private static List<List<Interval>> extend(
        List<List<Interval>> combinations, List<Interval> intervals) {
      List<List<Interval>> longer = new ArrayList<>();
      for (List<Interval> combination : combinations) {
        for (Interval interval : intervals) {
          List<Interval> next = new ArrayList<>(combination);
          next.add(interval);
          longer.add(next);
        }
      }
      return longer;
    }

    /** The first or last key, in the order of the index, with leading values in the intervals. */
    private Object[] key(List<Interval> intervals, boolean first) {
      Object[] key = new Object[keys.fields().size()];
      boolean included = true;
      for (int i = 0; i < key.length; i++) {
        boolean low = first == keys.directions().get(i);
        if (i < intervals.size()) {
          Interval interval = intervals.get(i);
          key[i] = low ? interval.low() : interval.high();
          included &= low ? interval.lowIncluded() : interval.highIncluded();
        } else {
          key[i] = low == included ? ValueOrder.LOWEST : ValueOrder.HIGHEST;
        }
      }
      return key;
    }
  }
}
