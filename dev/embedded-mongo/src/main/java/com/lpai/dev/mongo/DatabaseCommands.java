package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.QueryMatcher;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.FailedToParseException;
import de.bwaldvogel.mongo.exception.IndexNotFoundException;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.NoSuchCommandException;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The commands on one database and its collections. */
final class DatabaseCommands {
  private static final int NAMESPACE_NOT_FOUND = 26;
  private static final Document EVERYTHING = new Document();
  private static final Document COUNT_ALL =
      new Document(PrimaryIndex.ID, 1).append("n", new Document("$sum", 1));

  private final StoredDatabase database;
  private final DatabaseResolver databases;
  private final Cursors cursors;

  DatabaseCommands(StoredDatabase database, DatabaseResolver databases, Cursors cursors) {
    this.database = database;
    this.databases = databases;
    this.cursors = cursors;
  }

  Document execute(String name, Document command) {
    UnsupportedFeatures.refuse(command);
    return switch (name) {
      case "find" -> find(command);
      case "insert" -> insert(command);
      case "update" -> update(command);
      case "delete" -> delete(command);
      case "findAndModify", "findandmodify" -> findAndModify(name, command);
      case "count" -> new Document("n", count(Fields.text(command, "count"), command));
      case "distinct" -> distinct(command);
      case "aggregate" -> aggregate(command);
      case "create" -> create(command);
      case "drop" -> drop(command);
      case "createIndexes" -> createIndexes(command);
      case "dropIndexes" -> dropIndexes(command);
      case "listIndexes" -> listIndexes(command);
      case "listCollections" -> listCollections(command);
      case "collStats" -> collectionStatistics(command);
      case "dbStats" -> databaseStatistics();
      case "dropDatabase" -> dropDatabase();
      default -> throw new NoSuchCommandException(name);
    };
  }

  private Document find(Document command) {
    String name = Fields.text(command, "find");
    Document projection = Fields.document(command, "projection");
    UnsupportedFeatures.refuseExpressions(projection);
    int limit = Fields.number(command, "limit", 0);
    boolean single = Fields.flag(command, "singleBatch", false) || limit < 0;
    List<Document> found =
        database
            .collection(name)
            .map(
                collection ->
                    collection.find(
                        Fields.document(command, "filter"),
                        Fields.document(command, "sort"),
                        Fields.number(command, "skip", 0),
                        Math.abs(limit),
                        projection))
            .orElse(List.of());
    return cursors.first(database.namespace(name), found, command, single);
  }

  private Document insert(Document command) {
    StoredCollection collection = database.collectionOrNew(Fields.text(command, "insert"));
    List<Document> documents = Fields.documents(command, "documents");
    return WriteBatch.run(
            documents.size(),
            isOrdered(command),
            index -> {
              collection.addDocument(documents.get(index));
              return WriteBatch.Effect.of(1);
            })
        .reply();
  }

  private static boolean isOrdered(Document command) {
    return Fields.flag(command, "ordered", true);
  }

  private Document update(Document command) {
    StoredCollection collection = database.collectionOrNew(Fields.text(command, "update"));
    List<Document> updates = Fields.documents(command, "updates");
    return WriteBatch.run(
            updates.size(), isOrdered(command), index -> update(collection, updates.get(index)))
        .updateReply();
  }

  private static WriteBatch.Effect update(StoredCollection collection, Document statement) {
    UnsupportedFeatures.refuse(statement);
    UnsupportedFeatures.refusePipeline(Fields.value(statement, "u"));
    Document selector = Fields.document(statement, "q");
    Document change = Fields.document(statement, "u");
    boolean multi = Fields.flag(statement, "multi", false);
    if (Fields.has(statement, "arrayFilters")) {
      return updateWithArrayFilters(collection, selector, statement, multi);
    }
    Document result =
        collection.update(selector, change, multi, Fields.flag(statement, "upsert", false));
    boolean inserted = Fields.has(result, "upserted");
    return new WriteBatch.Effect(
        Fields.number(result, "n", 0) + (inserted ? 1 : 0),
        Fields.number(result, "nModified", 0),
        inserted ? List.of(Fields.value(result, "upserted")) : List.of());
  }

