package com.lpai.architecture.system;

import com.lpai.adapter.mongo.MongoAdapter;
import com.lpai.adapter.mongo.MongoSettings;
import com.lpai.adapter.mongo.encryption.MasterKey;
import com.lpai.domain.webhook.WebhookQueue;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/**
 * Measures the way of webhooks on real processes, from the request to the applied change, beside
 * receivers in Node on the same engine in the same run, and prints a report; {@code
 * dev/bench/webhooks.sh} runs it. Nothing here is a test: it asserts nothing.
 */
@SuppressWarnings("JavaUtilDate") // the driver's
public final class WebhookMeasurement {
  private static final String LOCATION = "busy";
  private static final int CONTACTS = 2_000;
  private static final int CONNECTIONS = 64;
  private static final int BATCH = 500;
  private static final int RATE = 500;
  private static final int OPEN_LOOP = 10_000;
  private static final int DRAINED = 10_000;
  private static final String QUIET = "quiet-";
  private static final int QUIET_ONES = 20;
  private static final int QUIET_RATE = 20;
  private static final int QUIET_EVENTS = 400;
  private static final int NOISE = 50_000;
  private static final int FORCED = 1_000;
  private static final int BLOCK = 64 << 10;
  private static final Duration BETWEEN_BLOCKS = Duration.ofMillis(20);
  private static final int WARM_UPS = 3;
  private static final int CLAIMS = 200;
  private static final int DUE = 1_600;
  private static final int MASTER_KEY_BYTES = 96;
  private static final int FEW = 10_000;
  private static final double MICROS = 1_000_000;
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();
  private static final String UNKNOWN = "SomethingUnheardOf";
  private static final String OURS = "LPai";
  private static final String EXPRESS = "Express, the guide's receiver";
  private static final String BARE = "bare `node:http`";

  private final Path packages;
  private final Path scripts;
  private final int rounds;
  private final int events;
  private final int many;
  private final String parts;
  private final SignedEvents signer = new SignedEvents();
  private final Path directory = Files.createTempDirectory("lpai-webhooks-");
  private final StringBuilder report = new StringBuilder();

  private WebhookMeasurement(String[] args) throws IOException {
    packages = Path.of(args[0]);
    scripts = Path.of(args[1]).toAbsolutePath();
    rounds = Integer.parseInt(args[2]);
    events = Integer.parseInt(args[3]);
    many = Integer.parseInt(args[4]);
    parts = args[5];
  }

  /**
   * Measures and prints.
   *
   * @param args the folder in which node finds its packages ("" compares with nothing), the folder
   *     of the receivers' scripts, rounds, events in each round, of how many stored events there
   *     are many, and what to measure: received, applied, neighbours, drained
   */
  public static void main(String[] args) throws Exception {
    WebhookMeasurement measurement = new WebhookMeasurement(args);
    measurement.all();
    System.out.print(measurement.report);
    System.exit(0);
  }

  private static void say(String what) {
    System.err.println(what);
  }

  private void tell(String line) {
    report.append(line).append('\n');
  }

  private void all() throws IOException {
    disk();
    if (parts.contains("received") || parts.contains("applied") || parts.contains("neighbours")) {
      try (RunningSystem system = signer.prepareSystem()) {
        lively(system);
      }
    }
    if (parts.contains("drained")) {
      // In a database of its own: how much is stored is what is measured.
      try (RunningSystem system = signer.prepareSystem()) {
        piledUp(system);
      }
    }
  }

