package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Deletes what TTL indexes let expire, once a minute as MongoDB does. */
final class ExpirySweeper implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ExpirySweeper.class.getName());
  private static final int BATCH = 500;
  private static final int PAUSE_SECONDS = 60;

  private final DurableStore store;
  private final Engine engine;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("mongo-expiry").daemon(true).factory());

  ExpirySweeper(DurableStore store, Engine engine, InstantSource clock) {
    this.store = store;
    this.engine = engine;
    this.clock = clock;
  }

  void start() {
    var unused =
        timer.scheduleWithFixedDelay(
            this::sweepOrReport, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
  }

  private void sweepOrReport() {
    try {
      sweep();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Expired documents were not deleted, next try in a minute: {0}", e);
    }
  }

  /** Deletes all that has expired by now. */
  void sweep() {
    Instant now = clock.instant();
    for (StoredCollection collection : engine.collections()) {
      for (OrderedIndex index : collection.secondaryIndexes()) {
        Optional<Document> expired = index.definition().expiredAt(now);
        expired.ifPresent(filter -> delete(collection, filter));
      }
    }
  }

  private void delete(StoredCollection collection, Document filter) {
    while (!collection.find(filter, new Document(), 0, 1, new Document()).isEmpty()) {
      int deleted = store.change(() -> collection.deleteDocuments(filter, BATCH, NoopOplog.get()));
      LOG.log(Level.DEBUG, "{0} expired in {1}", deleted, collection.getFullName());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
