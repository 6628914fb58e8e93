package com.lpai.dev.mongo;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many clients at once. */
class ConcurrencyTest {
  private static final int THREADS = 16;

  private final RunningEngine engine = RunningEngine.inMemory();
  private final MongoCollection<Document> things = engine.collection("things");
  private final ExecutorService clients = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    clients.shutdownNow();
    engine.close();
  }

  private void inParallel(int threads, Callable<?> work) throws Exception {
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(clients.submit(work));
    }
    for (Future<?> one : running) {
      one.get();
    }
  }

  @Test
  void everyEntryIsClaimedOnce() throws Exception {
    int entries = 2_000;
    things.createIndex(Indexes.ascending("status", "createdAt"));
    things.insertMany(
        IntStream.range(0, entries)
            .mapToObj(i -> new Document("_id", i).append("status", "new").append("createdAt", i))
            .toList());
    ConcurrentLinkedQueue<Object> claimed = new ConcurrentLinkedQueue<>();

    inParallel(
        THREADS,
        () -> {
          while (true) {
            Document entry =
                things.findOneAndUpdate(
                    eq("status", "new"),
                    Updates.set("status", "claimed"),
                    new FindOneAndUpdateOptions()
                        .sort(Sorts.ascending("createdAt"))
                        .returnDocument(ReturnDocument.AFTER));
            if (entry == null) {
              return claimed;
            }
            claimed.add(entry.get("_id"));
          }
        });

    assertThat(claimed).hasSize(entries).doesNotHaveDuplicates();
  }

  @Test
  void noIncrementIsLost() throws Exception {
    things.insertOne(new Document("_id", 1).append("n", 0));

    inParallel(
        THREADS,
        () -> {
          for (int i = 0; i < 100; i++) {
            things.updateOne(eq("_id", 1), Updates.inc("n", 1));
          }
          return null;
        });

    assertThat(things.find().first()).containsEntry("n", THREADS * 100);
  }

  @Test
  void upsertsOfOneUniqueKeyMakeOneDocument() throws Exception {
    things.createIndex(Indexes.ascending("key"), new IndexOptions().unique(true));

    inParallel(
        THREADS,
        () ->
            things.updateOne(
                eq("key", "k"), Updates.inc("n", 1), new UpdateOptions().upsert(true)));

    assertThat(things.find()).hasSize(1);
    assertThat(things.find().first()).containsEntry("n", THREADS);
  }

  @Test
  void aReaderNeverSeesHalfAWrite() throws Exception {
    IntStream.range(0, 20).forEach(i -> things.insertOne(pair(i, 0)));
    AtomicBoolean writing = new AtomicBoolean(true);
    Future<?> writers =
        clients.submit(
            () -> {
              inParallel(
                  4,
                  () -> {
                    for (int i = 1; i <= 500; i++) {
                      Document next = pair(i % 20, i);
                      things.replaceOne(eq("_id", i % 20), next);
                    }
                    return null;
                  });
              writing.set(false);
              return null;
            });

    while (writing.get()) {
      assertThat(things.find())
          .hasSize(20)
          .allSatisfy(found -> assertThat(found.get("a")).isEqualTo(found.get("z")));
    }

    writers.get();
  }

  private static Document pair(int id, int value) {
    return new Document("_id", id)
        .append("a", value)
        .append("filler", "x".repeat(value % 300))
        .append("z", value);
  }
}
