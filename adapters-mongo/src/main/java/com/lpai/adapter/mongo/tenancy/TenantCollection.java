package com.lpai.adapter.mongo.tenancy;

import com.lpai.adapter.mongo.failure.BulkOutcome;
import com.lpai.adapter.mongo.failure.WriteOutcome;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * A collection of tenant data. Every method takes the location first and adds it to the filter and
 * to the document, so that no call can reach another location's data, whatever ids it is given.
 */
public final class TenantCollection {
  /** The field every document of a tenant collection has. */
  public static final String LOCATION_ID = "locationId";

  private static final String ID = "_id";
  private static final int PAGE = 1_000;

  private final GuardedCollection collection;

  TenantCollection(GuardedCollection collection) {
    this.collection = collection;
  }

  public Optional<Document> findOne(LocationId locationId, Bson filter) {
    return find(locationId, filter, Find.sortedBy(Sorts.ascending("_id")).limitedTo(1)).stream()
        .findFirst();
  }

  public List<Document> find(LocationId locationId, Bson filter, Find find) {
    return collection.find(within(locationId, filter), find);
  }

  public long count(LocationId locationId, Bson filter) {
    return collection.count(within(locationId, filter));
  }

  public WriteOutcome insert(LocationId locationId, Document document) {
    return collection.insert(owned(locationId, document));
  }

  public WriteOutcome replace(LocationId locationId, Bson filter, Document document) {
    return collection.replace(within(locationId, filter), owned(locationId, document));
  }

  public WriteOutcome update(LocationId locationId, Bson filter, Bson update) {
    return collection.update(within(locationId, filter), update);
  }

  public WriteOutcome upsert(LocationId locationId, Bson filter, Bson update) {
    return collection.upsert(within(locationId, filter), update);
  }

  public long updateMany(LocationId locationId, Bson filter, Bson update) {
    return collection.updateMany(within(locationId, filter), update);
  }

  /** Removes at most one document. */
  public boolean delete(LocationId locationId, Bson filter) {
    return collection.delete(within(locationId, filter)) > 0;
  }

  /** Removes every document of the location; answers how many there were. */
  public long deleteAll(LocationId locationId) {
    return deleteAll(locationId, new Document());
  }

  /** Removes what matches, which must be few documents: it is one command. */
  public long deleteMany(LocationId locationId, Bson filter) {
    return collection.deleteMany(within(locationId, filter));
  }

  /**
   * Removes every document that matches, a page at a time, so that no command takes long.
   *
   * @return how many there were
   */
  public long deleteAll(LocationId locationId, Bson filter) {
    Find page =
        Find.sortedBy(Sorts.ascending(LOCATION_ID)).limitedTo(PAGE).only(Projections.include(ID));
    long deleted = 0;
    while (true) {
      List<Object> ids =
          find(locationId, filter, page).stream()
              .flatMap(document -> Optional.ofNullable(document.get(ID)).stream())
              .toList();
      if (ids.isEmpty()) {
        return deleted;
      }
      deleted += collection.deleteMany(within(locationId, Filters.in(ID, ids)));
    }
  }

  /** Writes a batch in any order. */
  public BulkOutcome bulk(LocationId locationId, List<TenantWrite> writes) {
    List<WriteModel<Document>> models = new ArrayList<>();
    writes.forEach(write -> models.add(model(locationId, write)));
    return collection.bulk(models);
  }

  static WriteModel<Document> model(LocationId locationId, TenantWrite write) {
    return switch (write) {
      case TenantWrite.Insert(Document document) ->
          new InsertOneModel<>(owned(locationId, document));
      case TenantWrite.Replace(Bson filter, Document document) ->
          new ReplaceOneModel<>(within(locationId, filter), owned(locationId, document));
      case TenantWrite.Update(Bson filter, Bson update) ->
          new UpdateOneModel<>(within(locationId, filter), update);
      case TenantWrite.Delete(Bson filter) -> new DeleteOneModel<>(within(locationId, filter));
      case TenantWrite.Upsert(Bson filter, Bson update) ->
          new UpdateOneModel<>(
              within(locationId, filter), update, new UpdateOptions().upsert(true));
    };
  }

  /** A plain document takes the location among its fields: so a server reads one flat filter. */
  private static Bson within(LocationId locationId, Bson filter) {
    if (filter instanceof Document fields && !fields.containsKey(LOCATION_ID)) {
      Document within = new Document(LOCATION_ID, locationId.value());
      within.putAll(fields);
      return within;
    }
    return Filters.and(Filters.eq(LOCATION_ID, locationId.value()), filter);
  }

  private static Document owned(LocationId locationId, Document document) {
    Document owned = new Document(document);
    owned.put(LOCATION_ID, locationId.value());
    return owned;
  }
}