  /**
   * What is answered only once it is on the disk cannot be answered faster than the disk allows.
   */
  private void disk() throws IOException {
    List<Double> millis = new ArrayList<>();
    Path file = directory.resolve("disk");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int i = 0; i < FORCED; i++) {
        long begun = System.nanoTime();
        channel.write(ByteBuffer.allocate(BLOCK), (long) i * BLOCK);
        channel.force(false);
        millis.add((System.nanoTime() - begun) / MICROS);
        WebhookStorm.pause(BETWEEN_BLOCKS);
      }
    }
    Files.delete(file);
    millis.sort(null);
    tell("## The disk alone");
    tell("");
    tell(
        ("Before all else, with nothing running: %,d blocks of 64 KiB written and forced to the disk,"
                + " one each 20 ms: median %.1f ms, p95 %.1f, p99 %.1f, slowest %.1f.")
            .formatted(
                FORCED,
                median(millis),
                millis.get(FORCED * 95 / 100),
                millis.get(FORCED * 99 / 100),
                millis.getLast()));
    tell("");
  }

  private void lively(RunningSystem system) throws IOException {
    Sandbox sandbox = started(system);
    List<JsonObject> templates = templates(system, sandbox, LOCATION, CONTACTS);
    List<JsonObject> quiet = new ArrayList<>();
    if (parts.contains("neighbours")) {
      for (int i = 1; i <= QUIET_ONES; i++) {
        quiet.addAll(templates(system, sandbox, QUIET + i, 1));
      }
    }
    // An event that is near to a read of its contact would cost a read of its own.
    sandbox.turnsClock("PT1H");
    if (parts.contains("received")) {
      received(system, templates);
    }
    if (parts.contains("applied")) {
      openLoop(system, sandbox, templates);
    }
    if (parts.contains("neighbours")) {
      neighbours(system, sandbox, templates, quiet);
    }
  }

  private static Sandbox started(RunningSystem system) {
    system.startServers();
    Sandbox sandbox = new Sandbox(system);
    BigLocation.withoutLimits(sandbox);
    return sandbox;
  }

  // ---- events

  /**
   * A contact's event as the sandbox writes it, of each contact of a location that is installed
   * now: an edit in GoHighLevel makes it.
   */
  private static List<JsonObject> templates(
      RunningSystem system, Sandbox sandbox, String location, int contacts) {
    sandbox.hasLocation(location, contacts);
    sandbox.installs(location);
    until(
        "the location is set up",
        () -> BigLocation.setup(system, location).getString("state", "").equals("done"));
    HttpCalls user = sandbox.asUserOf(location);
    JsonObject edit = Json.createObjectBuilder().add("city", "Before").build();
    for (Document contact :
        system.database().getCollection("contacts").find(Filters.eq("locationId", location))) {
      user.put("/contacts/" + contact.getString("ghlContactId"), edit);
    }
    MongoCollection<Document> queue = system.database().getCollection("webhook_queue");
    Bson edits =
        Filters.and(
            Filters.eq("locationId", location),
            Filters.eq("type", "ContactUpdate"),
            Filters.eq("status", "done"));
    until("its contacts' events are applied", () -> queue.countDocuments(edits) >= contacts);
    List<JsonObject> templates = new ArrayList<>();
    for (Document event : queue.find(edits)) {
      templates.add(
          Sandbox.parsed(
              new String(event.get("body", Binary.class).getData(), StandardCharsets.UTF_8)));
    }
    return templates;
  }

  /** The next event of a contact: another value, a later time. */
  private static String event(JsonObject template, String type, Instant at, String value) {
    JsonObjectBuilder event = Json.createObjectBuilder();
    template.forEach(event::add);
    return event
        .add("type", type)
        .add("timestamp", at.toString())
        .add("webhookId", UUID.randomUUID().toString())
        .add("companyName", value)
        .build()
        .toString();
  }

  private static List<String> events(
      List<JsonObject> templates, String type, Instant from, int count, String value) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      JsonObject template = templates.get(i % templates.size());
      all.add(event(template, type, from.plusMillis(i), value + " " + i));
    }
    return all;
  }

  // ---- receiving

  /** What one receiver did with one load; CPU in microseconds an event. */
  private record Received(double perSecond, double cpu, double p50, double p99) {}

  /** Events of a type that nobody knows: they are verified, read and stored, and rest. */
  private void received(RunningSystem system, List<JsonObject> templates) throws IOException {
    Path file = directory.resolve("received");
    Path warmUp = directory.resolve("warm-up");
    Path counted = directory.resolve("counted");
    if (!packages.toString().isEmpty()) {
      // Each of their rounds has a database of its own, so the same events serve in all of them.
      signer.write(warmUp, events(templates, UNKNOWN, Instant.now(), events / 2, "Warm"));
      signer.write(counted, events(templates, UNKNOWN, Instant.now(), events, "Node"));
    }
    Map<String, List<Received>> all = new HashMap<>();
    for (int round = 1 - WARM_UPS; round <= rounds; round++) {
      signer.writeCurrent(
          file, events(templates, UNKNOWN, Instant.now(), events, "Round " + round));
      add(
          all,
          round,
          OURS,
          received(system.server(1).process(), system.serverUri().getPort(), file));
      if (round > 0 && !packages.toString().isEmpty()) {
        add(
            all,
            round,
            EXPRESS,
            node(system, "express.mjs", signer.legacyPem(), List.of(warmUp, counted)));
        add(
            all,
            round,
            BARE,
            node(system, "bare.mjs", signer.currentPem(), List.of(warmUp, counted)));
      }
    }
    tell("## Received");
    tell("");
    tell(
        "%,d events in each of %d rounds over %d connections, in turns. %d rounds before them warm LPai up, half a round before each of theirs the receivers in Node, which are started anew each time; neither is counted. Stored durably before each answer, not processed. CPU is the receiver's own, in µs an acknowledged event; min / median / max."
            .formatted(events, rounds, CONNECTIONS, WARM_UPS));
    tell("");
    tell("| | acknowledged a second | CPU | p50, ms | p99, ms |");
    tell("|---|---|---|---|---|");
    for (String who : List.of(OURS, EXPRESS, BARE)) {
      List<Received> figures = all.getOrDefault(who, List.of());
      if (!figures.isEmpty()) {
        tell(
            "| %s | %s | %s | %s | %s |"
                .formatted(
                    who,
                    spread(figures.stream().map(Received::perSecond).toList(), "%,.0f"),
                    spread(figures.stream().map(Received::cpu).toList(), "%,.0f"),
                    spread(figures.stream().map(Received::p50).toList(), "%.1f"),
                    spread(figures.stream().map(Received::p99).toList(), "%.1f")));
      }
    }
    tell("");
    for (String other : List.of(EXPRESS, BARE)) {
      if (all.containsKey(other)) {
        tell(
            "LPai's CPU an event is %.2f times that of %s (medians)."
                .formatted(cpu(all, OURS) / cpu(all, other), other));
      }
    }
    tell("");
  }

  private static void add(Map<String, List<Received>> all, int round, String who, Received it) {
    say("round %d, %s: %s".formatted(round, who, it));
    if (round > 0) {
      all.computeIfAbsent(who, any -> new ArrayList<>()).add(it);
    }
  }

  private static double cpu(Map<String, List<Received>> all, String who) {
    return median(all.getOrDefault(who, List.of()).stream().map(Received::cpu).toList());
  }

  private Received received(ProcessHandle receiver, int port, Path file) {
    double before = cpu(receiver);
    JsonObject load = load(port, file, events, 0);
    double used = cpu(receiver) - before;
    double acknowledged = acknowledged(load);
    return new Received(
        acknowledged / number(load, "seconds"),
        used / acknowledged * MICROS,
        number(load, "p50"),
        number(load, "p99"));
  }

  /** A receiver in node, started for this round and stopped after it. */
  private Received node(RunningSystem system, String script, String key, List<Path> files)
      throws IOException {
    Path pem = directory.resolve(script + ".pem");
    Files.writeString(pem, key);
    int port = Build.freePort();
    String uri = system.mongoUri().replaceAll("/[^/]*$", "/guide-" + UUID.randomUUID());
    Path log = directory.resolve(script + ".log");
    Files.deleteIfExists(log);
    Process node =
        new ProcessBuilder(
                "node",
                scripts.resolve(script).toString(),
                String.valueOf(port),
                uri,
                pem.toString())
            .directory(packages.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      until(script + " is ready", () -> TestProcess.Logs.read(log).contains("READY"));
      // It warms up as ours did in the rounds before.
      load(port, files.getFirst(), events / 2, 0);
      return received(node.toHandle(), port, files.getLast());
    } finally {
      node.destroyForcibly();
    }
  }

  // ---- at a steady rate

  private void openLoop(RunningSystem system, Sandbox sandbox, List<JsonObject> templates) {
    Path file = directory.resolve("open");
    tell("## At %d events a second".formatted(RATE));
    tell("");
    tell(
        "%,d contact updates, each of them a change that is applied, in an open loop: an answer's time counts from when the event was due. Applied: from the receipt until the change is stored and logged (`webhook_logs`)."
            .formatted(OPEN_LOOP));
    tell("");
    tell(
        "| round | answered 200 | ack p50, ms | p99 | slowest | applied p50, ms | p95 | p99 | server's CPU an event, µs |");
    tell("|---|---|---|---|---|---|---|---|---|");
    for (int warmUp = 1; warmUp <= WARM_UPS; warmUp++) {
      signer.writeCurrent(
          file, events(templates, "ContactUpdate", sandbox.now(), events, "Warm " + warmUp));
      Date begun = Date.from(sandbox.now());
      JsonObject load = load(system.serverUri().getPort(), file, events, 0);
      applied(system, "^" + LOCATION, begun, acknowledged(load));
      say("warm-up " + load);
      sandbox.turnsClock("PT1M");
    }
    for (int round = 1; round <= rounds; round++) {
      Instant from = sandbox.now();
      signer.writeCurrent(
          file, events(templates, "ContactUpdate", from, OPEN_LOOP, "Open " + round));
      double before = cpu(system.serverProcess());
      Date begun = Date.from(sandbox.now());
      JsonObject load = load(system.serverUri().getPort(), file, OPEN_LOOP, RATE);
      List<Double> applied = applied(system, "^" + LOCATION, begun, acknowledged(load));
      double used = cpu(system.serverProcess()) - before;
      say("open loop " + load);
      tell(
          "| %d | %,d | %.1f | %.1f | %.1f | %.0f | %.0f | %.0f | %.0f |"
              .formatted(
                  round,
                  (int) acknowledged(load),
                  number(load, "p50"),
                  number(load, "p99"),
                  number(load, "slowest"),
                  applied.get(applied.size() / 2),
                  applied.get(applied.size() * 95 / 100),
                  applied.get(applied.size() * 99 / 100),
                  used / OPEN_LOOP * MICROS));
      sandbox.turnsClock("PT1M");
    }
    tell("");
  }

  /** From receipt to the change and its log, in milliseconds, the quickest first. */
  private static List<Double> applied(
      RunningSystem system, String locations, Date since, double events) {
    MongoCollection<Document> logs = system.database().getCollection("webhook_logs");
    Bson these =
        Filters.and(Filters.regex("locationId", locations), Filters.gte("receivedAt", since));
    until("all are applied", () -> logs.countDocuments(these) >= events);
    List<Double> applied = new ArrayList<>();
    for (Document log : logs.find(these)) {
      applied.add((double) (log.getDate("doneAt").getTime() - log.getDate("receivedAt").getTime()));
    }
    applied.sort(null);
    return applied;
  }

  // ---- a noisy neighbour

  private void neighbours(
      RunningSystem system, Sandbox sandbox, List<JsonObject> noisy, List<JsonObject> quiet) {
    tell("## A noisy neighbour");
    tell("");
    tell(
        "%d locations have one event a second each; then the same while %,d events of another location wait."
            .formatted(QUIET_ONES, NOISE));
    tell("");
    tell("| | applied p50, ms | p95 | p99 | of the noise left at the end |");
    tell("|---|---|---|---|---|");
    quietly(system, sandbox, quiet);
    tell("| idle | " + quietly(system, sandbox, quiet) + " | |");
    MongoCollection<Document> queue = system.database().getCollection("webhook_queue");
    pileUp(queue, noisy, sandbox.now(), NOISE);
    String among = quietly(system, sandbox, quiet);
    Bson left =
        Filters.and(Filters.eq("locationId", LOCATION), Filters.in("status", "pending", "waiting"));
    tell("| beside the noise | %s | %,d |".formatted(among, queue.countDocuments(left)));
    tell("");
    until("the noise is over", () -> queue.countDocuments(left) == 0);
  }

  private String quietly(RunningSystem system, Sandbox sandbox, List<JsonObject> quiet) {
    sandbox.turnsClock("PT1M");
    Path file = directory.resolve("quiet");
    Date begun = Date.from(sandbox.now());
    signer.writeCurrent(
        file, events(quiet, "ContactUpdate", sandbox.now(), QUIET_EVENTS, "Quiet " + begun));
    JsonObject load = load(system.serverUri().getPort(), file, QUIET_EVENTS, QUIET_RATE);
    List<Double> applied = applied(system, "^" + QUIET, begun, acknowledged(load));
    say("quiet " + load + " " + applied);
    return "%.0f | %.0f | %.0f"
        .formatted(
            applied.get(applied.size() / 2),
            applied.get(applied.size() * 95 / 100),
            applied.get(applied.size() * 99 / 100));
  }

  // ---- what had piled up

  private void piledUp(RunningSystem system) {
    Sandbox sandbox = started(system);
    List<JsonObject> templates = templates(system, sandbox, LOCATION, CONTACTS);
    sandbox.turnsClock("PT1H");
    StringBuilder claims = new StringBuilder();
    List<Double> claimed = new ArrayList<>();
    tell("## What had piled up");
    tell("");
    tell(
        "%,d contact updates, each of them a change, wait in the queue; from the first one begun to the last one over. Beside it the engine's raw rate: one client updates as many documents by their id in bulks of %d."
            .formatted(DRAINED, BATCH));
    tell("");
    tell(
        "| events stored | drained a second | server's CPU an event, µs | database's | raw bulk updates a second | share |");
    tell("|---|---|---|---|---|---|");
    for (int stored : new int[] {FEW, many}) {
      fill(system, stored);
      Claimed cost = claimed(system, templates, sandbox.now());
      say("claims " + cost);
      claimed.add(cost.millis());
      claims.append(
          "| %,d | %.1f | %.1f | %.1f |%n"
              .formatted(cost.stored(), cost.millis(), cost.p95(), cost.databaseMillis()));
      // The first one after a start warms up.
      drain(system, sandbox, templates, false);
      drain(system, sandbox, templates, true);
    }
    tell("");
    tell("## A claim");
    tell("");
    tell(
        "%d claims of %d lanes with %d events, given back at once, of %,d that are due; the server is stopped."
            .formatted(
                CLAIMS,
                WebhookQueue.LANES_PER_TURN,
                WebhookQueue.LANES_PER_TURN * DUE / WebhookQueue.BUCKETS,
                DUE));
    tell("");
    tell("| events stored | median, ms | p95 | database's CPU, ms |");
    tell("|---|---|---|---|");
    report.append(claims);
    tell("");
    tell(
        "With many stored a claim takes %.2f times as long."
            .formatted(claimed.getLast() / claimed.getFirst()));
    tell("");
  }

  /** What a claim takes with so many events stored. */
  private record Claimed(long stored, double millis, double p95, double databaseMillis) {}

  private static Claimed claimed(RunningSystem system, List<JsonObject> templates, Instant now) {
    system.stopServer();
    MongoCollection<Document> events = system.database().getCollection("webhook_queue");
    long stored = events.estimatedDocumentCount();
    pileUp(events, templates, now, DUE);
    MasterKey unused = new MasterKey.Local(new byte[MASTER_KEY_BYTES]);
    try (MongoAdapter mongo = MongoAdapter.open(MongoSettings.of(system.mongoUri(), unused))) {
      WebhookQueue queue = mongo.webhookQueue();
      claims(queue, CLAIMS / 2, now);
      double before = cpu(system.databaseProcess());
      List<Double> millis = claims(queue, CLAIMS, now);
      double database = cpu(system.databaseProcess()) - before;
      millis.sort(null);
      return new Claimed(
          stored,
          millis.get(millis.size() / 2),
          millis.get(millis.size() * 95 / 100),
          database / CLAIMS * 1_000);
    } finally {
      system.startServer();
      until(
          "they are over",
          () -> events.countDocuments(Filters.in("status", "pending", "waiting")) == 0);
    }
  }

  private static List<Double> claims(WebhookQueue queue, int times, Instant now) {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      Instant at = now.plusSeconds(1);
      long begun = System.nanoTime();
      List<WebhookQueue.Claim> claims =
          queue.claim(at, at.plusSeconds(60), WebhookQueue.LANES_PER_TURN, Set.of());
      millis.add((System.nanoTime() - begun) / 1e6);
      if (claims.isEmpty()) {
        throw new IllegalStateException("Nothing was claimed");
      }
      claims.forEach(claim -> queue.settleAll(claim, List.of(), at));
    }
    return millis;
  }

  private void drain(
      RunningSystem system, Sandbox sandbox, List<JsonObject> templates, boolean counts) {
    MongoCollection<Document> queue = system.database().getCollection("webhook_queue");
    sandbox.turnsClock("PT1M");
    if (!counts) {
      pileUp(queue, templates, sandbox.now(), DRAINED / 2);
      until(
          "they are over",
          () -> queue.countDocuments(Filters.in("status", "pending", "waiting")) == 0);
      return;
    }
    Date begun = Date.from(sandbox.now());
    // Nobody begins before all of them are there.
    MongoCollection<Document> lanes = system.database().getCollection("webhook_lanes");
    Date later = Date.from(sandbox.now().plus(Duration.ofHours(1)));
    for (int bucket = 0; bucket < WebhookQueue.BUCKETS; bucket++) {
      lanes.insertOne(
          new Document("locationId", LOCATION)
              .append("bucket", bucket)
              .append("token", "measurement")
              .append("leaseUntil", later));
    }
    pileUp(queue, templates, sandbox.now(), DRAINED);
    double server = cpu(system.serverProcess());
    double database = cpu(system.databaseProcess());
    lanes.deleteMany(Filters.eq("token", "measurement"));
    until(
        "they are over",
        () -> queue.countDocuments(Filters.in("status", "pending", "waiting")) == 0);
    double usedByServer = (cpu(system.serverProcess()) - server) / DRAINED * MICROS;
    double usedByDatabase = (cpu(system.databaseProcess()) - database) / DRAINED * MICROS;
    MongoCollection<Document> logs = system.database().getCollection("webhook_logs");
    long first = Long.MAX_VALUE;
    long last = 0;
    for (Document log :
        logs.find(
            Filters.and(Filters.eq("locationId", LOCATION), Filters.gte("receivedAt", begun)))) {
      first = Math.min(first, log.getDate("startedAt").getTime());
      last = Math.max(last, log.getDate("doneAt").getTime());
    }
    double perSecond = DRAINED * 1000.0 / Math.max(1, last - first);
    double raw = raw(queue);
    tell(
        "| %,d | %,.0f | %,.0f | %,.0f | %,.0f | %.0f %% |"
            .formatted(
                queue.estimatedDocumentCount(),
                perSecond,
                usedByServer,
                usedByDatabase,
                raw,
                perSecond / raw * 100));
    say("drained " + perSecond + " raw " + raw);
  }

  /** Puts events straight into the queue, as they are stored. */
  private static void pileUp(
      MongoCollection<Document> queue, List<JsonObject> templates, Instant now, int count) {
    Map<String, Document> stored = new HashMap<>();
    for (Document event :
        queue
            .find(
                Filters.and(
                    Filters.eq("locationId", LOCATION), Filters.eq("type", "ContactUpdate")))
            .sort(Sorts.ascending("_id"))
            .limit(CONTACTS * 4)) {
      stored.putIfAbsent(event.getString("entityKey"), event);
    }
    List<Document> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      JsonObject template = templates.get(i % templates.size());
      String body = event(template, "ContactUpdate", now.plusMillis(i), "Piled " + now + i);
      Document like = stored.get("contact/" + template.getString("id"));
      String id = "%016x".formatted((now.toEpochMilli() << 20) + i) + "bench";
      made.add(
          new Document(like)
              .append("_id", id)
              .append("webhookId", id)
              .append("sentWebhookId", id)
              .append("bodyHash", id)
              .append("sentAt", Date.from(now.plusMillis(i)))
              .append("status", "pending")
              .append("attempts", 0)
              .append("outcome", "")
              .append("processAfter", Date.from(now))
              .append("createdAt", Date.from(now))
              .append("receivedAt", Date.from(now))
              .append("body", new Binary(body.getBytes(StandardCharsets.UTF_8))));
      made.getLast().remove("settledBy");
    }
    for (int i = 0; i < made.size(); i += BATCH) {
      queue.insertMany(made.subList(i, Math.min(made.size(), i + BATCH)));
    }
  }

  /** Until so many events are stored, all of them over. */
  private static void fill(RunningSystem system, int wanted) {
    MongoCollection<Document> queue = system.database().getCollection("webhook_queue");
    Document like =
        queue
            .find(Filters.and(Filters.eq("type", "ContactUpdate"), Filters.eq("status", "done")))
            .first();
    if (like == null) {
      throw new IllegalStateException("No event was applied");
    }
    for (long stored = queue.estimatedDocumentCount(); stored < wanted; stored += BATCH) {
      List<Document> more = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        String id = "0000" + UUID.randomUUID();
        more.add(
            new Document(like)
                .append("_id", id)
                .append("webhookId", id)
                .append("locationId", "location-" + stored % 50));
      }
      queue.insertMany(more);
    }
  }

  private static double raw(MongoCollection<Document> queue) {
    List<String> ids = new ArrayList<>();
    queue
        .find(Filters.eq("locationId", LOCATION))
        .limit(DRAINED)
        .forEach(event -> ids.add(event.getString("_id")));
    long begun = System.nanoTime();
    for (int i = 0; i < ids.size(); i += BATCH) {
      List<UpdateOneModel<Document>> updates =
          ids.subList(i, Math.min(ids.size(), i + BATCH)).stream()
              .map(
                  id ->
                      new UpdateOneModel<Document>(
                          Filters.eq("_id", id), Updates.set("benchmark", begun)))
              .toList();
      queue.bulkWrite(updates, new BulkWriteOptions().ordered(false));
    }
    return ids.size() * 1e9 / (System.nanoTime() - begun);
  }

  // ---- helps

  private static JsonObject load(int port, Path file, int count, int rate) {
    return WebhookLoad.send(port, CONNECTIONS, file, count, rate);
  }

  private static double acknowledged(JsonObject load) {
    return number(load, "acknowledged");
  }

  private static double number(JsonObject load, String name) {
    return load.getJsonNumber(name).doubleValue();
  }

  private static double cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElseThrow().toMillis() / 1_000.0;
  }

  /** A thing that may be so. */
  private interface Condition {
    boolean holds();
  }

  private static void until(String what, Condition condition) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("It took too long until " + what);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static double median(List<Double> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }

  private static String spread(List<Double> figures, String format) {
    List<Double> sorted = figures.stream().sorted().toList();
    return String.join(
        " / ",
        format.formatted(sorted.getFirst()),
        String.format(Locale.ROOT, format, sorted.get(sorted.size() / 2)),
        format.formatted(sorted.getLast()));
  }
}
