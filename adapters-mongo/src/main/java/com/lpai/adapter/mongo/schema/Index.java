package com.lpai.adapter.mongo.schema;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * One index; all fields ascending. Its name is made of its fields, so that a refusal of the server
 * tells which one it was.
 */
record Index(String collection, List<String> fields, Kind kind) {

  /** What an index does besides finding. */
  sealed interface Kind {
    /** Nothing. */
    record Plain() implements Kind {}

    /** No two documents are equal in its fields. */
    record Unique() implements Kind {}

    /**
     * As {@link Unique}, among documents that have this field. {@code $exists} is the condition
     * that every server knows (mongo.md 7).
     */
    record UniqueWhere(String present) implements Kind {}

    /** Only of documents that have this field. */
    record PlainWhere(String present) implements Kind {}

    /** Documents go this long after its time, where the server does that. */
    record Expiring(Duration after) implements Kind {}
  }

  static Index plain(String collection, String... fields) {
    return new Index(collection, List.of(fields), new Kind.Plain());
  }

  static Index unique(String collection, String... fields) {
    return new Index(collection, List.of(fields), new Kind.Unique());
  }

  static Index uniqueWhere(String present, String collection, String... fields) {
    return new Index(collection, List.of(fields), new Kind.UniqueWhere(present));
  }

  static Index plainWhere(String present, String collection, String... fields) {
    return new Index(collection, List.of(fields), new Kind.PlainWhere(present));
  }

  static Index expiring(Duration after, String collection, String field) {
    return new Index(collection, List.of(field), new Kind.Expiring(after));
  }

  String name() {
    return fields.stream().map(field -> field + "_1").collect(Collectors.joining("_"));
  }

  Document key() {
    Document key = new Document();
    fields.forEach(field -> key.append(field, 1));
    return key;
  }

  IndexOptions options() {
    IndexOptions options = new IndexOptions().name(name());
    return switch (kind) {
      case Kind.Plain plain -> options;
      case Kind.Unique unique -> options.unique(true);
      case Kind.UniqueWhere(String present) ->
          options.unique(true).partialFilterExpression(where(present));
      case Kind.PlainWhere(String present) -> options.partialFilterExpression(where(present));
      case Kind.Expiring(Duration after) ->
          options.expireAfter(after.toSeconds(), TimeUnit.SECONDS);
    };
  }

  private static Bson where(String present) {
    return Filters.exists(present);
  }

  private static Document present(String field) {
    return new Document(field, new Document("$exists", true));
  }

  /** True when an index as the server lists it is this one. */
  boolean isSameAs(Document listed) {
    Document condition =
        switch (kind) {
          case Kind.UniqueWhere(String present) -> present(present);
          case Kind.PlainWhere(String present) -> present(present);
          case Kind.Plain plain -> new Document();
          case Kind.Unique unique -> new Document();
          case Kind.Expiring expiring -> new Document();
        };
    boolean unique = kind instanceof Kind.Unique || kind instanceof Kind.UniqueWhere;
    return hasSameKeyAs(listed)
        && Boolean.TRUE.equals(listed.getBoolean("unique", false)) == unique
        && !listed.getBoolean("sparse", false)
        && listed.get("partialFilterExpression", new Document()).equals(condition)
        && listed.containsKey("expireAfterSeconds") == kind instanceof Kind.Expiring;
  }

  boolean hasSameKeyAs(Document listed) {
    Document key = listed.get("key", new Document());
    return List.copyOf(key.keySet()).equals(fields)
        && key.values().stream()
            .allMatch(order -> order instanceof Number number && number.intValue() == 1);
  }
}
