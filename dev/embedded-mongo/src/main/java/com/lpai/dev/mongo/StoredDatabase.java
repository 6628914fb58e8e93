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
import de.bwaldvogel.mongo.exception.FailedToParseException;
import de.bwaldvogel.mongo.exception.IndexNotFoundException;
import de.bwaldvogel.mongo.exception.InvalidNamespaceError;
import de.bwaldvogel.mongo.exception.NamespaceExistsException;
import de.bwaldvogel.mongo.exception.NoSuchCommandException;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import io.netty.channel.Channel;
import io.netty.channel.local.LocalChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The commands on one database and its collections: the core's where they are right. A map of the
 * file holds a collection's documents and is called by its namespace; a map for each of its indexes
 * is called by the namespace, a NUL and the index.
 */
final class StoredDatabase extends AbstractMongoDatabase<String> {
  private static final int NAMESPACE_NOT_FOUND = 26;
  private static final int MAX_NAMESPACE_LENGTH = 255;
  private static final Document EVERYTHING = new Document();
  private static final Document COUNT_ALL =
      new Document(IndexDefinition.ID, 1).append("n", new Document("$sum", 1));

  /** The core wants one to know a client by; it gets the same for all. */
  private static final Channel NO_CHANNEL = new LocalChannel();

  private final DurableStore store;
  private final DatabaseResolver databases;
  private final Cursors cursors;
  private final Map<String, StoredCollection> collections = new ConcurrentSkipListMap<>();

  StoredDatabase(String name, DurableStore store, DatabaseResolver databases, Cursors cursors) {
    super(name, new CursorRegistry());
    this.store = store;
    this.databases = databases;
    this.cursors = cursors;
    store.mapNames().stream()
        .filter(map -> map.startsWith(name + ".") && map.indexOf('\0') < 0)
        .forEach(namespace -> open(namespace.substring(name.length() + 1)));
  }

  private StoredCollection open(String name) {
    String namespace = getFullCollectionNamespace(name);
    List<StoredIndex> indexes =
        store.mapNames().stream()
            .filter(map -> map.startsWith(namespace + '\0'))
            .map(map -> StoredIndex.open(store.map(map)))
            .toList();
    StoredCollection collection =
        new StoredCollection(this, name, store, store.map(namespace), indexes);
    collections.put(name, collection);
    return collection;
  }

  Map<String, StoredCollection> collections() {
    return collections;
  }

  private Optional<StoredCollection> collection(String name) {
    return Optional.ofNullable(collections.get(name));
  }

  private StoredCollection existing(String name) {
    return collection(name)
        .orElseThrow(() -> new Refusal(NAMESPACE_NOT_FOUND, "NamespaceNotFound", "ns not found"));
  }

  @Override
  protected synchronized StoredCollection resolveOrCreateCollection(String name) {
    return collection(name)
        .orElseGet(
            () -> {
              boolean valid =
                  !name.isEmpty()
                      && !name.contains("$")
                      && name.indexOf('\0') < 0
                      && !name.startsWith("system.")
                      && getFullCollectionNamespace(name).length() <= MAX_NAMESPACE_LENGTH;
              if (!valid) {
                throw new InvalidNamespaceError(getFullCollectionNamespace(name));
              }
              return open(name);
            });
  }

  @Override
  @SuppressWarnings("NullAway") // the core's contract: null for a collection that does not exist
  public MongoCollection<String> resolveCollection(String name, boolean throwIfNotFound) {
    return collections.get(name);
  }

  Document execute(String name, Document command) {
    Refusal.requireSupported(command);
    return switch (name) {
      case "find" -> find(command);
      case "insert" -> insert(command);
      case "update" -> update(command);
      case "delete" -> delete(command);
      case "findAndModify", "findandmodify" -> findAndModify(name, command);
      case "count", "distinct" ->
          collection(Fields.text(command, name))
              .map(collection -> collection.reading(() -> byCore(name, command)))
              .orElseGet(() -> byCore(name, command));
      case "aggregate" -> aggregate(command);
      case "create" -> create(command);
      case "drop" -> drop(command);
      case "createIndexes" -> createIndexes(command);
      case "dropIndexes" -> dropIndexes(command);
      case "listIndexes" -> listIndexes(command);
      case "listCollections" -> listCollections(command);
      case "dropDatabase" -> dropDatabase();
      default -> throw new NoSuchCommandException(name);
    };
  }

