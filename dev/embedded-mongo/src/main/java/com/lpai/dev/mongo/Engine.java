package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.exception.NoSuchCommandException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Answers commands: those of the server itself, and those of a database after the commit. */
final class Engine {
  private static final Logger LOG = System.getLogger(Engine.class.getName());
  private static final int INTERNAL_ERROR = 1;
  private static final int MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
  private static final int MAX_BATCH = 100_000;

  /** MongoDB 5.0: no less may be promised to the driver, and no more is kept. */
  private static final int WIRE_VERSION = 13;

  private static final Set<String> WRITES =
      Set.of(
          "insert",
          "update",
          "delete",
          "findAndModify",
          "findandmodify",
          "create",
          "createIndexes",
          "drop",
          "dropIndexes",
          "dropDatabase");

  private final DurableStore store;
  private final Catalog catalog;
  private final InstantSource clock;
  private final Cursors cursors = new Cursors();
  private final Map<String, StoredDatabase> databases = new ConcurrentHashMap<>();

  Engine(DurableStore store, InstantSource clock) {
    this.store = store;
    this.catalog = new Catalog(store);
    this.clock = clock;
    catalog.namespaces().forEach(namespace -> database(Utils.firstFragment(namespace)));
  }

  private StoredDatabase database(String name) {
    return databases.computeIfAbsent(name, key -> new StoredDatabase(key, store, catalog));
  }

  /** Every collection there is. */
  List<StoredCollection> collections() {
    return databases.values().stream()
        .flatMap(database -> database.collections().values().stream())
        .toList();
  }

  /** The reply to a command; an error is a reply, too. */
  Document execute(String databaseName, Document command) {
    String name = command.isEmpty() ? "" : command.keySet().iterator().next();
    try {
      Document reply =
          writes(name, command)
              ? store.change(() -> dispatch(databaseName, name, command))
              : dispatch(databaseName, name, command);
      return reply.append("ok", 1.0);
    } catch (MongoServerException e) {
      LOG.log(Level.DEBUG, "Refused {0}: {1}", name, e.getMessage());
      return WriteBatch.describe(e).append("ok", 0.0);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The command {0} failed unexpectedly: {1}", name, e.toString());
      LOG.log(Level.DEBUG, "The failure of " + name, e);
      return new Document("errmsg", "the embedded engine failed on " + name + ": " + e)
          .append("code", INTERNAL_ERROR)
          .append("codeName", "InternalError")
          .append("ok", 0.0);
    }
  }

  private static boolean writes(String name, Document command) {
    return WRITES.contains(name) || (name.equals("aggregate") && storesItsResult(command));
  }

  private static boolean storesItsResult(Document aggregate) {
    return Fields.documents(aggregate, "pipeline").stream()
        .anyMatch(stage -> stage.containsKey("$out") || stage.containsKey("$merge"));
  }

  private Document dispatch(String databaseName, String name, Document command) {
    return switch (name) {
      case "hello", "isMaster", "ismaster" -> hello();
      case "ping", "endSessions" -> new Document();
      case "buildInfo", "buildinfo" -> buildInfo();
      case "serverStatus" -> serverStatus();
      case "connectionStatus" -> connectionStatus();
      case "listDatabases" -> listDatabases();
      case "getMore" ->
          cursors.next(((Number) Fields.value(command, "getMore")).longValue(), command);
      case "killCursors" -> cursors.kill((List<?>) Fields.value(command, "cursors"));
      case "" -> throw new NoSuchCommandException("");
      default ->
          new DatabaseCommands(database(databaseName), this::database, cursors)
              .execute(name, command);
    };
  }

  private Document hello() {
    return new Document("helloOk", true)
        .append("ismaster", true)
        .append("isWritablePrimary", true)
        .append("maxBsonObjectSize", MAX_DOCUMENT_BYTES)
        .append("maxMessageSizeBytes", WireConnection.MAX_MESSAGE_BYTES)
        .append("maxWriteBatchSize", MAX_BATCH)
        .append("localTime", clock.instant())
        .append("minWireVersion", 0)
        .append("maxWireVersion", WIRE_VERSION)
        .append("readOnly", false);
  }

  private static Document buildInfo() {
    return new Document("version", "5.0.0")
        .append("versionArray", List.of(5, 0, 0, 0))
        .append("maxBsonObjectSize", MAX_DOCUMENT_BYTES);
  }

  private Document serverStatus() {
    return new Document("version", "5.0.0")
        .append("process", "lpai-embedded-mongo")
        .append("pid", ProcessHandle.current().pid())
        .append("localTime", clock.instant());
  }

  private static Document connectionStatus() {
    return new Document(
        "authInfo",
        new Document("authenticatedUsers", List.of()).append("authenticatedUserRoles", List.of()));
  }

  private Document listDatabases() {
    List<Document> descriptions =
        databases.values().stream()
            .filter(database -> !database.isEmpty())
            .map(
                database -> new Document("name", database.getDatabaseName()).append("empty", false))
            .toList();
    return new Document("databases", descriptions).append("totalSize", 0L);
  }
}
