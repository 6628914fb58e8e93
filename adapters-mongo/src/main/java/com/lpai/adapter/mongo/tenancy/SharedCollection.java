package com.lpai.adapter.mongo.tenancy;

import com.lpai.adapter.mongo.failure.WriteOutcome;
import com.mongodb.client.model.Sorts;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/** A collection that belongs to no tenant: leases, companies, the schema's version. */
public final class SharedCollection {
  private final GuardedCollection collection;

  SharedCollection(GuardedCollection collection) {
    this.collection = collection;
  }

  public Optional<Document> findOne(Bson filter) {
    return collection.find(filter, Find.sortedBy(Sorts.ascending("_id")).limitedTo(1)).stream()
        .findFirst();
  }

  public List<Document> find(Bson filter, Find find) {
    return collection.find(filter, find);
  }

  public WriteOutcome insert(Document document) {
    return collection.insert(document);
  }

  public WriteOutcome update(Bson filter, Bson update) {
    return collection.update(filter, update);
  }

  public long updateMany(Bson filter, Bson update) {
    return collection.updateMany(filter, update);
  }

  public WriteOutcome upsert(Bson filter, Bson update) {
    return collection.upsert(filter, update);
  }

  public Optional<Document> findAndUpdate(Bson filter, Bson update) {
    return collection.findAndUpdate(filter, update);
  }

  public Optional<Document> findAndDelete(Bson filter) {
    return collection.findAndDelete(filter);
  }

  public long deleteMany(Bson filter) {
    return collection.deleteMany(filter);
  }
}
