package com.lpai.architecture.campaign;

import com.lpai.architecture.system.RunningSystem;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** kill -9 of the database under many writers: each acknowledged write must be there afterwards. */
final class EngineRounds {
  private static final int WRITERS = 16;
  private static final int SHORTEST_ROUND_MILLIS = 800;
  private static final int LONGEST_ROUND_MILLIS = 4_000;

  private final int rounds;
  private final Random random;
  private final Findings findings;
  private final List<EngineWriter> writers = new ArrayList<>();

  EngineRounds(int rounds, long seed, Findings findings) {
    this.rounds = rounds;
    this.random = new Random(seed);
    this.findings = findings;
    for (int i = 1; i <= WRITERS; i++) {
      writers.add(new EngineWriter("w" + i, random.nextLong()));
    }
  }

  /** Returns the part of the report. */
  List<String> run() {
    List<String> lines = new ArrayList<>();
    lines.add("## Database under " + WRITERS + " writers");
    lines.add("");
    lines.add(
        "Inserts, batches, updates, findAndModify and deletes over the driver, majority and"
            + " journaled. Each document is compared after each kill.");
    lines.add("");
    lines.add("| round | killed after | acknowledged writes | start again | documents compared |");
    lines.add("|---|---|---|---|---|");
    long all = 0;
    try (RunningSystem system = RunningSystem.builder().prepare();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      try (MongoClient client = client(system)) {
        things(client).createIndex(Indexes.ascending("writer", "number"));
      }
      for (int round = 1; round <= rounds; round++) {
        int millis = random.nextInt(SHORTEST_ROUND_MILLIS, LONGEST_ROUND_MILLIS);
        long acknowledged = writeAndKill(system, threads, millis);
        all += acknowledged;
        long start = System.nanoTime();
        system.startDatabase();
        long startMillis = Pace.millisSince(start);
        int documents = check(system);
        lines.add(
            "| %d | %d ms | %d | %d ms | %d |"
                .formatted(round, millis, acknowledged, startMillis, documents));
        Pace.say("engine round " + lines.getLast());
      }
    }
    lines.add("");
    lines.add("%d acknowledged writes in all.".formatted(all));
    lines.add("");
    return lines;
  }

  private long writeAndKill(RunningSystem system, ExecutorService threads, int millis) {
    try (MongoClient client = client(system)) {
      MongoCollection<Document> things = things(client);
      List<Future<Integer>> running = new ArrayList<>();
      for (EngineWriter writer : writers) {
        running.add(threads.submit(() -> writer.writeUntilGone(things)));
      }
      Pace.pause(millis);
      system.killDatabase();
      long acknowledged = 0;
      for (Future<Integer> writer : running) {
        acknowledged += writer.get(1, TimeUnit.MINUTES);
      }
      return acknowledged;
    } catch (ExecutionException | java.util.concurrent.TimeoutException failure) {
      throw new IllegalStateException("A writer failed", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private int check(RunningSystem system) {
    try (MongoClient client = client(system)) {
      MongoCollection<Document> things = things(client);
      int documents = 0;
      for (EngineWriter writer : writers) {
        documents += writer.check(things, findings);
      }
      if (things.countDocuments() != documents) {
        findings.add("engine: the index on writers and the collection differ");
      }
      return documents;
    }
  }

  private static MongoClient client(RunningSystem system) {
    return MongoClients.create(
        system.mongoUri() + "?retryWrites=false&serverSelectionTimeoutMS=2000");
  }

  private static MongoCollection<Document> things(MongoClient client) {
    return client
        .getDatabase("campaign")
        .getCollection("things")
        .withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
  }
}
