package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;
import java.time.InstantSource;

/** Deletes what TTL indexes let expire. */
final class ExpirySweeper {
  private static final int BATCH = 500;
  private static final Document ANY = new Document();

  private final DurableStore store;
  private final Engine engine;
  private final InstantSource clock;

  ExpirySweeper(DurableStore store, Engine engine, InstantSource clock) {
    this.store = store;
    this.engine = engine;
    this.clock = clock;
  }

  /** Deletes all that has expired by now. */
  void sweep() {
    Instant now = clock.instant();
    for (StoredCollection collection : engine.collections()) {
      for (StoredIndex index : collection.indexes()) {
        index.definition().expiredAt(now).ifPresent(filter -> delete(collection, filter));
      }
    }
  }

  private void delete(StoredCollection collection, Document filter) {
    while (!collection.reading(() -> collection.find(filter, ANY, 0, 1, ANY)).isEmpty()) {
      var unused =
          store.change(() -> collection.writing(() -> collection.deleteDocuments(filter, BATCH)));
    }
  }
}
