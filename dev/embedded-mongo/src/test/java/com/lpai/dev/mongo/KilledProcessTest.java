package com.lpai.dev.mongo;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 in the middle of writing: nothing that was acknowledged may be gone. */
class KilledProcessTest {
  private static final int ROUNDS = 3;
  private static final int WRITERS = 8;
  private static final int WRITES_BEFORE_KILL = 400;

  /** The number in each document as last acknowledged. */
  private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();

  private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);

  @Test
  void nothingAcknowledgedIsLost(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("db.mv");
    try {
      for (int round = 0; round < ROUNDS; round++) {
        try (EngineProcess engine = EngineProcess.onFile(file)) {
          check(engine);
          writeUntilKilled(engine, round);
        }
      }
      try (EngineProcess engine = EngineProcess.onFile(file)) {
        check(engine);
      }
    } finally {
      writers.shutdownNow();
    }
    assertThat(acknowledged).hasSizeGreaterThan(ROUNDS * WRITES_BEFORE_KILL / 2);
  }

  private static MongoCollection<Document> things(MongoClient client) {
    return client
        .getDatabase("test")
        .getCollection("things")
        .withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
  }

  private void writeUntilKilled(EngineProcess engine, int round) throws Exception {
    CountDownLatch written = new CountDownLatch(WRITES_BEFORE_KILL);
    List<Future<?>> running = new ArrayList<>();
    try (MongoClient client = MongoClients.create(engine.connectionString())) {
      MongoCollection<Document> things = things(client);
      things.createIndex(Indexes.ascending("key"), new IndexOptions().unique(true));
      things.createIndex(Indexes.ascending("writer", "number"));
      for (int i = 0; i < WRITERS; i++) {
        String writer = "w" + round + "-" + i;
        running.add(writers.submit(() -> write(things, writer, written)));
      }
      written.await();
      engine.kill();
      for (Future<?> writer : running) {
        writer.get();
      }
    }
  }

  /** Inserts and increments until the server is gone. */
  private void write(MongoCollection<Document> things, String writer, CountDownLatch written) {
    try {
      for (int i = 0; ; i++) {
        String key = writer + "-" + i / 2;
        if (i % 2 == 0) {
          things.insertOne(new Document("key", key).append("writer", writer).append("number", 0));
        } else {
          things.updateOne(eq("key", key), Updates.inc("number", 1));
        }
        acknowledged.put(key, i % 2);
        written.countDown();
      }
    } catch (MongoException e) {
      assertThat(e).isNotInstanceOf(MongoWriteException.class);
    }
  }

  private void check(EngineProcess engine) {
    try (MongoClient client = MongoClients.create(engine.connectionString())) {
      MongoCollection<Document> things = things(client);
      Map<String, Document> stored = new ConcurrentHashMap<>();
      things.find().forEach(document -> stored.put(document.getString("key"), document));
      acknowledged.forEach(
          (key, number) -> {
            assertThat(stored.get(key)).as("acknowledged " + key).isNotNull();
            assertThat(stored.get(key).getInteger("number")).isGreaterThanOrEqualTo(number);
          });
      stored.forEach((key, document) -> assertIndexed(things, document));
      acknowledged.keySet().stream().findFirst().ifPresent(key -> assertUnique(things, key));
    }
  }

  private static void assertIndexed(MongoCollection<Document> things, Document document) {
    assertThat(things.find(eq("key", document.get("key"))).first()).isEqualTo(document);
    assertThat(
            things.countDocuments(
                new Document("writer", document.get("writer"))
                    .append("number", document.get("number"))))
        .isPositive();
  }

  private static void assertUnique(MongoCollection<Document> things, String key) {
    assertThatThrownBy(() -> things.insertOne(new Document("key", key)))
        .isInstanceOfSatisfying(
            MongoWriteException.class, e -> assertThat(e.getCode()).isEqualTo(11000));
  }
}
