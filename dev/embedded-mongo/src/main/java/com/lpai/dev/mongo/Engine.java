package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Answers commands: those of the server itself, and those of a database after the commit. */
final class Engine {
  private static final int MAX_BATCH = 100_000;

  /** MongoDB 5.0: no less may be promised to the driver, and no more is kept. */
  private static final int WIRE_VERSION = 13;

  private static final Pattern WRITES =
      Pattern.compile(
          "insert|update|delete|find[Aa]nd[Mm]odify|create|createIndexes|drop|dropIndexes|dropDatabase");

  private final DurableStore store;
  private final InstantSource clock;
  private final Cursors cursors = new Cursors();
  private final Map<String, StoredDatabase> databases = new ConcurrentHashMap<>();

  Engine(DurableStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    store.mapNames().forEach(map -> database(Utils.firstFragment(map)));
  }

  private StoredDatabase database(String name) {
    return databases.computeIfAbsent(
        name, key -> new StoredDatabase(key, store, this::database, cursors));
  }

  /** Every collection there is. */
  List<StoredCollection> collections() {
    return databases.values().stream()
        .flatMap(database -> database.collections().values().stream())
        .toList();
  }

  /** The reply to a command; an error is a reply, too. */
  Document execute(String database, Document command) {
    String name = command.isEmpty() ? "" : command.keySet().iterator().next();
    try {
      Document reply =
          WRITES.matcher(name).matches()
              ? store.change(() -> dispatch(database, name, command))
              : dispatch(database, name, command);
      return reply.append("ok", 1.0);
    } catch (RuntimeException e) {
      return Refusal.describe(e).append("ok", 0.0);
    }
  }

  private Document dispatch(String database, String name, Document command) {
    return switch (name) {
      case "hello", "isMaster", "ismaster" -> hello();
      case "ping", "endSessions" -> new Document();
      case "buildInfo", "buildinfo" -> buildInfo();
      case "listDatabases" -> listDatabases();
      case "getMore" -> cursors.next((Long) Fields.value(command, "getMore"), command);
      case "killCursors" -> cursors.kill((List<?>) Fields.value(command, "cursors"));
      default -> database(database).execute(name, command);
    };
  }

  private Document hello() {
    return new Document("helloOk", true)
        .append("ismaster", true)
        .append("isWritablePrimary", true)
        .append("maxBsonObjectSize", StoredCollection.MAX_DOCUMENT_BYTES)
        .append("maxMessageSizeBytes", WireServer.MAX_MESSAGE_BYTES)
        .append("maxWriteBatchSize", MAX_BATCH)
        .append("localTime", clock.instant())
        .append("minWireVersion", 0)
        .append("maxWireVersion", WIRE_VERSION)
        .append("readOnly", false);
  }

  private static Document buildInfo() {
    return new Document("version", "5.0.0")
        .append("versionArray", List.of(5, 0, 0, 0))
        .append("maxBsonObjectSize", StoredCollection.MAX_DOCUMENT_BYTES);
  }

  private Document listDatabases() {
    List<Document> descriptions =
        databases.values().stream()
            .filter(database -> !database.collections().isEmpty())
            .map(
                database -> new Document("name", database.getDatabaseName()).append("empty", false))
            .toList();
    return new Document("databases", descriptions).append("totalSize", 0L);
  }
}
