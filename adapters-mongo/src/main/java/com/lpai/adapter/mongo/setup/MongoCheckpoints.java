package com.lpai.adapter.mongo.setup;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.failure.WriteOutcome;
import com.lpai.adapter.mongo.tenancy.AcrossTenants;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.setup.Checkpoint;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.List;
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

  private static final String PASS = "pass";
  private static final String COMPLETE_UP_TO = "completeUpTo";

  private final TenantCollection checkpoints;
  private final AcrossTenants all;

  public MongoCheckpoints(TenantCollection checkpoints, AcrossTenants all) {
    this.checkpoints = checkpoints;
    this.all = all;
  }

  @Override
  public Optional<Checkpoint> find(LocationId locationId, SetupStep step) {
    return checkpoints.findOne(locationId, is(step)).map(MongoCheckpoints::toDomain);
  }

  @Override
  public boolean replace(LocationId locationId, SetupStep step, Checkpoint found, Checkpoint next) {
    Document document =
        new Document(RUN, next.run())
            .append(PASS, StoredDocument.word(next.pass()))
            .append(CURSOR, next.cursor())
            .append(DONE, next.done())
            .append(AT, next.at())
            .append(COMPLETE_UP_TO, next.completeUpTo());
    WriteOutcome outcome =
        found.equals(Checkpoint.NONE)
            ? checkpoints.insert(locationId, document.append(STEP, step.key()))
            : checkpoints.update(locationId, isStill(step, found), new Document("$set", document));
    return outcome.wrote();
  }

  /** By what every version has stored. */
  private static Bson isStill(SetupStep step, Checkpoint found) {
    return Filters.and(
        is(step),
        Filters.eq(RUN, found.run()),
        Filters.eq(CURSOR, found.cursor()),
        Filters.eq(DONE, found.done()),
        Filters.eq(AT, found.at()));
  }

  @Override
  public List<LocationId> outdated(
      SetupStep step, Instant completeBefore, Instant triedBefore, int limit) {
    Bson outdated =
        Filters.and(
            is(step),
            Filters.gt(COMPLETE_UP_TO, Instant.EPOCH),
            Filters.lt(COMPLETE_UP_TO, completeBefore),
            Filters.lt(AT, triedBefore));
    return all
        .find(
            outdated,
            Find.sortedBy(Sorts.ascending(COMPLETE_UP_TO, TenantCollection.LOCATION_ID))
                .limitedTo(limit)
                .only(Projections.include(TenantCollection.LOCATION_ID)))
        .stream()
        .map(document -> StoredDocument.of("checkpoint", document))
        .map(stored -> new LocationId(stored.text(TenantCollection.LOCATION_ID)))
        .toList();
  }

  private static Bson is(SetupStep step) {
    return Filters.eq(STEP, step.key());
  }

  private static Checkpoint toDomain(Document document) {
    StoredDocument stored = StoredDocument.of("checkpoint", document);
    return new Checkpoint(
        stored.number(RUN),
        stored.wordOr(Checkpoint.Pass.COPY, PASS),
        stored.text(CURSOR),
        stored.number(DONE),
        stored.instant(AT),
        stored.instantOrEpoch(COMPLETE_UP_TO));
  }
}
