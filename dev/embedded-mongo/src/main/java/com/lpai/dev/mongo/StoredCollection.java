package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.QueryParameters;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One collection: the core's language of updates over documents kept as BSON. Every document that
 * goes out is decoded afresh, so nobody shares one with the store. Many read or one writes.
 */
final class StoredCollection extends AbstractMongoCollection<Object> {
  private static final Document EVERYTHING = new Document();

  private final DurableStore store;
  private final PrimaryIndex primary;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  StoredCollection(MongoDatabase database, String name, DurableStore store, PrimaryIndex primary) {
    super(database, name, CollectionOptions.withDefaults(), new CursorRegistry());
    this.store = store;
    this.primary = primary;
    getIndexes().add(primary);
  }

  PrimaryIndex primary() {
    return primary;
  }

  List<OrderedIndex> secondaryIndexes() {
    return locked(
        lock.readLock(),
        () ->
            getIndexes().stream()
                .filter(OrderedIndex.class::isInstance)
                .map(OrderedIndex.class::cast)
                .toList());
  }

  /** Adds an index that already holds the documents. */
  void addFilled(OrderedIndex index) {
    locked(lock.writeLock(), () -> getIndexes().add(index));
  }

  /** Fills the index and adds it; a document that it cannot hold is an error. */
  void addAndFill(OrderedIndex index) {
    locked(
        lock.writeLock(),
        () -> {
          streamAllDocumentsWithPosition()
              .forEach(
                  document -> {
                    index.checkAdd(document.getDocument(), this);
                    index.add(document.getDocument(), document.getPosition(), this);
                  });
          return getIndexes().add(index);
        });
  }

  void removeIndex(OrderedIndex index) {
    locked(lock.writeLock(), () -> getIndexes().remove(index));
  }

  List<Document> find(Document query, Document sort, int skip, int limit, Document projection) {
    return locked(
        lock.readLock(),
        () -> queryDocuments(query, sort, skip, limit, 0, projection).collectDocuments());
  }

  @Override
  protected QueryResult queryDocuments(
      Document query,
      Document orderBy,
      int numberToSkip,
      int limit,
      int batchSize,
      Document fieldSelector) {
    Document sort = sortOf(orderBy);
    Scan scan = planner().plan(query, sort, limit > 0);
    return store.read(
        () -> {
          Stream<Document> matching =
              scan.ids().map(primary::get).filter(document -> matches(document, query));
          Stream<Document> sorted =
              sort.isEmpty() || scan.isSorted()
                  ? matching
                  : new SortOrder(sort).sort(matching, limit > 0 ? numberToSkip + limit : 0);
          return matchDocumentsFromStream(
              sorted, EVERYTHING, EVERYTHING, numberToSkip, limit, 0, fieldSelector);
        });
  }

  /** A matcher of its own for each call: the core's keeps a position between calls. */
  private static boolean matches(Document document, Document query) {
    return new DefaultQueryMatcher().matches(document, query);
  }

  private Planner planner() {
    return new Planner(
        primary,
        getIndexes().stream()
            .filter(OrderedIndex.class::isInstance)
            .map(OrderedIndex.class::cast)
            .toList());
  }

  /** The natural order is that of the _ids here. */
  private static Document sortOf(Object orderBy) {
    if (!(orderBy instanceof Document sort)) {
      return EVERYTHING;
    }
    return sort.containsKey("$natural")
        ? new Document(PrimaryIndex.ID, sort.get("$natural"))
        : sort;
  }

  @Override
  protected QueryResult matchDocuments(
      Document query,
      Document orderBy,
      int numberToSkip,
      int numberToReturn,
      int batchSize,
      Document fieldSelector) {
    return queryDocuments(query, orderBy, numberToSkip, numberToReturn, batchSize, fieldSelector);
  }

  @Override
  public int count(Document query, int skip, int limit) {
    long found = Math.max(0, matching(query) - skip);
    return Math.toIntExact(limit > 0 ? Math.min(found, limit) : found);
  }

  /** Counts from the index alone where that says it all, and copies no document in any case. */
  private long matching(Document query) {
    if (query.isEmpty()) {
      return count();
    }
    return locked(
        lock.readLock(),
        () -> {
          Optional<Scan> exact = planner().exactPlan(query);
          if (exact.isPresent()) {
            return store.read(() -> exact.get().ids().count());
          }
          Scan scan = planner().plan(query, EVERYTHING, false);
          return store.read(() -> scan.ids().filter(id -> matches(primary.get(id), query)).count());
        });
  }

  @Override
  public int count() {
    return Math.toIntExact(primary.getCount());
  }

  @Override
  public void addDocument(Document document) {
    locked(
        lock.writeLock(),
        () -> {
          super.addDocument(document);
          return document;
        });
  }

  @Override
  public void removeDocument(Document document) {
    locked(
        lock.writeLock(),
        () -> {
          super.removeDocument(document);
          return document;
        });
  }

  @Override
  public QueryResult handleQuery(QueryParameters parameters) {
    return locked(lock.readLock(), () -> super.handleQuery(parameters));
  }

  @Override
  public Document findAndModify(Document command) {
    return locked(lock.writeLock(), () -> super.findAndModify(command));
  }

  @Override
  public int deleteDocuments(Document selector, int limit, Oplog oplog) {
    return locked(lock.writeLock(), () -> super.deleteDocuments(selector, limit, oplog));
  }

  @Override
  public Document updateDocuments(
      Document selector,
      Document update,
      ArrayFilters arrayFilters,
      boolean isMulti,
      boolean isUpsert,
      Oplog oplog) {
    return locked(
        lock.writeLock(),
        () ->
            super.updateDocuments(
                isMulti ? selector : selectorOfFirst(selector),
                update,
                arrayFilters,
                isMulti,
                isUpsert,
                oplog));
  }

  Document update(Document selector, Document update, boolean isMulti, boolean isUpsert) {
    return updateDocuments(
        selector, update, ArrayFilters.empty(), isMulti, isUpsert, NoopOplog.get());
  }

  /** The core reads all matches even to change one of them; this leaves it only one to read. */
  private Document selectorOfFirst(Document selector) {
    if (selector.containsKey(PrimaryIndex.ID)) {
      return selector;
    }
    List<Document> first = find(selector, EVERYTHING, 0, 1, new Document(PrimaryIndex.ID, 1));
    return first.isEmpty()
        ? selector
        : selector.clone().append(PrimaryIndex.ID, first.getFirst().get(PrimaryIndex.ID));
  }

  @Override
  protected Object addDocumentInternal(Document document) {
    Object id = Missing.ofNullable(document.get(PrimaryIndex.ID));
    primary.put(id, document);
    return id;
  }

  @Override
  protected Document getDocument(Object id) {
    return primary.get(id);
  }

  @Override
  protected void handleUpdate(Object id, Document before, Document after) {
    primary.put(id, after);
  }

  @Override
  protected void removeDocument(Object id) {
    primary.removeById(id);
  }

  @Override
  protected Stream<DocumentWithPosition<Object>> streamAllDocumentsWithPosition() {
    return new Planner(primary, List.of())
        .plan(EVERYTHING, EVERYTHING, false)
        .ids()
        .map(id -> new DocumentWithPosition<>(primary.get(id), id));
  }

  @Override
  protected boolean tracksDataSize() {
    return false;
  }

  @Override
  protected void updateDataSize(int sizeDelta) {
    // not tracked
  }

  @Override
  protected int getDataSize() {
    return 0;
  }

  private static <T> T locked(Lock lock, Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
