package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.InvalidNamespaceError;
import de.bwaldvogel.mongo.exception.NoSuchCommandException;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import io.netty.channel.Channel;
import io.netty.channel.local.LocalChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The commands on one database and its collections: the core's where they are right. A map of the
 * file holds a collection's documents and is called by its namespace; a map for each of its indexes
 * is called by the namespace, a NUL and the index.
 */
final class StoredDatabase extends AbstractMongoDatabase<String> {
  private static final Pattern COLLECTION_NAME = Pattern.compile("(?!system\\.)[^$\\x00]{1,200}");
  private static final Document EVERYTHING = new Document();
  private static final Document COUNT_ALL =
      new Document(IndexDefinition.ID, 1).append("n", new Document("$sum", 1));

  /** The core wants one to know a client by; it gets the same for all. */
  private static final Channel NO_CHANNEL = new LocalChannel();

  private final DurableStore store;
  private final DatabaseResolver databases;
  private final Cursors cursors;
  private final Map<String, StoredCollection> collections = new ConcurrentHashMap<>();

  StoredDatabase(String name, DurableStore store, DatabaseResolver databases, Cursors cursors) {
    super(name, new CursorRegistry());
    this.store = store;
    this.databases = databases;
    this.cursors = cursors;
    store.mapNames().stream()
        .filter(map -> map.startsWith(name + ".") && map.indexOf('\0') < 0)
        .map(namespace -> namespace.substring(name.length() + 1))
        .forEach(this::resolveOrCreateCollection);
  }

  Collection<StoredCollection> collections() {
    return collections.values();
  }

  /** One that does not exist is empty, and is not kept. */
  private StoredCollection readable(String name) {
    return Optional.ofNullable(collections.get(name))
        .orElseGet(() -> new StoredCollection(this, name, DurableStore.inMemory()));
  }

  private StoredCollection existing(String name) {
    return Optional.ofNullable(collections.get(name))
        .orElseThrow(() -> new Refusal(26, "NamespaceNotFound", "ns not found"));
  }

  @Override
  protected StoredCollection resolveOrCreateCollection(String name) {
    return collections.computeIfAbsent(name, this::create);
  }

  private StoredCollection create(String name) {
    if (!COLLECTION_NAME.matcher(name).matches()) {
      throw new InvalidNamespaceError(getFullCollectionNamespace(name));
    }
    return new StoredCollection(this, name, store);
  }

  @Override
  @SuppressWarnings("NullAway") // the core's contract: null for a collection that does not exist
  public MongoCollection<String> resolveCollection(String name, boolean throwIfNotFound) {
    return collections.get(name);
  }

  Document execute(String name, Document command) {
    String target = command.get(name) instanceof String collection ? collection : "";
    return switch (name) {
      case "find" -> find(readable(target), command);
      case "count", "distinct" -> readable(target).reading(() -> byCore(name, command));
      case "aggregate" -> aggregate(readable(target), command);
      case "insert", "update" -> batch(name, resolveOrCreateCollection(target), command);
      case "delete" -> batch(name, readable(target), command);
      case "findAndModify" ->
          resolveOrCreateCollection(target).writing(() -> byCore(name, command));
      case "createIndexes" ->
          resolveOrCreateCollection(target).createIndexes(Fields.documents(command, "indexes"));
      case "dropIndexes" -> existing(target).dropIndexes(Fields.value(command, "index"));
      case "listIndexes" ->
          cursors.first(
              getFullCollectionNamespace(target),
              encoded(existing(target).listIndexes()),
              EVERYTHING);
      case "listCollections" ->
          cursors.first(
              getFullCollectionNamespace("$cmd.listCollections"),
              encoded(listCollections(Fields.document(command, "filter"))),
              EVERYTHING);
      default -> throw new NoSuchCommandException(name);
    };
  }

  private Document byCore(String name, Document command) {
    command.put("query", Fields.document(command, "query"));
    return handleCommand(NO_CHANNEL, name, command, databases, NoopOplog.get());
  }

  private Document find(StoredCollection collection, Document command) {
    List<EncodedDocument> found =
        collection.reading(
            () ->
                collection.find(
                    Fields.document(command, "filter"),
                    Fields.document(command, "sort"),
                    Fields.number(command, "skip", 0),
                    Fields.number(command, "limit", 0),
                    Fields.document(command, "projection")));
    return cursors.first(collection.getFullName(), found, command);
  }