  /** The core takes array filters only in findAndModify, so each match goes through that. */
  private static WriteBatch.Effect updateWithArrayFilters(
      StoredCollection collection, Document selector, Document statement, boolean multi) {
    if (Fields.flag(statement, "upsert", false)) {
      throw UnsupportedFeatures.refused("an upsert with arrayFilters");
    }
    List<Document> matches = collection.find(selector, EVERYTHING, 0, multi ? 0 : 1, EVERYTHING);
    int modified = 0;
    for (Document match : matches) {
      Document byId = new Document(PrimaryIndex.ID, match.get(PrimaryIndex.ID));
      Document result =
          collection.findAndModify(
              new Document("query", new Document("$and", List.of(byId, selector)))
                  .append("update", statement.get("u"))
                  .append("arrayFilters", statement.get("arrayFilters"))
                  .append("new", true));
      modified += match.equals(result.get("value")) ? 0 : 1;
    }
    return new WriteBatch.Effect(matches.size(), modified, List.of());
  }

  private Document delete(Document command) {
    Optional<StoredCollection> collection = database.collection(Fields.text(command, "delete"));
    List<Document> deletes = Fields.documents(command, "deletes");
    return WriteBatch.run(
            deletes.size(),
            isOrdered(command),
            index -> {
              Document statement = deletes.get(index);
              UnsupportedFeatures.refuse(statement);
              Document selector = Fields.document(statement, "q");
              int limit = Fields.number(statement, "limit", 0);
              return WriteBatch.Effect.of(
                  collection
                      .map(found -> found.deleteDocuments(selector, limit, NoopOplog.get()))
                      .orElse(0));
            })
        .reply();
  }

  private Document findAndModify(String name, Document command) {
    UnsupportedFeatures.refusePipeline(Fields.value(command, "update"));
    UnsupportedFeatures.refuseExpressions(Fields.document(command, "fields"));
    command.put("query", Fields.document(command, "query"));
    return database.collectionOrNew(Fields.text(command, name)).findAndModify(command);
  }

  private int count(String name, Document command) {
    Document query = Fields.document(command, "query");
    int skip = Fields.number(command, "skip", 0);
    int limit = Math.abs(Fields.number(command, "limit", 0));
    return database
        .collection(name)
        .map(collection -> collection.count(query, skip, limit))
        .orElse(0);
  }

  private Document distinct(Document command) {
    return database
        .collection(Fields.text(command, "distinct"))
        .map(collection -> collection.handleDistinct(command))
        .orElseGet(() -> new Document("values", List.of()));
  }

  private Document aggregate(Document command) {
    if (!(command.get("aggregate") instanceof String name)) {
      throw UnsupportedFeatures.refused("aggregation over a database");
    }
    if (!Fields.has(command, "cursor")) {
      throw new FailedToParseException("The 'cursor' option is required");
    }
    List<Document> pipeline = Fields.documents(command, "pipeline");
    List<Document> result =
        database.collection(name).map(collection -> run(collection, pipeline)).orElse(List.of());
    return cursors.first(
        database.namespace(name), result, Fields.document(command, "cursor"), false);
  }

  /** A leading $match goes to the indexes; counting what it finds needs no documents. */
  private List<Document> run(StoredCollection collection, List<Document> pipeline) {
    boolean matchFirst = !pipeline.isEmpty() && pipeline.getFirst().containsKey("$match");
    Document query = matchFirst ? Fields.document(pipeline.getFirst(), "$match") : EVERYTHING;
    List<Document> rest = matchFirst ? pipeline.subList(1, pipeline.size()) : pipeline;
    if (rest.size() == 1 && COUNT_ALL.equals(rest.getFirst().get("$group"))) {
      int count = collection.count(query, 0, 0);
      return count == 0 ? List.of() : List.of(new Document(PrimaryIndex.ID, 1).append("n", count));
    }
    List<Document> source = collection.find(query, EVERYTHING, 0, 0, EVERYTHING);
    return Aggregation.fromPipeline(rest, databases, database, collection, NoopOplog.get())
        .runStages(source.stream());
  }

