package com.lpai.dev.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same random documents, updates and queries with and without indexes: the answers must be the
 * same. A failure names its seed; put it into {@link #seeds()} to see it again.
 */
class DifferentialTest {
  private static final int DOCUMENTS = 150;
  private static final int ROUNDS = 250;
  private static final List<String> FIELDS = List.of("a", "b", "c", "d.e");

  private final RunningEngine engine = RunningEngine.inMemory();
  private final MongoCollection<Document> plain = engine.collection("plain");
  private final MongoCollection<Document> indexed = engine.collection("indexed");
  private Random random = new Random();

  static List<Long> seeds() {
    long first = System.nanoTime();
    return IntStream.range(0, 8).mapToObj(i -> first + i).toList();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anIndexChangesNoAnswer(long seed) {
    random = new Random(seed);
    createIndexes();
    for (int id = 0; id < DOCUMENTS; id++) {
      insert(document(id));
    }

    for (int round = 0; round < ROUNDS; round++) {
      Document query = query(2);
      change();
      compare(seed, query);
    }
  }

  private void createIndexes() {
    indexed.createIndex(Document.parse("{a: 1}"));
    indexed.createIndex(Document.parse("{a: 1, b: -1}"));
    indexed.createIndex(Document.parse("{b: 1, c: 1, a: 1}"));
    indexed.createIndex(Document.parse("{c: -1}"), new IndexOptions().sparse(true));
    indexed.createIndex(Document.parse("{'d.e': 1, a: 1}"));
    indexed.createIndex(
        Document.parse("{b: 1}"),
        new IndexOptions()
            .name("partial")
            .partialFilterExpression(Document.parse("{c: {$exists: true}}")));
  }

  private void insert(Document document) {
    plain.insertOne(document);
    // Two arrays in one index are refused; such a document does not help to compare.
    try {
      indexed.insertOne(document);
    } catch (MongoException e) {
      assertThat(e.getMessage()).contains("parallel arrays");
      plain.deleteOne(new Document("_id", document.get("_id")));
    }
  }

  private Document document(int id) {
    Document document = new Document("_id", id);
    for (String field : List.of("a", "b", "c")) {
      if (random.nextInt(5) > 0) {
        document.append(field, random.nextInt(12) == 0 ? array() : value());
      }
    }
    if (random.nextBoolean()) {
      document.append("d", new Document("e", value()));
    }
    return document;
  }

  private List<Object> array() {
    return IntStream.range(0, random.nextInt(3)).mapToObj(i -> value()).toList();
  }

  private Object value() {
    int number = random.nextInt(6);
    return switch (random.nextInt(9)) {
      case 0 -> (long) number;
      case 1 -> number + 0.5;
      case 2 -> new Decimal128(number);
      case 3, 4 -> "s" + number;
      case 5 -> random.nextBoolean();
      default -> number;
    };
  }

  private Document query(int depth) {
    Document query = new Document();
    for (int i = random.nextInt(3); i >= 0; i--) {
      query.append(field(), condition());
    }
    if (depth > 0 && random.nextInt(3) == 0) {
      query.append(
          random.nextInt(3) == 0 ? "$and" : "$or", List.of(query(depth - 1), query(depth - 1)));
    }
    return query;
  }

  private String field() {
    return random.nextInt(12) == 0 ? "_id" : FIELDS.get(random.nextInt(FIELDS.size()));
  }

  private Object condition() {
    return switch (random.nextInt(10)) {
      case 0 -> new Document("$gt", value()).append("$lte", value());
      case 1 -> new Document("$gte", value());
      case 2 -> new Document("$lt", value());
      case 3 -> new Document("$in", List.of(value(), value(), value()));
      case 4 -> new Document("$exists", random.nextBoolean());
      case 5 -> new Document("$ne", value());
      case 6 -> new Document("$regex", "^s" + random.nextInt(6));
      case 7 -> new Document("$eq", random.nextInt(4) == 0 ? null : value());
      default -> value();
    };
  }

  private void change() {
    Document query = query(0);
    Document update =
        switch (random.nextInt(4)) {
          case 0 -> new Document("$set", new Document(settable(), value()));
          case 1 -> new Document("$unset", new Document(settable(), ""));
          case 2 -> new Document("$set", new Document("b", value()).append("c", null));
          default -> new Document("$max", new Document("a", random.nextInt(6)));
        };
    Document byId = new Document("_id", random.nextInt(DOCUMENTS));
    if (random.nextInt(4) == 0) {
      assertThat(indexed.updateMany(query, update).getModifiedCount())
          .isEqualTo(plain.updateMany(query, update).getModifiedCount());
    } else if (random.nextInt(6) == 0) {
      plain.deleteOne(byId);
      indexed.deleteOne(byId);
      insert(document(byId.getInteger("_id")));
    } else {
      plain.updateOne(byId, update);
      indexed.updateOne(byId, update);
    }
  }

  private String settable() {
    return List.of("a", "b", "c").get(random.nextInt(3));
  }

  private void compare(long seed, Document query) {
    Document sort = sort();
    int limit = random.nextInt(3) * 5;
    String what = "seed " + seed + ": " + query.toJson() + " sort " + sort + " limit " + limit;
    assertThat(found(indexed, query, sort, limit))
        .as(what)
        .isEqualTo(found(plain, query, sort, limit));
    assertThat(indexed.countDocuments(query)).as(what).isEqualTo(plain.countDocuments(query));
  }

  /** Always ends with _id: without that the order of equal documents is nobody's promise. */
  private Document sort() {
    Document sort = new Document();
    for (int i = random.nextInt(3); i > 0; i--) {
      sort.append(FIELDS.get(random.nextInt(FIELDS.size())), random.nextBoolean() ? 1 : -1);
    }
    return sort.append("_id", random.nextBoolean() ? 1 : -1);
  }

  private static List<Document> found(
      MongoCollection<Document> collection, Document query, Document sort, int limit) {
    FindIterable<Document> found = collection.find(query).sort(sort).limit(limit);
    return found.into(new ArrayList<>());
  }
}
