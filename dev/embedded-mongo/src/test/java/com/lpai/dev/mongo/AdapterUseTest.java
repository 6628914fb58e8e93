package com.lpai.dev.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.regex;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.WriteConcern;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bson.BsonBinarySubType;
import org.bson.BsonRegularExpression;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.bson.types.Code;
import org.bson.types.Decimal128;
import org.bson.types.MaxKey;
import org.bson.types.MinKey;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the product's adapters use of MongoDB. */
class AdapterUseTest {
  private final RunningEngine engine = RunningEngine.inMemory();
  private final MongoCollection<Document> things = engine.collection("things");

  @AfterEach
  void stop() {
    engine.close();
  }

  private static Document thing(Object id, Object... fields) {
    Document thing = new Document("_id", id);
    for (int i = 0; i < fields.length; i += 2) {
      thing.append((String) fields[i], fields[i + 1]);
    }
    return thing;
  }

  private List<Object> ids(Bson filter, Bson sort, int limit) {
    List<Object> ids = new ArrayList<>();
    things.find(filter).sort(sort).limit(limit).forEach(found -> ids.add(found.get("_id")));
    return ids;
  }

  @Test
  void everyTypeOfValueComesBackUnchanged() {
    Document values =
        thing(
            new ObjectId(),
            "decimal",
            new Decimal128(new BigDecimal("1234567890.123456789")),
            "date",
            Date.from(Instant.ofEpochMilli(1_700_000_000_123L)),
            "encrypted",
            new Binary(BsonBinarySubType.ENCRYPTED, new byte[] {1, 2, 3}),
            "generic",
            new Binary(new byte[] {4, 5}),
            "userDefined",
            new Binary((byte) 0x80, new byte[] {6}),
            "uuid",
            UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
            "long",
            1L << 60,
            "int",
            7,
            "double",
            1.5,
            "nothing",
            null,
            "text",
            "ä€😀\0x",
            "list",
            List.of(1, "a", new Document("b", true), List.of(2)));

    things.withWriteConcern(WriteConcern.MAJORITY.withJournal(true)).insertOne(values);

    assertThat(things.find().first()).isEqualTo(values);
    assertThat(things.find(eq("encrypted", values.get("encrypted"))).first()).isEqualTo(values);
    assertThat(things.find(eq("uuid", values.get("uuid"))).first()).isEqualTo(values);
  }

  @Test
  void aProjectionOfWholeFieldsPassesOverValuesOfEveryType() {
    Document values =
        thing(
            1,
            "first",
            "a",
            "double",
            1.5,
            "document",
            new Document("a", List.of(1, new Document())),
            "array",
            List.of("x", 2),
            "binary",
            new Binary(new byte[] {4, 5}),
            "encrypted",
            new Binary(BsonBinarySubType.ENCRYPTED, new byte[] {1, 2, 3}),
            "uuid",
            UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
            "objectId",
            new ObjectId(),
            "flag",
            true,
            "date",
            Date.from(Instant.ofEpochMilli(1_700_000_000_123L)),
            "nothing",
            null,
            "pattern",
            new BsonRegularExpression("^a+", "i"),
            "code",
            new Code("x"),
            "int",
            7,
            "timestamp",
            new BsonTimestamp(5, 6),
            "long",
            1L << 60,
            "decimal",
            new Decimal128(new BigDecimal("1.5")),
            "least",
            new MinKey(),
            "most",
            new MaxKey(),
            "last",
            "ä€😀");
    things.insertOne(values);

    for (String field : values.keySet()) {
      Document without = new Document(values);
      without.remove(field);
      assertThat(projected(new Document(field, 0))).as(field).isEqualTo(without);
      assertThat(projected(new Document(field, 1).append("_id", field.equals("_id"))))
          .as(field)
          .isEqualTo(new Document(field, values.get(field)));
    }
    assertThat(projected(new Document("last", true).append("none", true)))
        .isEqualTo(thing(1, "last", "ä€😀"));
    assertThat(projected(new Document("document.a", 1)))
        .isEqualTo(thing(1, "document", values.get("document")));
  }