  private Document byCore(String name, Document command) {
    command.put("query", Fields.document(command, "query"));
    return handleCommand(NO_CHANNEL, name, command, databases, NoopOplog.get());
  }

  private List<Document> read(String name, Function<StoredCollection, List<Document>> query) {
    return collection(name)
        .map(collection -> collection.reading(() -> query.apply(collection)))
        .orElse(List.of());
  }

  private Document find(Document command) {
    String name = Fields.text(command, "find");
    Document projection = Fields.document(command, "projection");
    Refusal.requireNoExpressions(projection);
    int limit = Fields.number(command, "limit", 0);
    boolean single = Fields.flag(command, "singleBatch", false) || limit < 0;
    List<Document> found =
        read(
            name,
            collection ->
                collection.find(
                    Fields.document(command, "filter"),
                    Fields.document(command, "sort"),
                    Fields.number(command, "skip", 0),
                    Math.abs(limit),
                    projection));
    return cursors.first(getFullCollectionNamespace(name), found, command, single);
  }

  private Document insert(Document command) {
    StoredCollection collection = resolveOrCreateCollection(Fields.text(command, "insert"));
    return batch(
        collection,
        command,
        "documents",
        document -> {
          collection.addDocument(document);
          return new Document("n", 1);
        });
  }

  private Document update(Document command) {
    String name = Fields.text(command, "update");
    return batch(
        resolveOrCreateCollection(name),
        command,
        "updates",
        statement -> {
          Refusal.requireSupported(statement);
          Refusal.requireNoPipeline(Fields.value(statement, "u"));
          return byCore(
              "update", new Document("update", name).append("updates", List.of(statement)));
        });
  }

  private Document delete(Document command) {
    return collection(Fields.text(command, "delete"))
        .map(
            collection ->
                batch(collection, command, "deletes", statement -> delete(collection, statement)))
        .orElseGet(() -> new Document("n", 0));
  }

  private static Document delete(StoredCollection collection, Document statement) {
    Refusal.requireSupported(statement);
    int limit = Fields.number(statement, "limit", 0);
    return new Document("n", collection.deleteDocuments(Fields.document(statement, "q"), limit));
  }

  /**
   * Runs the statements one by one and tells exactly what each of them did: ordered stops at the
   * first error, unordered tries every statement. (The core does not.)
   */
  private static Document batch(
      StoredCollection collection,
      Document command,
      String statements,
      UnaryOperator<Document> run) {
    int affected = 0;
    int modified = 0;
    List<Document> upserted = new ArrayList<>();
    List<Document> errors = new ArrayList<>();
    int index = 0;
    for (Document statement : Fields.documents(command, statements)) {
      try {
        Document effect = collection.writing(() -> run.apply(statement));
        affected += Fields.number(effect, "n", 0);
        modified += Fields.number(effect, "nModified", 0);
        addTo(upserted, Fields.documents(effect, "upserted"), index);
        addTo(errors, Fields.documents(effect, "writeErrors"), index);
      } catch (RuntimeException e) {
        addTo(errors, List.of(Refusal.describe(e)), index);
      }
      if (!errors.isEmpty() && Fields.flag(command, "ordered", true)) {
        break;
      }
      index++;
    }
    Document reply = new Document("n", affected).append("nModified", modified);
    reply.putIfNotNull("upserted", upserted.isEmpty() ? null : upserted);
    reply.putIfNotNull("writeErrors", errors.isEmpty() ? null : errors);
    return reply;
  }

  private static void addTo(List<Document> all, List<Document> ofStatement, int index) {
    ofStatement.forEach(one -> all.add(one.append("index", index)));
  }

  private Document findAndModify(String name, Document command) {
    Refusal.requireNoPipeline(Fields.value(command, "update"));
    Refusal.requireNoExpressions(Fields.document(command, "fields"));
    return resolveOrCreateCollection(Fields.text(command, name))
        .writing(() -> byCore(name, command));
  }

