package com.lpai.adapter.mongo.tenancy;

import com.lpai.adapter.mongo.failure.BulkOutcome;
import com.lpai.adapter.mongo.failure.EachOutcome;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Looks at a collection over all locations. It exists for few things only: storing events that
 * arrive together, finding due events of the queue, settling those of many workers together, due
 * pushes and those that wait for a person, connections that need care, all locations, and work that
 * a stopped instance left. What it finds is changed by location and id.
 */
public final class AcrossTenants {
  private final GuardedCollection collection;

  AcrossTenants(GuardedCollection collection) {
    this.collection = collection;
  }

  /** One write of a batch over several locations; each stays within its own. */
  public record Write(LocationId locationId, TenantWrite write) {}

  public List<Document> find(Bson filter, Find find) {
    return collection.find(filter, find);
  }

  public long count(Bson filter) {
    return collection.count(filter);
  }

  /** How many documents there are, from the server's own book-keeping: cheap at any size. */
  public long total() {
    return collection.estimatedCount();
  }

  /** Writes a batch in any order. */
  public BulkOutcome bulk(List<Write> writes) {
    return collection.bulk(models(writes));
  }

  /** Writes a batch in any order, and tells of each write whether it was done. */
  public EachOutcome each(List<Write> writes) {
    return collection.each(models(writes));
  }

  private static List<WriteModel<Document>> models(List<Write> writes) {
    List<WriteModel<Document>> models = new ArrayList<>(writes.size());
    writes.forEach(each -> models.add(TenantCollection.model(each.locationId(), each.write())));
    return models;
  }
}
