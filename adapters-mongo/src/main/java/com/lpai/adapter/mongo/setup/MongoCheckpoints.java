package com.lpai.adapter.mongo.setup;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.failure.WriteOutcome;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.setup.Checkpoint;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Checkpoints in the collection {@code sync_checkpoints}, one for each location and step. */
public final class MongoCheckpoints implements Checkpoints {
  private static final String STEP = "step";
  private static final String RUN = "run";
  private static final String CURSOR = "cursor";
  private static final String DONE = "done";
  private static final String AT = "at";

  private final TenantCollection checkpoints;

  public MongoCheckpoints(TenantCollection checkpoints) {
    this.checkpoints = checkpoints;
  }

  @Override
  public Optional<Checkpoint> find(LocationId locationId, SetupStep step) {
    return checkpoints.findOne(locationId, is(step)).map(MongoCheckpoints::toDomain);
  }

  @Override
  public void put(LocationId locationId, SetupStep step, Checkpoint checkpoint) {
    Bson update =
        new Document(
            "$set",
            new Document(RUN, checkpoint.run())
                .append(CURSOR, checkpoint.cursor())
                .append(DONE, checkpoint.done())
                .append(AT, checkpoint.at()));
    WriteOutcome outcome = checkpoints.upsert(locationId, is(step), update);
    if (outcome instanceof WriteOutcome.Refused) {
      // Another instance stored the first one at the same moment: now there is one to change.
      checkpoints.update(locationId, is(step), update);
    }
  }

  private static Bson is(SetupStep step) {
    return Filters.eq(STEP, step.key());
  }

  private static Checkpoint toDomain(Document document) {
    StoredDocument stored = StoredDocument.of("checkpoint", document);
    return new Checkpoint(
        stored.number(RUN), stored.text(CURSOR), stored.number(DONE), stored.instant(AT));
  }
}
