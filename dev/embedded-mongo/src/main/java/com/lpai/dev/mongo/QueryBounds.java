package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a query demands of single fields, as intervals of values. Every matching document fulfils
 * all of it; the other way round does not hold, so what is found is matched against the query
 * again.
 */
final class QueryBounds {
  /** Literal text at the start, without a last character that may be absent; no alternatives. */
  private static final Pattern LITERAL_PREFIX =
      Pattern.compile("(?s)(?!.*\\|)\\^([^\\\\^$.|?*+()\\[\\]{}]+)(?![*?{])");

  /** One list of intervals per condition on the field; for arrays they must not be combined. */
  private final Map<String, List<List<Interval>>> conditions = new HashMap<>();

  /** The conditions word by word, to tell what they imply. */
  private final List<Map.Entry<String, Document>> clauses = new ArrayList<>();

  private boolean exact = true;

  private QueryBounds() {}

  static QueryBounds of(Document query) {
    QueryBounds bounds = new QueryBounds();
    bounds.collect(query);
    return bounds;
  }

  /** Whether the query says nothing beyond these intervals. */
  boolean areExact() {
    return exact;
  }

  boolean constrain(String field) {
    return conditions.containsKey(field);
  }

  /** The intervals of a constrained field, combined unless one document may hold many values. */
  List<Interval> of(String field, boolean multikey) {
    List<List<Interval>> all = conditions.getOrDefault(field, List.of());
    if (multikey) {
      return all.stream().filter(QueryBounds::arePoints).findFirst().orElse(all.getFirst());
    }
    return all.stream().reduce(Interval::intersection).orElseThrow();
  }

  static boolean arePoints(List<Interval> intervals) {
    return intervals.stream().allMatch(Interval::isPoint);
  }

  /** Whether a matching document surely has one of the fields, with another value than null. */
  boolean demandAnyOf(List<String> fields) {
    List<Interval> nulls = List.of(Interval.point(Missing.getInstance()));
    return fields.stream()
        .flatMap(field -> conditions.getOrDefault(field, List.of()).stream())
        .anyMatch(intervals -> Interval.intersection(intervals, nulls).isEmpty());
  }

  /** Whether every matching document fulfils the filter of a partial index. */
  boolean imply(Document filter) {
    return filter.entrySet().stream()
        .allMatch(
            condition ->
                words(condition.getKey(), Missing.ofNullable(condition.getValue())).stream()
                    .allMatch(word -> clauses.contains(word) || impliesPresence(word)));
  }

  private boolean impliesPresence(Map.Entry<String, Document> word) {
    return word.getValue().equals(new Document("$exists", true))
        && demandAnyOf(List.of(word.getKey()));
  }

  /** The condition on a field, one operator at a time. */
  private static List<Map.Entry<String, Document>> words(String field, Object condition) {
    if (condition instanceof Document operators
        && !operators.isEmpty()
        && operators.keySet().iterator().next().startsWith("$")) {
      return operators.entrySet().stream()
          .map(one -> Map.entry(field, new Document(one.getKey(), one.getValue())))
          .toList();
    }
    return List.of(Map.entry(field, new Document("$eq", condition)));
  }

  private void collect(Document query) {
    for (Map.Entry<String, Object> clause : query.entrySet()) {
      if (clause.getKey().equals("$and")) {
        Fields.documents(query, "$and").forEach(this::collect);
      } else if (clause.getKey().equals("$or")) {
        collectAlternatives(Fields.documents(query, "$or"));
      } else if (clause.getKey().startsWith("$")) {
        exact = false;
      } else {
        words(clause.getKey(), Missing.ofNullable(clause.getValue())).forEach(this::collect);
      }
    }
  }

  private void collect(Map.Entry<String, Document> word) {
    clauses.add(word);
    word.getValue()
        .forEach(
            (operator, operand) ->
                intervals(operator, Missing.ofNullable(operand))
                    .ifPresentOrElse(found -> add(word.getKey(), found), () -> exact = false));
  }

  /** A field that each alternative constrains is constrained to what any of them allows. */
  private void collectAlternatives(List<Document> alternatives) {
    exact = false;
    List<QueryBounds> each = alternatives.stream().map(QueryBounds::of).toList();
    for (String field : each.isEmpty() ? List.<String>of() : each.getFirst().conditions.keySet()) {
      if (each.stream().allMatch(bounds -> bounds.constrain(field))) {
        add(
            field,
            Interval.union(
                each.stream().flatMap(bounds -> bounds.of(field, true).stream()).toList()));
      }
    }
  }

  private void add(String field, List<Interval> intervals) {
    conditions.computeIfAbsent(field, name -> new ArrayList<>()).add(intervals);
  }

  private Optional<List<Interval>> intervals(String operator, Object operand) {
    return switch (operator) {
      case "$eq" -> point(operand);
      case "$in" -> points(operand);
      case "$gt", "$gte", "$lt", "$lte" -> range(operator, operand);
      case "$regex" -> prefix(operand);
      default -> Optional.empty();
    };
  }

  private Optional<List<Interval>> point(Object operand) {
    if (operand instanceof BsonRegularExpression) {
      return prefix(operand);
    }
    // An empty array is kept as null but does not equal it.
    exact &= !(operand instanceof Missing);
    // Documents compare more loosely.
    return operand instanceof Collection<?> || operand instanceof Document
        ? Optional.empty()
        : Optional.of(List.of(Interval.point(operand)));
  }

  private Optional<List<Interval>> points(Object operand) {
    if (!(operand instanceof Collection<?> values)) {
      return Optional.empty();
    }
    List<Interval> points = new ArrayList<>();
    for (Object value : values) {
      Optional<List<Interval>> point = point(Missing.ofNullable(value));
      if (point.isEmpty()) {
        return Optional.empty();
      }
      points.addAll(point.get());
    }
    return Optional.of(Interval.union(points));
  }

  private static Optional<List<Interval>> range(String operator, Object bound) {
    boolean comparable =
        !(bound instanceof Missing
            || bound instanceof Collection<?>
            || bound instanceof Document
            || bound instanceof MinKey
            || bound instanceof MaxKey
            || (bound instanceof Number number && Double.isNaN(number.doubleValue())));
    if (!comparable) {
      return Optional.empty();
    }
    Interval type = Interval.typeOf(bound);
    Interval point = Interval.point(bound);
    return Optional.of(
        List.of(
            switch (operator) {
              case "$gt" -> new Interval(point.high(), type.high());
              case "$gte" -> new Interval(point.low(), type.high());
              case "$lt" -> new Interval(type.low(), point.low());
              default -> new Interval(type.low(), point.high());
            }));
  }

  /** A case-sensitive pattern that starts with literal text demands strings that start with it. */
  private Optional<List<Interval>> prefix(Object pattern) {
    exact = false;
    String text = pattern instanceof BsonRegularExpression regex ? regex.getPattern() : "";
    String options = pattern instanceof BsonRegularExpression regex ? regex.getOptions() : "";
    Matcher literal = LITERAL_PREFIX.matcher(text);
    if ((options != null && !options.isEmpty()) || !literal.lookingAt()) {
      return Optional.empty();
    }
    String start = literal.group(1);
    return Optional.of(
        List.of(
            new Interval(
                Interval.point(start).low(), Interval.point(start + Character.MAX_VALUE).high())));
  }
}
