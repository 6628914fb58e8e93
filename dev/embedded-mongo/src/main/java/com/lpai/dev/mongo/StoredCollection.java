package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.InvalidIdFieldError;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;

/**
 * One collection: the core's language of updates over documents kept as BSON. Every document that
 * goes out is decoded afresh, so nobody shares one with the store. The core's positions are the
 * keys of the documents; of our indexes it knows none.
 */
final class StoredCollection extends AbstractMongoCollection<String> {
  static final int MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
  private static final int BSON_OBJECT_TOO_LARGE = 10_334;
  private static final Document NOTHING = new Document();

  private final DurableStore store;
  private final MVMap<String, byte[]> documents;
  private final StoredIndex byId;
  private final List<StoredIndex> indexes;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  StoredCollection(
      MongoDatabase database,
      String name,
      DurableStore store,
      MVMap<String, byte[]> documents,
      List<StoredIndex> indexes) {
    super(database, name, CollectionOptions.withDefaults(), new CursorRegistry());
    this.store = store;
    this.documents = documents;
    this.byId = StoredIndex.ofDocuments(documents);
    this.indexes = new CopyOnWriteArrayList<>(indexes);
  }

  MVMap<String, byte[]> documents() {
    return documents;
  }

  /** All but that on _id. */
  List<StoredIndex> indexes() {
    return indexes;
  }

  /** Many read or one writes; what is read stays on disk until then. */
  <T> T reading(Supplier<T> work) {
    return locked(lock.readLock(), work);
  }

  <T> T writing(Supplier<T> work) {
    return locked(lock.writeLock(), work);
  }

  private <T> T locked(Lock one, Supplier<T> work) {
    one.lock();
    try {
      return store.read(work);
    } finally {
      one.unlock();
    }
  }

  /** Fills the index and adds it; a document that it cannot hold is an error. */
  void fill(StoredIndex index) {
    for (Map.Entry<String, byte[]> stored : documents.entrySet()) {
      Document document = BsonCodec.document(stored.getValue());
      Set<String> keys = index.keysOf(document, stored.getKey());
      index.check(keys, document, getFullName());
      index.replace(Set.of(), keys);
    }
    indexes.add(index);
  }

  List<Document> find(Document query, Document sort, int skip, int limit, Document projection) {
    return matchDocuments(query, sort, skip, limit, 0, projection).collectDocuments();
  }

  @Override
  protected QueryResult matchDocuments(
      Document query,
      Document orderBy,
      int numberToSkip,
      int limit,
      int batchSize,
      Document fieldSelector) {
    Document sort = sortOf(orderBy);
    Scan scan = planner().plan(query, sort, limit > 0);
    int wanted = limit > 0 ? numberToSkip + limit : Integer.MAX_VALUE;
    boolean mustSort = !sort.isEmpty() && scan.order() != Scan.Order.ALL;
    // Of parts that are in order by themselves no more than wanted is looked at.
    Stream<Document> found =
        mustSort && scan.order() == Scan.Order.EACH_PART
            ? scan.parts().stream().flatMap(part -> matching(part.documents(), query).limit(wanted))
            : matching(scan.documents(), query);
    Stream<Document> sorted = mustSort ? new SortOrder(sort).sort(found, wanted) : found;
    return matchDocumentsFromStream(
        sorted, NOTHING, NOTHING, numberToSkip, limit, 0, fieldSelector);
  }

  /** The natural order is that of the _ids here. */
  private static Document sortOf(Object orderBy) {
    if (!(orderBy instanceof Document sort)) {
      return NOTHING;
    }
    return sort.containsKey("$natural")
        ? new Document(IndexDefinition.ID, sort.get("$natural"))
        : sort;
  }

  private Planner planner() {
    return new Planner(byId, indexes);
  }

