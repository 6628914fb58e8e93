package com.lpai.adapter.mongo.tenancy;

import com.lpai.adapter.mongo.failure.BulkOutcome;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Looks at a collection over all locations. It exists for few things only: finding due events of
 * the queue, due pushes, connections that need care, all locations, and work that a stopped
 * instance left. What it finds is changed by location and id.
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
    List<WriteModel<Document>> models = new ArrayList<>();
    writes.forEach(each -> models.add(TenantCollection.model(each.locationId(), each.write())));
    return collection.bulk(models);
  }
}
