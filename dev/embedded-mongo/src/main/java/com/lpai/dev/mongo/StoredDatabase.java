package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.InvalidNamespaceError;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.NamespaceExistsException;
import de.bwaldvogel.mongo.oplog.Oplog;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The collections of one database. The core sees it as its own kind of database. */
final class StoredDatabase implements MongoDatabase {
  private static final int ILLEGAL_OPERATION = 20;
  private static final int MAX_NAMESPACE_LENGTH = 255;

  private final String name;
  private final DurableStore store;
  private final Catalog catalog;
  private final Map<String, StoredCollection> collections = new ConcurrentSkipListMap<>();

  StoredDatabase(String name, DurableStore store, Catalog catalog) {
    this.name = name;
    this.store = store;
    this.catalog = catalog;
    catalog.namespaces().stream()
        .filter(namespace -> namespace.startsWith(name + "."))
        .forEach(namespace -> open(namespace.substring(name.length() + 1)));
  }

  private StoredCollection open(String collectionName) {
    String namespace = namespace(collectionName);
    StoredCollection collection =
        new StoredCollection(this, collectionName, store, catalog.documents(namespace));
    catalog.indexes(namespace).forEach(collection::addFilled);
    collections.put(collectionName, collection);
    return collection;
  }

  String namespace(String collectionName) {
    return name + "." + collectionName;
  }

  Map<String, StoredCollection> collections() {
    return collections;
  }

  Optional<StoredCollection> collection(String collectionName) {
    return Optional.ofNullable(collections.get(collectionName));
  }

  synchronized StoredCollection collectionOrNew(String collectionName) {
    StoredCollection existing = collections.get(collectionName);
    if (existing != null) {
      return existing;
    }
    boolean valid =
        !collectionName.isEmpty()
            && !collectionName.contains("$")
            && !collectionName.startsWith("system.")
            && namespace(collectionName).length() <= MAX_NAMESPACE_LENGTH;
    if (!valid) {
      throw new InvalidNamespaceError(namespace(collectionName));
    }
    return open(collectionName);
  }

  /** Makes the index unless it exists; answers whether it was made. */
  synchronized boolean createIndex(StoredCollection collection, IndexDefinition wanted) {
    for (OrderedIndex existing : collection.secondaryIndexes()) {
      if (wanted.isSameAs(existing.definition())) {
        return false;
      }
    }
    OrderedIndex index = catalog.create(collection.getFullName(), wanted);
    try {
      collection.addAndFill(index);
      return true;
    } catch (RuntimeException e) {
      catalog.drop(collection.getFullName(), index);
      throw e;
    }
  }

  synchronized void dropIndex(StoredCollection collection, OrderedIndex index) {
    collection.removeIndex(index);
    catalog.drop(collection.getFullName(), index);
  }

  synchronized void drop(StoredCollection collection) {
    collections.remove(collection.getCollectionName());
    collection.secondaryIndexes().forEach(index -> dropIndex(collection, index));
    catalog.drop(collection.getFullName(), collection.primary());
  }

  synchronized void dropAll() {
    List.copyOf(collections.values()).forEach(this::drop);
  }

  @Override
  public String getDatabaseName() {
    return name;
  }

  @Override
  public boolean isEmpty() {
    return collections.isEmpty();
  }

  @Override
  @SuppressWarnings("NullAway") // the core's contract: null for a collection that does not exist
  public MongoCollection<?> resolveCollection(String collectionName, boolean throwIfNotFound) {
    MongoCollection<?> found = collections.get(collectionName);
    if (found == null && throwIfNotFound) {
      throw new InvalidNamespaceError(namespace(collectionName));
    }
    return found;
  }

  @Override
  public MongoCollection<?> createCollectionOrThrowIfExists(
      String collectionName, CollectionOptions options) {
    if (collections.containsKey(collectionName)) {
      throw new NamespaceExistsException(
          "Collection " + namespace(collectionName) + " already exists.");
    }
    return collectionOrNew(collectionName);
  }

  @Override
  public void dropCollection(String collectionName, Oplog oplog) {
    collection(collectionName).ifPresent(this::drop);
  }

  @Override
  public void drop(Oplog oplog) {
    dropAll();
  }

  @Override
  public void unregisterCollection(String collectionName) {
    throw renameRefused();
  }

  @Override
  public void moveCollection(
      MongoDatabase oldDatabase, MongoCollection<?> collection, String newCollectionName) {
    throw renameRefused();
  }

  private static MongoServerError renameRefused() {
    return new MongoServerError(
        ILLEGAL_OPERATION,
        "IllegalOperation",
        "collections cannot be renamed in the embedded engine");
  }

  @Override
  public void handleClose(Channel channel) {
    // connections are not the core's here
  }

  @Override
  public Document handleCommand(
      Channel channel,
      String command,
      Document query,
      DatabaseResolver databaseResolver,
      Oplog oplog) {
    throw new UnsupportedOperationException("commands go through Engine");
  }

  @Override
  public QueryResult handleQuery(MongoQuery query) {
    throw new UnsupportedOperationException("commands go through Engine");
  }
}