  /** A matcher of its own for each document: the core's keeps a position between calls. */
  private Stream<Document> matching(Stream<String> keys, Document query) {
    return keys.flatMap(key -> Stream.ofNullable(documents.get(key)))
        .map(BsonCodec::document)
        .filter(document -> new DefaultQueryMatcher().matches(document, query));
  }

  /** Counts from the index alone where that says it all, and copies no document in any case. */
  @Override
  public int count(Document query, int skip, int limit) {
    long matching =
        query.isEmpty()
            ? count()
            : planner()
                .exactPlan(query)
                .map(Scan::documents)
                .map(Stream::count)
                .orElseGet(
                    () ->
                        matching(planner().plan(query, NOTHING, false).documents(), query).count());
    long found = Math.max(0, matching - skip);
    return Math.toIntExact(limit > 0 ? Math.min(found, limit) : found);
  }

  @Override
  public int count() {
    return Math.toIntExact(documents.sizeAsLong());
  }

  @Override
  public Document updateDocuments(
      Document selector,
      Document update,
      ArrayFilters arrayFilters,
      boolean isMulti,
      boolean isUpsert,
      Oplog oplog) {
    return super.updateDocuments(
        isMulti ? selector : selectorOfFirst(selector),
        update,
        arrayFilters,
        isMulti,
        isUpsert,
        oplog);
  }

  /** The core reads all matches even to change one of them; this leaves it only one to read. */
  private Document selectorOfFirst(Document selector) {
    if (selector.containsKey(IndexDefinition.ID)) {
      return selector;
    }
    Document idOnly = new Document(IndexDefinition.ID, 1);
    return find(selector, NOTHING, 0, 1, idOnly).stream()
        .findFirst()
        .map(first -> selector.clone().append(IndexDefinition.ID, first.get(IndexDefinition.ID)))
        .orElse(selector);
  }

  @Override
  protected String addDocumentInternal(Document document) {
    Object id = Fields.value(document, IndexDefinition.ID);
    if (!Fields.has(document, IndexDefinition.ID) || id instanceof BsonRegularExpression) {
      throw new InvalidIdFieldError("The '_id' value cannot be null or a regular expression");
    }
    String key = StoredIndex.documentKey(id);
    if (documents.containsKey(key)) {
      throw Refusal.duplicateKey(getFullName(), IndexDefinition.ON_ID, document);
    }
    handleUpdate(key, NOTHING, document);
    return key;
  }

  /** Stores the document with its index entries; an empty one before or after means none. */
  @Override
  protected void handleUpdate(String key, Document before, Document after) {
    byte[] bytes = BsonCodec.bytes(after);
    if (bytes.length > MAX_DOCUMENT_BYTES) {
      throw new Refusal(
          BSON_OBJECT_TOO_LARGE,
          "BSONObjectTooLarge",
          "the document has " + bytes.length + " bytes, more than 16 MiB");
    }
    Map<StoredIndex, Set<String>> entries = new LinkedHashMap<>();
    for (StoredIndex index : indexes) {
      Set<String> keys = index.keysOf(after, key);
      index.check(keys, after, getFullName());
      entries.put(index, keys);
    }
    entries.forEach((index, keys) -> index.replace(index.keysOf(before, key), keys));
    if (after.isEmpty()) {
      documents.remove(key);
    } else {
      documents.put(key, bytes);
    }
  }

  @Override
  protected String findDocumentPosition(Document document) {
    return StoredIndex.documentKey(Fields.value(document, IndexDefinition.ID));
  }

  @Override
  protected Document getDocument(String key) {
    return BsonCodec.document(Optional.ofNullable(documents.get(key)).orElseThrow());
  }

  @Override
  protected void removeDocument(String key) {
    handleUpdate(key, getDocument(key), NOTHING);
  }

  @Override
  protected Stream<DocumentWithPosition<String>> streamAllDocumentsWithPosition() {
    return documents.keySet().stream()
        .map(key -> new DocumentWithPosition<>(getDocument(key), key));
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
}
