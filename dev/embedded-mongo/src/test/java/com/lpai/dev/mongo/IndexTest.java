package com.lpai.dev.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which documents an index holds, and what it forbids. */
class IndexTest {
  private static final int DUPLICATE = 11000;

  private final RunningEngine engine = RunningEngine.inMemory();
  private final MongoCollection<Document> things = engine.collection("things");

  @AfterEach
  void stop() {
    engine.close();
  }

  private int codeOf(Runnable work) {
    MongoException failure = catchThrowableOfType(MongoException.class, work::run);
    return failure == null ? 0 : failure.getCode();
  }

  private int insert(Document thing) {
    return codeOf(() -> things.insertOne(thing));
  }

  private static Document thing(String tenant, String email) {
    return new Document("tenant", tenant).append("email", email);
  }

  @Test
  void aUniqueIndexCountsAnAbsentFieldAsNull() {
    things.createIndex(Indexes.ascending("tenant", "email"), new IndexOptions().unique(true));

    assertThat(insert(thing("t", "a"))).isZero();
    assertThat(insert(thing("t", "a"))).isEqualTo(DUPLICATE);
    assertThat(insert(new Document("tenant", "t"))).isZero();
    assertThat(insert(thing("t", null))).isEqualTo(DUPLICATE);
  }

  @Test
  void aPartialUniqueIndexLeavesOutWhatItsFilterDoes() {
    things.createIndex(
        Indexes.ascending("tenant", "email"),
        new IndexOptions().unique(true).partialFilterExpression(exists("email")));

    assertThat(insert(new Document("tenant", "t"))).isZero();
    assertThat(insert(new Document("tenant", "t"))).isZero();
    assertThat(insert(thing("t", "a"))).isZero();
    assertThat(insert(thing("u", "a"))).isZero();
    assertThat(insert(thing("t", "a"))).isEqualTo(DUPLICATE);
    assertThat(things.countDocuments(eq("tenant", "t"))).isEqualTo(3);
  }

  @Test
  void whatAPartialIndexDemandsMayBeNullOrInAnArray() {
    things.createIndex(
        Indexes.ascending("part.email"),
        new IndexOptions().unique(true).partialFilterExpression(exists("part.email")));

    assertThat(insert(Document.parse("{part: {email: null}}"))).isZero();
    assertThat(insert(Document.parse("{part: {email: null}}"))).isEqualTo(DUPLICATE);
    assertThat(insert(Document.parse("{part: [{email: 'b'}, {email: 'a'}]}"))).isZero();
    assertThat(insert(Document.parse("{part: {email: 'a'}}"))).isEqualTo(DUPLICATE);
    assertThat(insert(Document.parse("{part: 1}"))).isZero();
    assertThat(insert(Document.parse("{part: 1}"))).isZero();
  }

  @Test
  void aDocumentMayMoveIntoAndOutOfAPartialUniqueIndex() {
    things.createIndex(
        Indexes.ascending("email"),
        new IndexOptions().unique(true).partialFilterExpression(Document.parse("{live: true}")));
    insert(new Document("_id", 1).append("email", "a").append("live", true));
    insert(new Document("_id", 2).append("email", "a").append("live", false));

    int blocked = codeOf(() -> things.updateOne(eq("_id", 2), Updates.set("live", true)));
    things.updateOne(eq("_id", 1), Updates.set("live", false));
    int free = codeOf(() -> things.updateOne(eq("_id", 2), Updates.set("live", true)));

    assertThat(List.of(blocked, free)).containsExactly(DUPLICATE, 0);
  }

  @Test
  void aDocumentMovesInAPartialIndexWhenOnlyAFieldOfTheFilterChanges() {
    things.createIndex(
        Indexes.ascending("email"), new IndexOptions().partialFilterExpression(exists("live")));
    things.insertOne(thing("t", "a").append("_id", 1));

    things.updateOne(eq("_id", 1), Updates.set("live", true));

    assertThat(things.countDocuments(and(eq("email", "a"), gt("live", false)))).isOne();
  }

  @Test
  void anIndexFollowsADocumentOfWhichOnlyTheOrderOfFieldsChanged() {
    things.createIndex(Indexes.ascending("part"));
    things.insertOne(Document.parse("{_id: 1, part: {a: 1, b: 2}}"));
    things.insertOne(Document.parse("{_id: 2, part: {a: 5}}"));

    things.replaceOne(eq("_id", 1), Document.parse("{_id: 1, part: {b: 2, a: 1}, other: 1}"));

    assertThat(things.find().sort(Indexes.ascending("part")).limit(2).map(one -> one.get("_id")))
        .containsExactly(2, 1);
  }

  @Test
  void aSparseIndexTellsAnAbsentFieldFromAnExplicitNull() {
    things.createIndex(Indexes.ascending("email"), new IndexOptions().unique(true).sparse(true));
    things.insertMany(
        List.of(new Document("_id", 1).append("email", null), new Document("_id", 2)));

    int taken = codeOf(() -> things.updateOne(eq("_id", 2), Updates.set("email", null)));
    things.updateOne(eq("_id", 1), Updates.unset("email"));
    int free = codeOf(() -> things.updateOne(eq("_id", 2), Updates.set("email", null)));

    assertThat(List.of(taken, free)).containsExactly(DUPLICATE, 0);
  }

  @Test
  void aSparseUniqueIndexHoldsExplicitNullsButNotAbsentFields() {
    things.createIndex(Indexes.ascending("email"), new IndexOptions().unique(true).sparse(true));

    assertThat(insert(new Document("tenant", "t"))).isZero();
    assertThat(insert(new Document("tenant", "t"))).isZero();
    assertThat(insert(thing("t", null))).isZero();
    assertThat(insert(thing("t", null))).isEqualTo(DUPLICATE);
    assertThat(things.countDocuments(eq("email", null))).isEqualTo(3);
  }

