package com.lpai.dev.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Measures the engine as a process of its own; prints a report. Started by
 * dev/bench/engine-open.sh.
 */
final class EngineMeasurement {

  /** What the launcher of the evaluation gives the engine. */
  private static final List<String> JAVA_OPTIONS = List.of("-Xmx512m", "-XX:+UseSerialGC");

  private static final int CLIENTS = 16;
  private static final int BATCH = 1_000;
  private static final int QUEUE_LENGTH = 100_000;
  private static final int SECONDS_OF_WRITING = 20;
  private static final int WRITES_BEFORE_KILL = 5_000;

  /** Kept, since the logging framework forgets a logger and its level that nobody holds. */
  private static final Logger DRIVER_LOGGER = Logger.getLogger("org.mongodb.driver");

  private final Path directory;
  private final int documents;
  private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

  private EngineMeasurement(Path directory, int documents) {
    this.directory = directory;
    this.documents = documents;
  }

  /** Expects an empty directory and how many documents to fill in. */
  public static void main(String[] arguments) throws Exception {
    DRIVER_LOGGER.setLevel(Level.WARNING);
    EngineMeasurement measurement =
        new EngineMeasurement(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    try {
      describeMachine();
      measurement.measureOpening();
      measurement.measureRates();
    } finally {
      measurement.clients.shutdownNow();
    }
  }

  @SuppressWarnings("SystemOut") // the report is what the program is for
  private static void report(String line) {
    System.out.println(line);
  }

  private static void describeMachine() {
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    report("# The embedded engine, measured");
    report("");
    report(
        ("Machine: %d cores, %d GiB, Java %s. The engine: a process of its own, `%s`. One"
                + " run.")
            .formatted(
                machine.getAvailableProcessors(),
                Math.round(machine.getTotalMemorySize() / Math.pow(2, 30)),
                Runtime.version().feature(),
                String.join(" ", JAVA_OPTIONS)));
    report("");
    report("| what | |");
    report("|---|---|");
  }

  private EngineProcess open(Path file) {
    return EngineProcess.start(JAVA_OPTIONS, "--port", "0", "--file", file.toString());
  }

  private static MongoCollection<Document> contacts(MongoClient client) {
    return client
        .getDatabase("bench")
        .getCollection("contacts")
        .withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
  }

  private static Document contact(int number) {
    return new Document("_id", "contact-%012d".formatted(number))
        .append("locationId", "location-" + number % 10)
        .append("ghlContactId", "ghl%017d".formatted(number))
        .append("live", true)
        .append("email", "person" + number + "@example.com")
        .append("phone", "+1555%07d".formatted(number))
        .append("name", new Document("first", "First" + number % 1_000).append("last", "Last"))
        .append("searchTerms", List.of("first" + number % 1_000, "person" + number))
        .append("sync", new Document("state", "inSync").append("attempts", 0))
        .append("version", 1L);
  }

  private static void createIndexes(MongoCollection<Document> contacts) {
    contacts.createIndex(
        Indexes.ascending("locationId", "ghlContactId"),
        new IndexOptions().unique(true).partialFilterExpression(exists("ghlContactId")));
    contacts.createIndex(Indexes.ascending("locationId", "live", "email", "_id"));
    contacts.createIndex(Indexes.ascending("locationId", "live", "searchTerms"));
  }

  private void measureOpening() throws Exception {
    Path file = directory.resolve("open.mv");
    try (EngineProcess engine = open(file);
        MongoClient client = MongoClients.create(engine.connectionString())) {
      createIndexes(contacts(client));
      double seconds = secondsOf(() -> fill(contacts(client)));
      report("| filling in %,d contacts with 3 indexes | %.0f s |".formatted(documents, seconds));
      report("| stopping after that | %.1f s |".formatted(secondsOf(engine::terminate)));
    }
    report("| size of the file | %,d MiB |".formatted(Files.size(file) >> 20));
    try (EngineProcess engine = openAndAsk(file, "opening after a clean stop");
        MongoClient client = MongoClients.create(engine.connectionString())) {
      writeUntilKilled(engine, contacts(client));
    }
    try (EngineProcess engine = openAndAsk(file, "opening after kill -9 amid writing")) {
      engine.terminate();
    }
  }

  private void fill(MongoCollection<Document> contacts) throws Exception {
    AtomicInteger next = new AtomicInteger();
    inParallel(
        4,
        () -> {
          for (int from = next.getAndAdd(BATCH); from < documents; from = next.getAndAdd(BATCH)) {
            int to = Math.min(documents, from + BATCH);
            contacts.insertMany(
                IntStream.range(from, to).mapToObj(EngineMeasurement::contact).toList());
          }
        });
  }

  private EngineProcess openAndAsk(Path file, String how) throws Exception {
    long start = System.nanoTime();
    EngineProcess engine = open(file);
    double ready = secondsSince(start);
    try (MongoClient client = MongoClients.create(engine.connectionString())) {
      MongoCollection<Document> contacts = contacts(client);
      double asked =
          secondsOf(
              () -> {
                require(contacts.estimatedDocumentCount() >= documents, "all contacts are there");
                Document last = contact(documents - 1);
                Document found =
                    contacts
                        .find(
                            and(
                                eq("locationId", last.get("locationId")),
                                eq("live", true),
                                eq("email", last.get("email"))))
                        .first();
                require(last.equals(found), "the last contact is found");
              });
      report("| %s, until READY | %.1f s |".formatted(how, ready));
      report("| ... count and first query by an index after that | %.1f s |".formatted(asked));
      return engine;
    }
  }

  private void writeUntilKilled(EngineProcess engine, MongoCollection<Document> contacts)
      throws Exception {
    AtomicInteger next = new AtomicInteger(documents);
    Future<?> writing =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon(true).factory())
            .submit(
                () -> {
                  try {
                    inParallel(
                        CLIENTS,
                        () -> {
                          while (!Thread.currentThread().isInterrupted()) {
                            contacts.insertOne(contact(next.getAndIncrement()));
                            if (next.get() == documents + WRITES_BEFORE_KILL) {
                              engine.kill();
                            }
                          }
                        });
                  } catch (MongoException e) {
                    return null;
                  }
                  return null;
                });
    try {
      writing.get(5, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      require(e.getCause() instanceof ExecutionException, "only the killed server fails: " + e);
    }
  }

  private void measureRates() throws Exception {
    Path file = directory.resolve("rates.mv");
    try (EngineProcess engine = open(file);
        MongoClient client = MongoClients.create(engine.connectionString())) {
      MongoCollection<Document> contacts = contacts(client);
      createIndexes(contacts);
      reportRate(
          engine,
          "inserts, w: majority, j: true, 3 indexes",
          number -> {
            contacts.insertOne(contact(number));
            return true;
          });
      MongoCollection<Document> queue =
          client
              .getDatabase("bench")
              .getCollection("queue")
              .withWriteConcern(WriteConcern.MAJORITY);
      fillQueue(queue);
      reportRate(
          engine,
          "claims (findOneAndUpdate) of a queue of %,d".formatted(QUEUE_LENGTH),
          number -> claim(queue));
      reportRate(
          engine,
          "reads by an index of two fields",
          number -> contacts.find(identityOf(contact(number % 1_000))).first() != null);
    }
  }

  private static void fillQueue(MongoCollection<Document> queue) {
    queue.createIndex(Indexes.ascending("status", "processAfter", "_id"));
    for (int from = 0; from < QUEUE_LENGTH; from += BATCH) {
      queue.insertMany(
          IntStream.range(from, from + BATCH)
              .mapToObj(
                  number ->
                      new Document("_id", number)
                          .append("status", "ready")
                          .append("processAfter", number % 1_000)
                          .append("payload", "x".repeat(300)))
              .toList());
    }
  }

  private static boolean claim(MongoCollection<Document> queue) {
    Document claimed =
        queue.findOneAndUpdate(
            and(eq("status", "ready"), lte("processAfter", 2_000)),
            Updates.combine(Updates.set("status", "claimed"), Updates.inc("attempts", 1)),
            new FindOneAndUpdateOptions().sort(Sorts.ascending("processAfter", "_id")));
    return claimed != null;
  }

  private static Bson identityOf(Document contact) {
    return and(
        eq("locationId", contact.get("locationId")),
        eq("ghlContactId", contact.get("ghlContactId")));
  }

  /** How many a second, over a while or until one answers that there is no more. */
  private void reportRate(EngineProcess engine, String what, IntPredicate one) throws Exception {
    AtomicInteger next = new AtomicInteger();
    AtomicLong done = new AtomicLong();
    Duration before = cpuTimeOf(engine);
    long start = System.nanoTime();
    inParallel(
        CLIENTS,
        () -> {
          while (secondsSince(start) < SECONDS_OF_WRITING && one.test(next.getAndIncrement())) {
            done.incrementAndGet();
          }
        });
    double rate = done.get() / secondsSince(start);
    long micros = cpuTimeOf(engine).minus(before).toNanos() / 1_000 / done.get();
    report(
        "| %s, %d clients | %,.0f /s, each %,d µs of the engine's CPU |"
            .formatted(what, CLIENTS, rate, micros));
  }

  private static Duration cpuTimeOf(EngineProcess engine) {
    return engine.handle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private void inParallel(int threads, Work work) throws InterruptedException, ExecutionException {
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(
          clients.submit(
              () -> {
                work.run();
                return null;
              }));
    }
    for (Future<?> one : running) {
      one.get();
    }
  }

  private static double secondsOf(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return secondsSince(start);
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void require(boolean holds, String what) throws IOException {
    if (!holds) {
      throw new IOException("not true: " + what);
    }
  }

  /** Something to measure. */
  private interface Work {
    void run() throws Exception;
  }
}
