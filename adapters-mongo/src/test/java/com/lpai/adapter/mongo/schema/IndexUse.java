package com.lpai.adapter.mongo.schema;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonRegularExpression;
import org.bson.BsonValue;
import org.bson.Document;

/**
 * Whether an index serves a command: its first fields bound what is looked at, by more than the
 * location where more is asked for, and its next ones give the order. Servers are not asked to
 * explain, which not all of them can; nor do they tell what a million documents would cost.
 */
final class IndexUse {
  private static final String LOCATION_ID = "locationId";

  /** Equal in most documents of a location: an index on them alone bounds nothing else. */
  private static final Set<String> COARSE = Set.of(LOCATION_ID, "live");

  private static final Set<String> WITHOUT_A_FILTER =
      Set.of("insert", "getMore", "listIndexes", "endSessions", "killCursors");

  /** What a filter says of a field. */
  private enum Bound {
    EQUAL,
    ONE_OF,
    FROM,
    TO,
    BEGINNING
  }

  /** What a command asks one collection for. */
  record Query(String collection, BsonDocument filter, List<String> sort, boolean isLimited) {
    static List<Query> of(BsonDocument command) {
      String name = command.getFirstKey();
      if (WITHOUT_A_FILTER.contains(name)) {
        return List.of();
      }
      String collection = command.getString(name).getValue();
      return switch (name) {
        case "find" ->
            List.of(
                new Query(
                    collection,
                    command.getDocument("filter", new BsonDocument()),
                    List.copyOf(command.getDocument("sort", new BsonDocument()).keySet()),
                    !command.getInt32("limit", new BsonInt32(0)).equals(new BsonInt32(0))));
        case "count" ->
            command.containsKey("query")
                ? List.of(all(collection, command.getDocument("query")))
                : List.of();
        case "aggregate" -> List.of(all(collection, matched(command)));
        case "findAndModify" -> List.of(all(collection, command.getDocument("query")));
        case "update" -> written(collection, command, "updates");
        case "delete" -> written(collection, command, "deletes");
        default -> throw new IllegalArgumentException("what does " + name + " ask for?");
      };
    }

    private static Query all(String collection, BsonDocument filter) {
      return new Query(collection, filter, List.of(), false);
    }

    private static BsonDocument matched(BsonDocument aggregate) {
      BsonDocument first = aggregate.getArray("pipeline").getFirst().asDocument();
      return first.getDocument("$match", new BsonDocument());
    }

    private static List<Query> written(String collection, BsonDocument command, String writes) {
      return command.getArray(writes).stream()
          .map(write -> all(collection, write.asDocument().getDocument("q")))
          .toList();
    }

    @Override
    public String toString() {
      return collection + " " + filter.toJson() + (sort.isEmpty() ? "" : " by " + sort);
    }
  }

  /** An index as a server lists it. */
  private record Listed(List<String> fields, boolean isUnique, Set<String> onlyWhere) {
    static Listed of(Document index) {
      List<String> fields = List.copyOf(index.get("key", Document.class).keySet());
      return new Listed(
          fields,
          index.getBoolean("unique", false) || fields.equals(List.of("_id")),
          index.get("partialFilterExpression", new Document()).keySet());
    }
  }

  private final List<Listed> indexes;

  IndexUse(Iterable<Document> listed) {
    indexes = new ArrayList<>();
    listed.forEach(index -> indexes.add(Listed.of(index)));
  }

  /** What is wrong; empty when an index serves it. */
  Optional<String> objection(Query query) {
    Filter filter = new Filter(query.filter());
    if (isServed(query, filter)) {
      return filter.telling(query.sort()).stream()
          .filter(field -> filter.isEqual(field) && isOutOfOrder(query, filter, field))
          .findFirst()
          .map(field -> query + ": no index on " + field + " gives the order");
    }
    boolean everyPartIs =
        !filter.alternatives.isEmpty()
            && filter.alternatives.stream()
                .allMatch(part -> isServed(query, filter.with(part.asDocument())));
    return everyPartIs ? Optional.empty() : Optional.of(query + ": no index");
  }

  private boolean isServed(Query query, Filter filter) {
    return indexes.stream().map(index -> new Use(index, query, filter)).anyMatch(Use::isGood);
  }

  /** True when there are indexes on the field, and whoever takes one of them has to sort. */
  private boolean isOutOfOrder(Query query, Filter filter, String field) {
    List<Use> uses =
        indexes.stream()
            .map(index -> new Use(index, query, filter))
            .filter(use -> use.bound.contains(field))
            .toList();
    return !uses.isEmpty() && uses.stream().noneMatch(Use::givesTheOrder);
  }

  /** What all of a filter's parts say together. */
  private static final class Filter {
    private final Map<String, Set<Bound>> bounds = new HashMap<>();
    private final List<BsonValue> alternatives = new ArrayList<>();
    private boolean holdsMore;

    Filter(BsonDocument filter) {
      read(filter);
    }

    private Filter(Filter filter) {
      holdsMore = filter.holdsMore;
      filter.bounds.forEach((field, said) -> bounds.put(field, EnumSet.copyOf(said)));
    }

    Filter with(BsonDocument part) {
      Filter both = new Filter(this);
      both.read(part);
      return both;
    }