  /**
   * Runs the statements one by one and tells exactly what each of them did: ordered stops at the
   * first error, unordered tries every statement. (The core does not.)
   */
  private Document batch(String name, StoredCollection collection, Document command) {
    int affected = 0;
    int modified = 0;
    List<Document> upserted = new ArrayList<>();
    List<Document> errors = new ArrayList<>();
    boolean ordered = Fields.flag(command, "ordered", true);
    int index = 0;
    for (Document statement : Fields.documents(command, statementsOf(name))) {
      Document effect = collection.writing(() -> effect(name, collection, statement));
      boolean failed = Fields.has(effect, "writeErrors");
      affected += failed ? 0 : Fields.number(effect, "n", 0);
      modified += Fields.number(effect, "nModified", 0);
      addTo(upserted, Fields.documents(effect, "upserted"), index);
      addTo(errors, Fields.documents(effect, "writeErrors"), index);
      if (failed && ordered) {
        break;
      }
      index++;
    }
    Document reply = new Document("n", affected).append("nModified", modified);
    reply.putIfNotNull("upserted", upserted.isEmpty() ? null : upserted);
    reply.putIfNotNull("writeErrors", errors.isEmpty() ? null : errors);
    return reply;
  }

  private static String statementsOf(String command) {
    return command.equals("insert") ? "documents" : command + "s";
  }

  private Document effect(String name, StoredCollection collection, Document statement) {
    try {
      if (!name.equals("insert")) {
        Refusal.requireSupported(statement);
      }
      if (name.equals("update") && !Fields.flag(statement, "multi", false)) {
        statement.put("q", collection.selectorOfFirst(Fields.document(statement, "q")));
      }
      return byCore(
          name,
          new Document(name, collection.getCollectionName())
              .append(statementsOf(name), List.of(statement)));
    } catch (RuntimeException e) {
      return new Document("writeErrors", List.of(Refusal.describe(e)));
    }
  }

  private static void addTo(List<Document> all, List<Document> ofStatement, int index) {
    ofStatement.forEach(one -> all.add(one.append("index", index)));
  }

  private Document aggregate(StoredCollection collection, Document command) {
    List<Document> pipeline = Fields.documents(command, "pipeline");
    boolean supported =
        command.get("aggregate") instanceof String
            && pipeline.stream()
                .noneMatch(stage -> stage.containsKey("$out") || stage.containsKey("$merge"));
    Refusal.require(supported, "an aggregation of a database, or one that stores its result,");
    List<Document> result = collection.reading(() -> run(collection, pipeline));
    return cursors.first(
        collection.getFullName(), encoded(result), Fields.document(command, "cursor"));
  }

  private static List<EncodedDocument> encoded(List<Document> documents) {
    return documents.stream().map(EncodedDocument::of).toList();
  }

  /** A leading $match goes to the indexes; counting what it finds needs no documents. */
  private List<Document> run(StoredCollection collection, List<Document> pipeline) {
    boolean matchFirst = !pipeline.isEmpty() && pipeline.getFirst().containsKey("$match");
    Document query = matchFirst ? Fields.document(pipeline.getFirst(), "$match") : EVERYTHING;
    List<Document> rest = matchFirst ? pipeline.subList(1, pipeline.size()) : pipeline;
    if (rest.size() == 1 && COUNT_ALL.equals(rest.getFirst().get("$group"))) {
      int count = collection.count(query, 0, 0);
      return count == 0
          ? List.of()
          : List.of(new Document(IndexDefinition.ID, 1).append("n", count));
    }
    List<Document> source = collection.find(query);
    return Aggregation.fromPipeline(rest, databases, this, collection, NoopOplog.get())
        .runStages(source.stream());
  }

  private List<Document> listCollections(Document filter) {
    return collections.keySet().stream()
        .sorted()
        .map(name -> new Document("name", name).append("type", "collection"))
        .filter(description -> new DefaultQueryMatcher().matches(description, filter))
        .toList();
  }

  @Override
  protected void clearLastStatus(Channel channel) {
    // nobody asks for it
  }

  @Override
  protected void putLastResult(Channel channel, Document result) {
    // nobody asks for it
  }

  @Override
  protected StoredCollection openOrCreateCollection(String name, CollectionOptions options) {
    return resolveOrCreateCollection(name);
  }

  @Override
  protected Index<String> openOrCreateUniqueIndex(
      String collectionName, String indexName, List<IndexKey> keys, boolean sparse) {
    throw new UnsupportedOperationException("the core knows no index here");
  }

  @Override
  protected long getFileSize() {
    return 0;
  }

  @Override
  protected long getStorageSize() {
    return 0;
  }
}
