package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a query demands of single fields, as intervals of values. Every matching document fulfils
 * all of it; the other way round does not hold, so what is found is matched against the query
 * again.
 */
final class QueryBounds {
  /** Literal text at the start, without a last character that may be absent; no alternatives. */
  private static final Pattern LITERAL_PREFIX =
      Pattern.compile("(?s)(?!.*\\|)\\^([^\\\\^$.|?*+()\\[\\]{}]+)(?![*?{])");

  private static final char LAST_BUT_ONE = Character.MAX_VALUE - 1;

  /** What everything or nothing compares with. */
  private static final Set<Object> NO_BOUNDS =
      Set.of(
          Missing.getInstance(),
          MinKey.getInstance(),
          MaxKey.getInstance(),
          Double.NaN,
          Decimal128.NaN);

  /** The only filter of a partial index that is recognised in queries. */
  static final Document PRESENCE = new Document("$exists", true);

  /** Of a condition that bounds nothing. */
  private static final List<Interval> ANY = List.of(Interval.ALL);

  /** One list of intervals per condition on the field; for arrays they must not be combined. */
  private final Map<String, List<List<Interval>>> conditions = new HashMap<>();

  private boolean exact = true;

  QueryBounds(Document query) {
    collect(query);
  }

  /** Whether the query says nothing beyond the intervals of these fields. */
  boolean areExactBy(Set<String> fields) {
    return exact && fields.containsAll(conditions.keySet());
  }

  boolean constrain(String field) {
    return conditions.containsKey(field);
  }

  /** The intervals of a field, combined unless one document may hold many values. */
  List<Interval> of(String field, boolean multikey) {
    Stream<List<Interval>> all = conditions.getOrDefault(field, List.of(ANY)).stream();
    // Of several, those with few values are found first.
    return multikey
        ? all.min(Comparator.comparing(intervals -> !arePoints(intervals))).orElse(ANY)
        : all.reduce(Interval::intersection).orElse(ANY);
  }

  static boolean arePoints(List<Interval> intervals) {
    return intervals.stream().allMatch(Interval::isPoint);
  }

  /** Whether all matching documents have the same value in the field, or none matches. */
  boolean isOneValue(String field) {
    List<Interval> intervals = of(field, false);
    return intervals.size() <= 1 && arePoints(intervals);
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
        .allMatch(word -> PRESENCE.equals(word.getValue()) && demandAnyOf(List.of(word.getKey())));
  }

  private void collect(Document query) {
    for (Map.Entry<String, Object> clause : query.entrySet()) {
      switch (clause.getKey()) {
        case "$and" -> Fields.documents(query, "$and").forEach(this::collect);
        case "$or" -> collectAlternatives(Fields.documents(query, "$or"));
        default -> collect(clause);
      }
    }
  }

  private void collect(Map.Entry<String, Object> clause) {
    Object condition = Missing.ofNullable(clause.getValue());
    boolean operators = condition instanceof Document document && isOperator(document);
    Document all = operators ? (Document) condition : new Document("$eq", condition);
    all.forEach(
        (operator, operand) ->
            add(clause.getKey(), intervals(operator, Missing.ofNullable(operand))));
  }

  private static boolean isOperator(Document condition) {
    return !condition.isEmpty() && condition.keySet().iterator().next().startsWith("$");
  }

  /** A field that each alternative constrains is constrained to what any of them allows. */
  private void collectAlternatives(List<Document> alternatives) {
    exact = false;
    List<QueryBounds> each = alternatives.stream().map(QueryBounds::new).toList();
    for (String field : each.isEmpty() ? Set.<String>of() : each.getFirst().conditions.keySet()) {
      Stream<Interval> any = each.stream().flatMap(bounds -> bounds.of(field, true).stream());
      add(field, Interval.union(any.toList()));
    }
  }

  private void add(String field, List<Interval> intervals) {
    if (field.startsWith("$") || intervals.equals(ANY)) {
      exact = false;
    } else {
      conditions.computeIfAbsent(field, name -> new ArrayList<>()).add(intervals);
    }
  }

  private List<Interval> intervals(String operator, Object operand) {
    return switch (operator) {
      case "$eq" -> List.of(equal(operand));
      case "$in" -> operand instanceof Collection<?> values ? anyOf(values) : ANY;
      case "$gt", "$gte", "$lt", "$lte" -> List.of(range(operator, operand));
      default -> ANY;
    };
  }

  private List<Interval> anyOf(Collection<?> values) {
    return Interval.union(values.stream().map(Missing::ofNullable).map(this::equal).toList());
  }

  private Interval equal(Object operand) {
    // An empty array is kept as null but does not equal it; a pattern is more than its beginning.
    exact &=
        !(operand instanceof Missing || operand instanceof BsonRegularExpression)
            && hasKeyOfItsOwn(operand);
    return switch (operand) {
      case BsonRegularExpression pattern -> prefix(pattern);
      // These compare more loosely than their keys.
      case Document document -> Interval.ALL;
      case Collection<?> array -> Interval.ALL;
      default -> Interval.point(operand);
    };
  }

  /** Texts that differ in the last two characters there are share a key. */
  private static boolean hasKeyOfItsOwn(Object value) {
    return !(value instanceof String text)
        || text.chars().allMatch(character -> character < LAST_BUT_ONE);
  }

  private Interval range(String operator, Object bound) {
    exact &= hasKeyOfItsOwn(bound);
    if (bound instanceof Document || bound instanceof Collection<?> || NO_BOUNDS.contains(bound)) {
      return Interval.ALL;
    }
    Interval type = Interval.typeOf(bound);
    Interval point = Interval.point(bound);
    return switch (operator) {
      case "$gt" -> new Interval(point.high(), type.high());
      case "$gte" -> new Interval(point.low(), type.high());
      case "$lt" -> new Interval(type.low(), point.low());
      default -> new Interval(type.low(), point.high());
    };
  }

  /** A case-sensitive pattern that starts with literal text demands strings that start with it. */
  private static Interval prefix(BsonRegularExpression pattern) {
    Matcher literal = LITERAL_PREFIX.matcher(pattern.getPattern());
    if (!pattern.getOptions().isEmpty() || !literal.lookingAt()) {
      return Interval.ALL;
    }
    String start = literal.group(1);
    return new Interval(
        Interval.point(start).low(), Interval.point(start + Character.MAX_VALUE).high());
  }
}