  private Document projected(Document projection) {
    return things.find(eq("_id", 1)).projection(projection).first();
  }

  @Test
  void whatSeveralValuesHaveComesInTheOrderOfTheRest() {
    things.createIndex(Indexes.ascending("status", "lane", "at"));
    for (int i = 0; i < 60; i++) {
      things.insertOne(thing(i, "status", i % 5, "lane", i % 3, "at", (i * 7) % 20));
    }
    Bson lanes = and(eq("status", 2), in("lane", 2, 0));
    List<Integer> expected =
        IntStream.range(0, 60)
            .filter(i -> (i % 5 == 2) && (i % 3 != 1))
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> (i * 7) % 20).thenComparing(i -> i))
            .toList();

    assertThat(ids(lanes, Sorts.ascending("at", "_id"), 5)).isEqualTo(expected.subList(0, 5));
    assertThat(ids(lanes, Sorts.descending("at", "_id"), 0)).isEqualTo(expected.reversed());
    assertThat(ids(lanes, Sorts.ascending("lane", "at", "_id"), 3))
        .isEqualTo(expected.stream().filter(i -> i % 3 == 0).limit(3).toList());
    assertThat(ids(in("_id", 9, 3, 7), Sorts.descending("_id"), 2)).containsExactly(9, 7);
  }

  @Test
  void aQueueEntryIsClaimedInOrderAndGivenBackAsItIsAfterwards() {
    things.createIndex(Indexes.ascending("status", "createdAt"));
    things.insertMany(
        List.of(
            thing(1, "status", "done", "createdAt", 1, "at", 0),
            thing(2, "status", "ready", "createdAt", 3, "at", 0),
            thing(3, "status", "ready", "createdAt", 2, "at", 0),
            thing(4, "status", "ready", "createdAt", 1, "at", 9)));

    Document claimed =
        things.findOneAndUpdate(
            and(eq("status", "ready"), lte("at", 5)),
            Updates.combine(Updates.set("status", "claimed"), Updates.inc("attempts", 1)),
            new FindOneAndUpdateOptions()
                .sort(Sorts.ascending("createdAt"))
                .returnDocument(ReturnDocument.AFTER));

    assertThat(claimed)
        .isEqualTo(thing(3, "status", "claimed", "createdAt", 2, "at", 0, "attempts", 1));
    assertThat(things.countDocuments(eq("status", "ready"))).isEqualTo(2);
  }

  @Test
  void findOneAndUpdateAnswersNothingWithoutAMatchAndTheNewDocumentAtAnUpsert() {
    FindOneAndUpdateOptions after =
        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);

    Document none = things.findOneAndUpdate(eq("_id", 1), Updates.set("a", 1), after);
    Document upserted =
        things.findOneAndUpdate(
            eq("_id", 1),
            Updates.combine(Updates.set("a", 1), Updates.setOnInsert("b", 2)),
            after.upsert(true));

    assertThat(none).isNull();
    assertThat(upserted).isEqualTo(thing(1, "a", 1, "b", 2));
  }

  @Test
  void aReplacementIsGuardedByTheVersion() {
    things.insertOne(thing("a", "version", 1));

    long won = things.replaceOne(guard(1), thing("a", "version", 2)).getMatchedCount();
    long lost = things.replaceOne(guard(1), thing("a", "version", 2)).getMatchedCount();

    assertThat(List.of(won, lost)).containsExactly(1L, 0L);
    assertThat(things.find().first()).isEqualTo(thing("a", "version", 2));
  }

  private static Bson guard(int version) {
    return and(eq("_id", "a"), eq("version", version));
  }

  @Test
  void anUnorderedBatchOfInsertsUpsertsAndReplacementsIsCounted() {
    things.insertOne(thing(1, "n", 1));

    BulkWriteResult result =
        things.bulkWrite(
            List.of(
                new InsertOneModel<>(thing(2, "n", 2)),
                new UpdateOneModel<>(eq("_id", 1), Updates.inc("n", 10)),
                new UpdateOneModel<>(
                    eq("_id", 3), Updates.set("n", 3), new UpdateOptions().upsert(true)),
                new ReplaceOneModel<>(
                    eq("_id", 4), thing(4, "n", 4), new ReplaceOptions().upsert(true)),
                new ReplaceOneModel<>(eq("_id", 2), thing(2, "n", 20))),
            new BulkWriteOptions().ordered(false));

    assertThat(result.getInsertedCount()).isEqualTo(1);
    assertThat(result.getModifiedCount()).isEqualTo(2);
    assertThat(result.getUpserts()).hasSize(2);
    assertThat(things.find().sort(Sorts.ascending("_id")).map(found -> found.get("n")))
        .containsExactly(11, 20, 3, 4);
  }

  @Test
  void keysetPagingSeesEveryDocumentOnceInBothDirections() {
    things.createIndex(Indexes.ascending("tenant", "name"));
    things.insertMany(
        IntStream.range(0, 250)
            .mapToObj(i -> thing(i, "tenant", "t" + i % 2, "name", "n" + i / 20))
            .toList());

    for (boolean ascending : new boolean[] {true, false}) {
      assertThat(page(ascending)).hasSize(125).doesNotHaveDuplicates();
    }
  }

  private List<Object> page(boolean ascending) {
    List<Object> seen = new ArrayList<>();
    Bson sort = ascending ? Sorts.ascending("name", "_id") : Sorts.descending("name", "_id");
    String operator = ascending ? "$gt" : "$lt";
    Bson filter = eq("tenant", "t1");
    while (true) {
      List<Document> page = things.find(filter).sort(sort).limit(7).into(new ArrayList<>());
      page.forEach(found -> seen.add(found.get("_id")));
      if (page.isEmpty()) {
        return seen;
      }
      Document last = page.getLast();
      filter =
          and(
              eq("tenant", "t1"),
              or(
                  new Document("name", new Document(operator, last.get("name"))),
                  new Document("name", last.get("name"))
                      .append("_id", new Document(operator, last.get("_id")))));
    }
  }

  @Test
  void filtersByManyValuesPresenceAndPattern() {
    things.createIndex(Indexes.ascending("code"));
    things.insertMany(
        List.of(
            thing(1, "code", "abc"),
            thing(2, "code", "ABd"),
            thing(3, "code", "b"),
            thing(4, "code", null),
            thing(5, "tags", List.of("x", "y"))));

    assertThat(ids(in("code", "b", "abc", "?"), Sorts.descending("_id"), 0)).containsExactly(3, 1);
    assertThat(ids(exists("code"), Sorts.ascending("_id"), 0)).containsExactly(1, 2, 3, 4);
    assertThat(ids(exists("code", false), Sorts.ascending("_id"), 0)).containsExactly(5);
    assertThat(ids(eq("code", null), Sorts.ascending("_id"), 0)).containsExactly(4, 5);
    assertThat(ids(regex("code", "^ab"), Sorts.ascending("_id"), 0)).containsExactly(1);
    assertThat(ids(regex("code", "^ab", "i"), Sorts.ascending("_id"), 0)).containsExactly(1, 2);
    assertThat(ids(eq("tags", "y"), Sorts.ascending("_id"), 0)).containsExactly(5);
  }

  @Test
  void updateOperatorsChangeFieldsAndArrays() {
    things.insertOne(
        thing(1, "a", 1, "b", 2, "list", List.of(1, 2), "at", Date.from(Instant.ofEpochMilli(5))));

    things.updateOne(
        eq("_id", 1),
        Updates.combine(
            Updates.set("c.d", 3),
            Updates.unset("b"),
            Updates.inc("a", 4),
            Updates.max("at", Date.from(Instant.ofEpochMilli(9))),
            Updates.push("list", 3)));
    things.updateMany(eq("_id", 1), Updates.pull("list", 1));
    things.updateOne(
        eq("_id", 1),
        new Document("$set", new Document("list.$[e]", 30)),
        new UpdateOptions().arrayFilters(List.of(eq("e", 3))));

    assertThat(things.find().first())
        .isEqualTo(
            thing(
                1,
                "a",
                5,
                "list",
                List.of(2, 30),
                "at",
                Date.from(Instant.ofEpochMilli(9)),
                "c",
                new Document("d", 3)));
  }

  @Test
  void groupsAndSortsAndCuts() {
    things.insertMany(
        IntStream.range(0, 30).mapToObj(i -> thing(i, "t", i % 2, "kind", "k" + i % 3)).toList());

    List<Document> groups =
        things
            .aggregate(
                List.of(
                    Aggregates.match(eq("t", 1)),
                    Aggregates.group("$kind", Accumulators.sum("n", 1)),
                    Aggregates.sort(Sorts.descending("_id")),
                    Aggregates.limit(2)))
            .into(new ArrayList<>());

    assertThat(groups).containsExactly(thing("k2", "n", 5), thing("k1", "n", 5));
  }

  @Test
  void countsDistinctsProjectsAndDeletes() {
    things.insertMany(IntStream.range(0, 10).mapToObj(i -> thing(i, "n", i % 5, "x", i)).toList());

    assertThat(things.countDocuments(gt("n", 2))).isEqualTo(4);
    assertThat(things.countDocuments()).isEqualTo(10);
    assertThat(things.estimatedDocumentCount()).isEqualTo(10);
    assertThat(things.distinct("n", Integer.class)).containsExactly(0, 1, 2, 3, 4);
    assertThat(things.find(eq("_id", 3)).projection(Projections.include("n")).first())
        .isEqualTo(thing(3, "n", 3));
    assertThat(things.deleteMany(eq("n", 0)).getDeletedCount()).isEqualTo(2);
    assertThat(things.deleteOne(eq("n", 1)).getDeletedCount()).isEqualTo(1);
    assertThat(things.countDocuments()).isEqualTo(7);
  }

  @Test
  void aLongResultComesInBatches() {
    things.insertMany(IntStream.range(0, 1_500).mapToObj(i -> thing(i, "x", i)).toList());

    List<Object> ids = new ArrayList<>();
    things.find().batchSize(100).forEach(found -> ids.add(found.get("_id")));

    assertThat(ids).hasSize(1_500).doesNotHaveDuplicates();
  }

  @Test
  void aResultLargerThanAMessageComesInBatches() {
    String text = "x".repeat(4_000_000);
    IntStream.range(0, 15).forEach(i -> things.insertOne(thing(i, "text", text)));

    assertThat(things.find().into(new ArrayList<>())).hasSize(15);
    assertThat(things.aggregate(List.of(Aggregates.match(exists("text")))).into(new ArrayList<>()))
        .hasSize(15);
  }

  @Test
  void uniqueIndexesAreListedAsTheyWereMade() {
    things.createIndex(
        Indexes.ascending("tenant", "email"),
        new IndexOptions().unique(true).partialFilterExpression(exists("email")).name("byEmail"));

    Document listed =
        things.listIndexes().into(new ArrayList<>()).stream()
            .filter(index -> index.getString("name").equals("byEmail"))
            .findFirst()
            .orElseThrow();

    assertThat(listed)
        .containsEntry("unique", true)
        .containsEntry("key", new Document("tenant", 1).append("email", 1))
        .containsEntry("partialFilterExpression", Document.parse("{email: {$exists: true}}"));
  }
}
