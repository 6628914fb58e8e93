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
  private static final Pattern LITERAL_PREFIX = Pattern.compile("\\^([^\\\\^$.|?*+()\\[\\]{}]+)");

  /** One list of intervals per condition on the field; for arrays they must not be combined. */
  private final Map<String, List<List<Interval>>> conditions = new HashMap<>();

  /** The conditions word by word, to tell what they imply. */
  private final List<Map.Entry<String, Object>> clauses = new ArrayList<>();

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
    return fields.stream().anyMatch(this::demandsValue);
  }

  private boolean demandsValue(String field) {
    Interval nulls = Interval.point(Missing.getInstance());
    return conditions.getOrDefault(field, List.of()).stream()
        .anyMatch(intervals -> Interval.intersection(intervals, List.of(nulls)).isEmpty());
  }

  /** Whether every matching document fulfils the filter of a partial index. */
  boolean imply(Document filter) {
    return filter.entrySet().stream().allMatch(this::implies);
  }

  private boolean implies(Map.Entry<String, Object> condition) {
    if (clauses.contains(condition)) {
      return true;
    }
    if (condition.getKey().equals("$and") && condition.getValue() instanceof List<?> parts) {
      return parts.stream().allMatch(part -> part instanceof Document filter && imply(filter));
    }
    return condition.getValue() instanceof Document operators
        && !operators.isEmpty()
        && operators.entrySet().stream().allMatch(one -> implies(condition.getKey(), one));
  }

  private boolean implies(String field, Map.Entry<String, Object> operator) {
    if (clauses.contains(Map.entry(field, new Document(operator.getKey(), operator.getValue())))) {
      return true;
    }
    return switch (operator.getKey()) {
      case "$exists" -> Boolean.TRUE.equals(operator.getValue()) && demandsValue(field);
      case "$type" -> "string".equals(operator.getValue()) && demandsString(field);
      default -> false;
    };
  }

  private boolean demandsString(String field) {
    List<Interval> strings = List.of(rankOf(""));
    return conditions.getOrDefault(field, List.of()).stream()
        .anyMatch(intervals -> Interval.intersection(intervals, strings).equals(intervals));
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
        collectField(clause.getKey(), Missing.ofNullable(clause.getValue()));
      }
    }
  }

  /** A field that each alternative constrains is constrained to what any of them allows. */
  private void collectAlternatives(List<Document> alternatives) {
    exact = false;
    List<QueryBounds> each = alternatives.stream().map(QueryBounds::of).toList();
    if (each.isEmpty()) {
      return;
    }
    for (String field : each.getFirst().conditions.keySet()) {
      if (each.stream().allMatch(bounds -> bounds.constrain(field))) {
        List<Interval> any =
            each.stream().flatMap(bounds -> bounds.of(field, true).stream()).toList();
        add(field, Interval.union(any));
      }
    }
  }

  private void collectField(String field, Object condition) {
    if (condition instanceof Document operators && hasOperators(operators)) {
      for (Map.Entry<String, Object> operator : operators.entrySet()) {
        Object operand = Missing.ofNullable(operator.getValue());
        clauses.add(Map.entry(field, new Document(operator.getKey(), operator.getValue())));
        intervals(operator.getKey(), operand)
            .ifPresentOrElse(found -> add(field, found), () -> exact = false);
      }
      return;
    }
    clauses.add(Map.entry(field, condition));
    intervals("$eq", condition).ifPresentOrElse(found -> add(field, found), () -> exact = false);
  }

  private void add(String field, List<Interval> intervals) {
    conditions.computeIfAbsent(field, name -> new ArrayList<>()).add(intervals);
  }

  private static boolean hasOperators(Document condition) {
    return !condition.isEmpty() && condition.keySet().iterator().next().startsWith("$");
  }

  private Optional<List<Interval>> intervals(String operator, Object operand) {
    return switch (operator) {
      case "$eq" -> point(operand).map(List::of);
      case "$in" -> points(operand);
      case "$gt" -> range(operand, true, false);
      case "$gte" -> range(operand, true, true);
      case "$lt" -> range(operand, false, false);
      case "$lte" -> range(operand, false, true);
      case "$regex" -> prefix(operand);
      default -> Optional.empty();
    };
  }

  private Optional<Interval> point(Object operand) {
    if (operand instanceof BsonRegularExpression regex) {
      return prefix(regex).map(List::getFirst);
    }
    if (operand instanceof Collection<?>) {
      return Optional.empty();
    }
    if (operand instanceof Missing || operand instanceof Document) {
      // An empty array is kept as null but does not equal it; documents compare more loosely.
      exact = false;
    }
    return operand instanceof Document ? Optional.empty() : Optional.of(Interval.point(operand));
  }

  private Optional<List<Interval>> points(Object operand) {
    if (!(operand instanceof Collection<?> values)) {
      return Optional.empty();
    }
    List<Interval> points = new ArrayList<>(values.size());
    for (Object value : values) {
      Optional<Interval> point = point(Missing.ofNullable(value));
      if (point.isEmpty()) {
        return Optional.empty();
      }
      points.add(point.get());
    }
    return Optional.of(Interval.union(points));
  }

  private static Optional<List<Interval>> range(Object bound, boolean above, boolean included) {
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
    Interval rank = rankOf(bound);
    return Optional.of(
        List.of(
            above
                ? new Interval(bound, included, rank.high(), true)
                : new Interval(rank.low(), true, bound, included)));
  }

  /** All values of the same type: MongoDB compares only within one. */
  private static Interval rankOf(Object value) {
    return new Interval(ValueOrder.before(value), true, ValueOrder.after(value), true);
  }

  /** A case-sensitive pattern that starts with literal text demands strings that start with it. */
  private Optional<List<Interval>> prefix(Object pattern) {
    exact = false;
    String text = pattern instanceof BsonRegularExpression regex ? regex.getPattern() : "";
    String options = pattern instanceof BsonRegularExpression regex ? regex.getOptions() : "";
    Matcher literal = LITERAL_PREFIX.matcher(text);
    if ((options != null && !options.isEmpty()) || text.contains("|") || !literal.lookingAt()) {
      return Optional.empty();
    }
    String start = literal.group(1);
    boolean lastIsOptional =
        literal.end() < text.length() && "*?{".indexOf(text.charAt(literal.end())) >= 0;
    if (lastIsOptional) {
      start = start.substring(0, start.length() - 1);
    }
    return Optional.of(List.of(new Interval(start, true, start + Character.MAX_VALUE, true)));
  }
}