  @Test
  void aUniqueIndexOverAnArrayForbidsSharedElements() {
    things.createIndex(Indexes.ascending("tags"), new IndexOptions().unique(true));

    assertThat(insert(new Document("tags", List.of("a", "b", "a")))).isZero();
    assertThat(insert(new Document("tags", List.of("b", "c")))).isEqualTo(DUPLICATE);
    assertThat(insert(new Document("tags", "c"))).isZero();
  }

  @Test
  void aUniqueIndexIsRefusedOverDuplicatesAndLeavesNothingBehind() {
    things.insertMany(List.of(thing("t", "a"), thing("t", "a")));

    int code =
        codeOf(
            () -> things.createIndex(Indexes.ascending("email"), new IndexOptions().unique(true)));

    assertThat(code).isEqualTo(DUPLICATE);
    assertThat(things.listIndexes()).hasSize(1);
    assertThat(things.find(eq("email", "a"))).hasSize(2);
  }

  @Test
  void theSameIndexAgainIsFineAnythingElseUnderItsNameOrKeyIsNot() {
    Bson key = Indexes.ascending("email");
    things.createIndex(key, new IndexOptions().unique(true));

    assertThat(codeOf(() -> things.createIndex(key, new IndexOptions().unique(true)))).isZero();
    assertThat(codeOf(() -> things.createIndex(key))).isEqualTo(85);
    assertThat(codeOf(() -> things.createIndex(key, new IndexOptions().name("other"))))
        .isEqualTo(85);
    assertThat(
            codeOf(
                () ->
                    things.createIndex(
                        Indexes.ascending("tenant"), new IndexOptions().name("email_1"))))
        .isEqualTo(86);
  }

  @Test
  void whatCannotBeHonouredIsRefused() {
    List<Runnable> refused =
        List.of(
            () -> things.createIndex(Indexes.text("email")),
            () -> things.createIndex(Indexes.hashed("email")),
            () -> things.createIndex(Indexes.ascending("$**")),
            () ->
                things.createIndex(
                    Indexes.ascending("email"),
                    new IndexOptions()
                        .collation(
                            com.mongodb.client.model.Collation.builder().locale("en").build())));

    assertThat(refused).allSatisfy(index -> assertThat(codeOf(index)).isEqualTo(67));
  }

  @Test
  void aDroppedIndexForbidsNothingAndItsNamesakeElsewhereStays() {
    MongoCollection<Document> others = engine.collection("others");
    things.createIndex(Indexes.ascending("email"), new IndexOptions().unique(true));
    others.createIndex(Indexes.ascending("email"), new IndexOptions().unique(true));
    insert(thing("t", "a"));

    things.dropIndex("email_1");

    assertThat(insert(thing("t", "a"))).isZero();
    assertThat(others.listIndexes()).hasSize(2);
    assertThat(codeOf(() -> things.dropIndex("email_1"))).isEqualTo(27);
  }

  @Test
  void anIndexSparesLookingAtEveryDocument() {
    things.insertMany(
        IntStream.range(0, 20_000)
            .mapToObj(i -> thing("t" + i % 10, "e" + i).append("n", i))
            .toList());
    things.createIndex(Indexes.ascending("tenant", "n"));
    things.createIndex(Indexes.ascending("email"));

    long start = cpuNanos();
    for (int i = 0; i < 500; i++) {
      assertThat(things.find(eq("email", "e" + i)).first()).isNotNull();
      assertThat(things.find(eq("tenant", "t3")).sort(Document.parse("{n: -1}")).limit(1).first())
          .containsEntry("n", 19_993);
      assertThat(things.countDocuments(eq("tenant", "t3"))).isEqualTo(2_000);
    }

    // A look at every document takes 40 ms and more, 1,500 times that is a minute.
    assertThat(TimeUnit.NANOSECONDS.toSeconds(cpuNanos() - start)).isLessThan(15);
  }

  /** Of the engine and its client; other than the clock, it does not run while others compute. */
  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  @Test
  void unsupportedCommandsAndOptionsGiveAClearError() {
    MongoCommandException unknown =
        catchThrowableOfType(
            MongoCommandException.class,
            () -> engine.database().runCommand(new Document("collMod", "things")));
    MongoException pipeline =
        catchThrowableOfType(
            MongoException.class,
            () -> things.updateOne(eq("_id", 1), List.of(Updates.set("a", "$b"))));
    MongoException projection =
        catchThrowableOfType(
            MongoException.class,
            () -> things.find().projection(Document.parse("{a: {$add: [1, 2]}}")).first());

    assertThat(unknown.getCode()).isEqualTo(59);
    assertThat(pipeline).hasMessageContaining("pipeline is not supported by the embedded engine");
    assertThat(projection).hasMessageContaining("is not supported by the embedded engine");
  }

  @Test
  void whatSharesAKeyInAnIndexIsStillToldApart() {
    List<String> values = List.of("a\uFFFE", "a\uFFFF");
    things.createIndex(Indexes.ascending("value"));
    values.forEach(value -> things.insertOne(new Document("value", value)));

    for (String value : values) {
      assertThat(things.find(Filters.eq("value", value)))
          .extracting(found -> found.get("value"))
          .containsExactly(value);
    }
    assertThat(things.find(Filters.lte("value", "a\uFFFE")))
        .extracting(found -> found.get("value"))
        .containsExactly("a\uFFFE");
  }
}
