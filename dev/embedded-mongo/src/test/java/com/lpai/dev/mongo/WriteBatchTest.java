package com.lpai.dev.mongo;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a batch with a failing statement did, and what it says it did. */
class WriteBatchTest {
  private final RunningEngine engine = RunningEngine.inMemory();
  private final MongoCollection<Document> things = engine.collection("things");

  @BeforeEach
  void uniqueKey() {
    things.createIndex(Indexes.ascending("key"), new IndexOptions().unique(true).sparse(true));
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private static Document thing(int id, String key) {
    return new Document("_id", id).append("key", key);
  }

  private MongoBulkWriteException failedInsert(boolean ordered) {
    return catchThrowableOfType(
        MongoBulkWriteException.class,
        () ->
            things.insertMany(
                List.of(thing(1, "a"), thing(2, "a"), thing(3, "b")),
                new InsertManyOptions().ordered(ordered)));
  }

  @Test
  void anOrderedInsertStopsAtTheFirstError() {
    MongoBulkWriteException failure = failedInsert(true);

    assertThat(failure.getWriteResult().getInsertedCount()).isEqualTo(1);
    assertThat(failure.getWriteErrors()).extracting(BulkWriteError::getIndex).containsExactly(1);
    assertThat(things.countDocuments()).isEqualTo(1);
  }

  @Test
  void anUnorderedInsertGoesOn() {
    MongoBulkWriteException failure = failedInsert(false);

    assertThat(failure.getWriteResult().getInsertedCount()).isEqualTo(2);
    assertThat(failure.getWriteErrors()).extracting(BulkWriteError::getIndex).containsExactly(1);
    assertThat(things.countDocuments()).isEqualTo(2);
  }

  private MongoBulkWriteException failedUpdate(boolean ordered) {
    things.insertMany(List.of(thing(1, "a"), thing(2, "b"), thing(3, "c")));
    List<WriteModel<Document>> updates =
        List.of(
            new UpdateOneModel<>(eq("_id", 1), Updates.set("n", 1)),
            new UpdateOneModel<>(eq("_id", 2), Updates.set("key", "a")),
            new UpdateOneModel<>(eq("_id", 3), Updates.set("n", 3)));
    return catchThrowableOfType(
        MongoBulkWriteException.class,
        () -> things.bulkWrite(updates, new BulkWriteOptions().ordered(ordered)));
  }

  @Test
  void anOrderedUpdateStopsAtTheFirstError() {
    MongoBulkWriteException failure = failedUpdate(true);

    assertThat(failure.getWriteResult().getModifiedCount()).isEqualTo(1);
    assertThat(things.countDocuments(eq("n", 3))).isZero();
  }

  @Test
  void anUnorderedUpdateGoesOn() {
    MongoBulkWriteException failure = failedUpdate(false);

    assertThat(failure.getWriteResult().getModifiedCount()).isEqualTo(2);
    assertThat(failure.getWriteErrors()).extracting(BulkWriteError::getCode).containsExactly(11000);
    assertThat(things.find(eq("_id", 2)).first()).isEqualTo(thing(2, "b"));
  }

  @Test
  void anOrderedDeleteStopsAtTheFirstError() {
    things.insertMany(List.of(thing(1, "a"), thing(2, "b")));

    MongoBulkWriteException failure =
        catchThrowableOfType(
            MongoBulkWriteException.class,
            () ->
                things.bulkWrite(
                    List.of(
                        new DeleteOneModel<>(eq("_id", 1)),
                        new DeleteOneModel<>(new Document("$nonsense", 1)),
                        new DeleteOneModel<>(eq("_id", 2)))));

    assertThat(failure.getWriteResult().getDeletedCount()).isEqualTo(1);
    assertThat(things.countDocuments()).isEqualTo(1);
  }

  @Test
  void aDuplicateNamesItsKeyEverywhere() {
    things.insertMany(List.of(thing(1, "a"), thing(2, "b")));

    BulkWriteError inBatch =
        catchThrowableOfType(
                MongoBulkWriteException.class, () -> things.insertMany(List.of(thing(3, "a"))))
            .getWriteErrors()
            .getFirst();
    int inUpdate =
        catchThrowableOfType(
                MongoWriteException.class,
                () -> things.updateOne(eq("_id", 2), Updates.set("key", "a")))
            .getCode();
    MongoCommandException inFindAndModify =
        catchThrowableOfType(
            MongoCommandException.class,
            () -> things.findOneAndUpdate(eq("_id", 2), Updates.set("key", "a")));

    assertThat(inBatch.getCode()).isEqualTo(11000);
    assertThat(inBatch.getMessage()).contains("index: key_1 dup key: { key: \"a\" }");
    assertThat(inUpdate).isEqualTo(11000);
    assertThat(inFindAndModify.getCode()).isEqualTo(11000);
    assertThat(Document.parse(inFindAndModify.getResponse().toJson()))
        .containsEntry("keyPattern", new Document("key", 1))
        .containsEntry("keyValue", new Document("key", "a"));
  }
}