  private Document aggregate(Document command) {
    if (!(command.get("aggregate") instanceof String name)) {
      throw Refusal.unsupported("aggregation over a database");
    }
    if (!Fields.has(command, "cursor")) {
      throw new FailedToParseException("The 'cursor' option is required");
    }
    List<Document> pipeline = Fields.documents(command, "pipeline");
    if (pipeline.stream()
        .anyMatch(stage -> stage.containsKey("$out") || stage.containsKey("$merge"))) {
      throw Refusal.unsupported("storing the result of an aggregation");
    }
    List<Document> result = read(name, collection -> run(collection, pipeline));
    Document options = Fields.document(command, "cursor");
    return cursors.first(getFullCollectionNamespace(name), result, options, false);
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
    List<Document> source = collection.find(query, EVERYTHING, 0, 0, EVERYTHING);
    return Aggregation.fromPipeline(rest, databases, this, collection, NoopOplog.get())
        .runStages(source.stream());
  }

  private Document create(Document command) {
    String name = Fields.text(command, "create");
    if (collections.containsKey(name)) {
      throw new NamespaceExistsException(
          "Collection " + getFullCollectionNamespace(name) + " already exists.");
    }
    resolveOrCreateCollection(name);
    return new Document();
  }

  private Document drop(Document command) {
    StoredCollection collection = existing(Fields.text(command, "drop"));
    drop(collection);
    return new Document("ns", collection.getFullName());
  }

  private synchronized void drop(StoredCollection collection) {
    collections.remove(collection.getCollectionName());
    collection.indexes().forEach(index -> store.remove(index.map()));
    store.remove(collection.documents());
  }

  private Document dropDatabase() {
    List.copyOf(collections.values()).forEach(this::drop);
    return new Document("dropped", getDatabaseName());
  }

  private Document createIndexes(Document command) {
    String name = Fields.text(command, "createIndexes");
    List<IndexDefinition> wanted =
        Fields.documents(command, "indexes").stream().map(IndexDefinition::parse).toList();
    StoredCollection collection = resolveOrCreateCollection(name);
    return collection.writing(
        () -> {
          wanted.forEach(definition -> create(collection, definition));
          return new Document("numIndexesAfter", collection.indexes().size() + 1);
        });
  }

  private void create(StoredCollection collection, IndexDefinition wanted) {
    boolean exists =
        wanted.isOnId()
            || collection.indexes().stream()
                .anyMatch(existing -> wanted.isSameAs(existing.definition()));
    if (!exists) {
      String map = collection.getFullName() + '\0' + wanted.name();
      StoredIndex index = StoredIndex.create(wanted, store.map(map));
      try {
        collection.fill(index);
      } catch (RuntimeException e) {
        store.remove(index.map());
        throw e;
      }
    }
  }

  private Document dropIndexes(Document command) {
    StoredCollection collection = existing(Fields.text(command, "dropIndexes"));
    Object which = Fields.value(command, "index");
    return collection.writing(
        () -> {
          List<StoredIndex> dropped =
              collection.indexes().stream()
                  .filter(index -> which.equals("*") || index.definition().isCalled(which))
                  .toList();
          if (dropped.isEmpty() && !which.equals("*")) {
            throw new IndexNotFoundException("index not found with name [" + which + "]");
          }
          collection.indexes().removeAll(dropped);
          dropped.forEach(index -> store.remove(index.map()));
          return new Document("nIndexesWas", collection.indexes().size() + dropped.size() + 1);
        });
  }

  private Document listIndexes(Document command) {
    StoredCollection collection = existing(Fields.text(command, "listIndexes"));
    List<Document> descriptions =
        Stream.concat(
                Stream.of(IndexDefinition.ON_ID),
                collection.indexes().stream().map(StoredIndex::definition))
            .map(IndexDefinition::description)
            .toList();
    return cursors.first(collection.getFullName(), descriptions, EVERYTHING, false);
  }

  private Document listCollections(Document command) {
    Document filter = Fields.document(command, "filter");
    List<Document> descriptions =
        collections.keySet().stream()
            .map(
                name ->
                    new Document("name", name)
                        .append("type", "collection")
                        .append("options", EVERYTHING)
                        .append("info", new Document("readOnly", false)))
            .filter(description -> new DefaultQueryMatcher().matches(description, filter))
            .toList();
    Document options = Fields.document(command, "cursor");
    String namespace = getFullCollectionNamespace("$cmd.listCollections");
    return cursors.first(namespace, descriptions, options, false);
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