  private Document create(Document command) {
    String name = Fields.text(command, "create");
    database.createCollectionOrThrowIfExists(name, CollectionOptions.withDefaults());
    return new Document();
  }

  private Document drop(Document command) {
    StoredCollection collection = existing(Fields.text(command, "drop"));
    int indexes = collection.getIndexes().size();
    database.drop(collection);
    return new Document("nIndexesWas", indexes).append("ns", collection.getFullName());
  }

  private StoredCollection existing(String name) {
    return database
        .collection(name)
        .orElseThrow(
            () -> new MongoServerError(NAMESPACE_NOT_FOUND, "NamespaceNotFound", "ns not found"));
  }

  private Document createIndexes(Document command) {
    String name = Fields.text(command, "createIndexes");
    List<IndexDefinition> wanted =
        Fields.documents(command, "indexes").stream().map(IndexDefinition::parse).toList();
    boolean isNew = database.collection(name).isEmpty();
    StoredCollection collection = database.collectionOrNew(name);
    int before = collection.getIndexes().size();
    for (IndexDefinition definition : wanted) {
      if (!definition.isOnId()) {
        database.createIndex(collection, definition);
      }
    }
    return new Document("createdCollectionAutomatically", isNew)
        .append("numIndexesBefore", before)
        .append("numIndexesAfter", collection.getIndexes().size());
  }

  private Document dropIndexes(Document command) {
    StoredCollection collection = existing(Fields.text(command, "dropIndexes"));
    int before = collection.getIndexes().size();
    Object which = Fields.value(command, "index");
    List<OrderedIndex> dropped =
        collection.secondaryIndexes().stream()
            .filter(index -> which.equals("*") || index.definition().isCalled(which))
            .toList();
    if (dropped.isEmpty() && !which.equals("*")) {
      throw new IndexNotFoundException("index not found with name [" + which + "]");
    }
    dropped.forEach(index -> database.dropIndex(collection, index));
    return new Document("nIndexesWas", before);
  }

  private Document listIndexes(Document command) {
    StoredCollection collection = existing(Fields.text(command, "listIndexes"));
    List<Document> descriptions = new ArrayList<>();
    descriptions.add(idIndex());
    collection
        .secondaryIndexes()
        .forEach(index -> descriptions.add(index.definition().description()));
    return cursors.first(collection.getFullName(), descriptions, EVERYTHING, false);
  }

  private static Document idIndex() {
    return new Document("v", 2)
        .append("key", new Document(PrimaryIndex.ID, 1))
        .append("name", "_id_");
  }

  private Document listCollections(Document command) {
    Document filter = Fields.document(command, "filter");
    QueryMatcher matcher = new DefaultQueryMatcher();
    List<Document> descriptions =
        database.collections().keySet().stream()
            .map(DatabaseCommands::describe)
            .filter(description -> matcher.matches(description, filter))
            .toList();
    return cursors.first(
        database.namespace("$cmd.listCollections"),
        descriptions,
        Fields.document(command, "cursor"),
        false);
  }

  private static Document describe(String name) {
    return new Document("name", name)
        .append("type", "collection")
        .append("options", new Document())
        .append("info", new Document("readOnly", false))
        .append("idIndex", idIndex());
  }

  private Document collectionStatistics(Document command) {
    String name = Fields.text(command, "collStats");
    Optional<StoredCollection> collection = database.collection(name);
    return new Document("ns", database.namespace(name))
        .append("count", collection.map(StoredCollection::count).orElse(0))
        .append("nindexes", collection.map(found -> found.getIndexes().size()).orElse(0));
  }

  private Document databaseStatistics() {
    return new Document("db", database.getDatabaseName())
        .append("collections", database.collections().size())
        .append(
            "objects",
            database.collections().values().stream().mapToLong(StoredCollection::count).sum())
        .append(
            "indexes",
            database.collections().values().stream()
                .mapToInt(collection -> collection.getIndexes().size())
                .sum());
  }

  private Document dropDatabase() {
    database.dropAll();
    return new Document("dropped", database.getDatabaseName());
  }
}