    private void read(BsonDocument filter) {
      filter.forEach(
          (field, condition) -> {
            switch (field) {
              case "$and" -> condition.asArray().forEach(part -> read(part.asDocument()));
              case "$or" -> alternatives.addAll(condition.asArray());
              default -> {
                Set<Bound> said = said(condition);
                holdsMore |= said.isEmpty();
                if (!said.isEmpty()) {
                  bounds.computeIfAbsent(field, first -> EnumSet.noneOf(Bound.class)).addAll(said);
                }
              }
            }
          });
    }

    private static Set<Bound> said(BsonValue condition) {
      if (condition instanceof BsonRegularExpression words) {
        return words.getPattern().startsWith("^")
            ? EnumSet.of(Bound.BEGINNING)
            : EnumSet.noneOf(Bound.class);
      }
      boolean isValue =
          !(condition instanceof BsonDocument document)
              || document.isEmpty()
              || !document.getFirstKey().startsWith("$");
      if (isValue) {
        return EnumSet.of(Bound.EQUAL);
      }
      Set<Bound> said = EnumSet.noneOf(Bound.class);
      for (String operator : condition.asDocument().keySet()) {
        switch (operator) {
          case "$eq" -> said.add(Bound.EQUAL);
          case "$in" -> said.add(Bound.ONE_OF);
          case "$gt", "$gte" -> said.add(Bound.FROM);
          case "$lt", "$lte" -> said.add(Bound.TO);
          default -> {
            // "$exists", "$ne" and the like bound nothing.
          }
        }
      }
      return said;
    }

    private boolean says(String field, Bound bound) {
      return bounds.getOrDefault(field, Set.of()).contains(bound);
    }

    boolean isEqual(String field) {
      return says(field, Bound.EQUAL);
    }

    boolean isAmong(String field) {
      return says(field, Bound.ONE_OF);
    }

    boolean isBeginning(String field) {
      return says(field, Bound.BEGINNING);
    }

    boolean isBounded(String field) {
      return bounds.containsKey(field);
    }

    /** The fields that make the result small; where a page begins does not. */
    Set<String> telling(List<String> sort) {
      Set<String> telling = new HashSet<>(bounds.keySet());
      telling.removeAll(COARSE);
      telling.removeIf(
          field ->
              sort.contains(field)
                  && (bounds.get(field).equals(EnumSet.of(Bound.FROM))
                      || bounds.get(field).equals(EnumSet.of(Bound.TO))));
      return telling;
    }

    /** Without what nearly all documents are. */
    Set<String> coarse() {
      Set<String> coarse = new HashSet<>(bounds.keySet());
      coarse.retainAll(COARSE);
      coarse.remove("live");
      return coarse;
    }
  }

  /** How one index would be used. */
  private static final class Use {
    private final Listed index;
    private final Query query;
    private final Filter filter;

    /** How many of the index's fields stand still or have few values. */
    private final int still;

    /** The first fields of the index that the filter bounds. */
    private final Set<String> bound;

    Use(Listed index, Query query, Filter filter) {
      this.index = index;
      this.query = query;
      this.filter = filter;
      List<String> fields = index.fields();
      int count = 0;
      while (count < fields.size()
          && (filter.isEqual(fields.get(count)) || filter.isAmong(fields.get(count)))) {
        count++;
      }
      still = count;
      boolean alsoARange = count < fields.size() && filter.isBounded(fields.get(count));
      bound = Set.copyOf(fields.subList(0, alsoARange ? count + 1 : count));
    }

    boolean isGood() {
      return holdsAllThatIsMeant() && boundsEnough() && givesTheOrder();
    }

    private boolean holdsAllThatIsMeant() {
      return index.onlyWhere().stream().allMatch(filter::isBounded);
    }

    private boolean boundsEnough() {
      Set<String> telling = filter.telling(query.sort());
      if (findsByKey()) {
        return true;
      }
      if (bound.isEmpty() || (filter.holdsMore && COARSE.containsAll(bound))) {
        return false;
      }
      if (telling.isEmpty()) {
        return bound.containsAll(filter.coarse());
      }
      boolean isOfATenant = filter.isBounded(LOCATION_ID);
      return bound.stream().anyMatch(telling::contains) && (!isOfATenant || bound.size() >= 2);
    }

    /** Each value that is asked for is that of one document at most. */
    private boolean findsByKey() {
      return index.isUnique() && still == index.fields().size();
    }

    boolean givesTheOrder() {
      List<String> left = query.sort().stream().filter(field -> !filter.isEqual(field)).toList();
      boolean isOne = findsByKey() && index.fields().stream().allMatch(filter::isEqual);
      // A caller's own list of values bounds what there is to sort.
      boolean isAPage = !query.isLimited() && bound.stream().anyMatch(filter::isAmong);
      // What begins with a word has no order but that of the words.
      boolean isASearch = bound.stream().anyMatch(filter::isBeginning);
      return left.isEmpty() || isOne || isAPage || isASearch || comesInOrder(left);
    }

    private boolean comesInOrder(List<String> left) {
      List<String> fields = index.fields();
      for (int from = 0; from <= still && from + left.size() <= fields.size(); from++) {
        if (fields.subList(from, from + left.size()).equals(left)) {
          return true;
        }
      }
      return false;
    }
  }
}
