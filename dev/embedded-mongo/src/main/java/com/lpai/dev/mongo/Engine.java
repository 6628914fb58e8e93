package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Answers commands: those of the server itself, and those of a database after the commit. */
final class Engine {
  private static final int MAX_BATCH = 100_000;
  private static final int EXPIRED_AT_ONCE = 500;

  /** MongoDB 5.0: no less may be promised to the driver, and no more is kept. */
  private static final int WIRE_VERSION = 13;

  private static final Set<String> WRITES =
      Set.of("insert", "update", "delete", "findAndModify", "createIndexes", "dropIndexes");

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

  /** The reply to a command; an error is a reply, too, also that of reading it. */
  Document execute(Supplier<Document> read) {
    try {
      Document command = read.get();
      String name = command.keySet().stream().findFirst().orElse("");
      Refusal.requireSupported(command);
      Document reply =
          WRITES.contains(name)
              ? store.change(() -> dispatch(name, command))
              : dispatch(name, command);
      return reply.append("ok", 1.0);
    } catch (RuntimeException e) {
      return Refusal.describe(e).append("ok", 0.0);
    }
  }

  private Document dispatch(String name, Document command) {
    return switch (name) {
      case "hello", "isMaster", "ismaster" -> hello();
      case "ping", "endSessions" -> new Document();
      case "listDatabases" -> new Document("databases", listDatabases());
      case "getMore" -> cursors.next((Long) Fields.value(command, "getMore"), command);
      case "killCursors" -> cursors.kill((List<?>) Fields.value(command, "cursors"));
      default -> database(Fields.text(command, "$db")).execute(name, command);
    };
  }

  private static Document hello() {
    return new Document("helloOk", true)
        .append("ismaster", true)
        .append("isWritablePrimary", true)
        .append("maxBsonObjectSize", StoredCollection.MAX_DOCUMENT_BYTES)
        .append("maxMessageSizeBytes", WireServer.MAX_MESSAGE_BYTES)
        .append("maxWriteBatchSize", MAX_BATCH)
        .append("minWireVersion", 0)
        .append("maxWireVersion", WIRE_VERSION);
  }

  private List<Document> listDatabases() {
    return databases.values().stream()
        .filter(database -> !database.collections().isEmpty())
        .map(database -> new Document("name", database.getDatabaseName()))
        .toList();
  }

  /** Deletes what TTL indexes let expire. */
  void deleteExpired() {
    for (StoredDatabase database : databases.values()) {
      for (StoredCollection collection : database.collections()) {
        for (StoredIndex index : collection.indexes()) {
          index
              .definition()
              .expiredAt(clock.instant())
              .ifPresent(filter -> deleteAll(collection, filter));
        }
      }
    }
  }

  private void deleteAll(StoredCollection collection, Document filter) {
    int deleted = EXPIRED_AT_ONCE;
    while (deleted == EXPIRED_AT_ONCE) {
      deleted =
          store.change(
              () -> collection.writing(() -> collection.deleteDocuments(filter, EXPIRED_AT_ONCE)));
    }
  }
}
