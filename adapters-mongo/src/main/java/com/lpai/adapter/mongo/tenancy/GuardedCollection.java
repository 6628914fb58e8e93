package com.lpai.adapter.mongo.tenancy;

import com.lpai.adapter.mongo.failure.BulkOutcome;
import com.lpai.adapter.mongo.failure.DuplicateKey;
import com.lpai.adapter.mongo.failure.EachOutcome;
import com.lpai.adapter.mongo.failure.StorageFailures;
import com.lpai.adapter.mongo.failure.WriteOutcome;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/** A collection whose every failure is translated; it adds nothing to a filter. */
final class GuardedCollection {
  // Some servers send everything in one answer unless told otherwise (mongo.md 5, trap 3).
  private static final int BATCH = 500;

  private final String name;
  private final MongoCollection<Document> collection;

  GuardedCollection(MongoCollection<Document> collection) {
    this.name = collection.getNamespace().getCollectionName();
    this.collection = collection;
  }

  List<Document> find(Bson filter, Find find) {
    return StorageFailures.guarded(
        name,
        () -> {
          FindIterable<Document> found =
              collection
                  .find(filter)
                  .sort(find.sort())
                  .projection(find.projection())
                  .limit(find.limit())
                  .batchSize(find.limit() == 0 ? BATCH : Math.min(BATCH, find.limit()));
          return found.into(new ArrayList<>());
        });
  }

  long count(Bson filter) {
    return StorageFailures.guarded(name, () -> collection.countDocuments(filter));
  }

  long estimatedCount() {
    return StorageFailures.guarded(name, collection::estimatedDocumentCount);
  }

  /**
   * A batch of one: its failure tells a refusal and a missed write concern together, where a plain
   * insert tells the refusal alone. What refused it may be as unconfirmed as this.
   */
  WriteOutcome insert(Document document) {
    DuplicateKey refused = bulk(List.of(new InsertOneModel<>(document))).refused().get(0);
    return refused == null ? new WriteOutcome.Written(1) : new WriteOutcome.Refused(refused);
  }

  WriteOutcome replace(Bson filter, Document document) {
    return StorageFailures.write(
        name, () -> collection.replaceOne(filter, document).getMatchedCount());
  }

  WriteOutcome update(Bson filter, Bson update) {
    return StorageFailures.write(
        name, () -> collection.updateOne(filter, update).getMatchedCount());
  }

  WriteOutcome upsert(Bson filter, Bson update) {
    UpdateOptions upsert = new UpdateOptions().upsert(true);
    return StorageFailures.write(
        name,
        () -> {
          collection.updateOne(filter, update, upsert);
          return 1L;
        });
  }

  long updateMany(Bson filter, Bson update) {
    return StorageFailures.guarded(
        name, () -> collection.updateMany(filter, update).getMatchedCount());
  }

  Optional<Document> findAndUpdate(Bson filter, Bson update) {
    FindOneAndUpdateOptions after =
        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);
    return StorageFailures.guarded(
        name, () -> Optional.ofNullable(collection.findOneAndUpdate(filter, update, after)));
  }

  Optional<Document> findAndDelete(Bson filter) {
    return StorageFailures.guarded(
        name, () -> Optional.ofNullable(collection.findOneAndDelete(filter)));
  }

  long delete(Bson filter) {
    return StorageFailures.guarded(name, () -> collection.deleteOne(filter).getDeletedCount());
  }

  long deleteMany(Bson filter) {
    return StorageFailures.guarded(name, () -> collection.deleteMany(filter).getDeletedCount());
  }

  EachOutcome each(List<? extends WriteModel<Document>> writes) {
    BulkWriteOptions unordered = new BulkWriteOptions().ordered(false);
    return StorageFailures.each(name, () -> collection.bulkWrite(writes, unordered));
  }

  BulkOutcome bulk(List<? extends WriteModel<Document>> writes) {
    BulkWriteOptions unordered = new BulkWriteOptions().ordered(false);
    return StorageFailures.bulk(
        name, () -> (long) collection.bulkWrite(writes, unordered).getMatchedCount());
  }
}
