package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.IndexNotFoundException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
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
  private static final Document NOTHING = new Document();
  private static final Document ID_ONLY = new Document(IndexDefinition.ID, 1);

  private final DurableStore store;
  private final MVMap<String, byte[]> documents;
  private final List<StoredIndex> indexes = new CopyOnWriteArrayList<>();
  private final Planner planner;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  /** A map of the file holds the documents, one more each of its indexes. */
  StoredCollection(MongoDatabase database, String name, DurableStore store) {
    super(database, name, CollectionOptions.withDefaults(), new CursorRegistry());
    this.store = store;
    this.documents = store.map(getFullName());
    store.mapNames().stream()
        .filter(map -> map.startsWith(getFullName() + '\0'))
        .forEach(map -> indexes.add(StoredIndex.open(store.map(map))));
    this.planner = new Planner(StoredIndex.ofDocuments(documents), indexes);
  }

  /** All but that on _id. */
  List<StoredIndex> indexes() {
    return indexes;
  }

  /** Many read or one writes; what is read stays on disk until then. */
  <T> T reading(Supplier<T> work) {
    return DurableStore.holding(lock.readLock(), () -> store.read(work));
  }

  <T> T writing(Supplier<T> work) {
    return DurableStore.holding(lock.writeLock(), () -> store.read(work));
  }

  Document createIndexes(List<Document> descriptions) {
    List<IndexDefinition> wanted = descriptions.stream().map(IndexDefinition::parse).toList();
    return writing(
        () -> {
          wanted.forEach(this::createIndex);
          return new Document("numIndexesAfter", listIndexes().size());
        });
  }

  /** Makes the index unless it is there; a document that it cannot hold is an error. */
  private void createIndex(IndexDefinition wanted) {
    if (wanted.isOnId()
        || indexes.stream().anyMatch(index -> wanted.isSameAs(index.definition()))) {
      return;
    }
    StoredIndex index = StoredIndex.create(wanted, store.map(getFullName() + '\0' + wanted.name()));
    try {
      documents.forEach(
          (key, bytes) -> index.replace(Set.of(), keysOf(index, BsonCodec.document(bytes), key)));
      indexes.add(index);
    } catch (RuntimeException e) {
      store.remove(index.map());
      throw e;
    }
  }

  private Set<String> keysOf(StoredIndex index, Document document, String key) {
    Set<String> keys = index.keysOf(document, key);
    index.check(keys, document, getFullName());
    return keys;
  }

  Document dropIndexes(Object which) {
    return writing(
        () -> {
          Document before = new Document("nIndexesWas", listIndexes().size());
          List<StoredIndex> dropped =
              indexes.stream().filter(index -> index.definition().isCalled(which)).toList();
          if (dropped.isEmpty() && !which.equals("*")) {
            throw new IndexNotFoundException("index not found with name [" + which + "]");
          }
          indexes.removeAll(dropped);
          dropped.forEach(index -> store.remove(index.map()));
          return before;
        });
  }

  List<Document> listIndexes() {
    return Stream.concat(
            Stream.of(IndexDefinition.ON_ID), indexes.stream().map(StoredIndex::definition))
        .map(IndexDefinition::description)
        .toList();
  }

  List<Document> find(Document query) {
    return matchDocuments(query, NOTHING, 0, 0, 0, NOTHING).collectDocuments();
  }

  /**
   * What a client gets to see.
   *
   * @param limit 0 for all
   */
  List<EncodedDocument> find(
      Document query, Document sort, int skip, int limit, Document projection) {
    return FieldSelection.of(projection)
        .map(fields -> found(query, sort, skip, limit).map(fields::of).toList())
        .orElseGet(
            () ->
                matchDocuments(query, sort, skip, limit, 0, projection).collectDocuments().stream()
                    .map(EncodedDocument::of)
                    .toList());
  }

  private Stream<EncodedDocument> found(Document query, Document orderBy, int skip, int limit) {
    SortOrder sort = new SortOrder(orderBy);
    Scan scan = planner.plan(query, sort, limit > 0);
    long wanted = limit > 0 ? (long) skip + limit : Long.MAX_VALUE;
    Stream<EncodedDocument> found =
        sort.equals(SortOrder.ANY) || scan.inOrder()
            ? matching(scan, query)
            : sort.sort(matching(scan, query), wanted);
    return found.limit(wanted).skip(skip);
  }

  @Override
  protected QueryResult matchDocuments(
      Document query,
      Document orderBy,
      int numberToSkip,
      int limit,
      int batchSize,
      Document fieldSelector) {
    Document sort = Optional.ofNullable(orderBy).orElse(NOTHING);
    return matchDocumentsFromStream(
        found(query, sort, numberToSkip, limit).map(EncodedDocument::decoded),
        NOTHING,
        NOTHING,
        0,
        0,
        0,
        fieldSelector);
  }

  private Stream<EncodedDocument> matching(Scan scan, Document query) {
    Stream<EncodedDocument> found =
        scan.documents()
            .flatMap(key -> Stream.ofNullable(documents.get(key)))
            .map(EncodedDocument::new);
    // A matcher of its own for each document: the core's keeps a position between calls.
    return scan.exact()
        ? found
        : found.filter(document -> new DefaultQueryMatcher().matches(document.decoded(), query));
  }

  /** Counts from the index alone where that says it all, and copies no document in any case. */
  @Override
  public int count(Document query, int skip, int limit) {
    long found = Math.max(0, count(query) - skip);
    return Math.toIntExact(limit > 0 ? Math.min(found, limit) : found);
  }

  private long count(Document query) {
    if (query.isEmpty()) {
      return documents.sizeAsLong();
    }
    Scan scan = planner.plan(query, SortOrder.ANY, false);
    return scan.exact() ? scan.documents().count() : matching(scan, query).count();
  }

  @Override
  public int count() {
    return Math.toIntExact(documents.sizeAsLong());
  }

  /** The core reads all matches even to change one of them; this leaves it only one to read. */
  Document selectorOfFirst(Document selector) {
    if (new QueryBounds(selector).isOneValue(IndexDefinition.ID)) {
      return selector;
    }
    return find(selector, NOTHING, 0, 1, ID_ONLY).stream()
        .map(id -> new Document(selector).appendAll(id.decoded()))
        .findFirst()
        .orElse(selector);
  }

  @Override
  protected String addDocumentInternal(Document document) {
    String key = findDocumentPosition(document);
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
          10_334,
          "BSONObjectTooLarge",
          "the document has " + bytes.length + " bytes, more than 16 MiB");
    }
    Map<StoredIndex, Set<String>> entries = new LinkedHashMap<>();
    for (StoredIndex index : indexes) {
      if (!index.isUntouchedBy(before, after)) {
        entries.put(index, keysOf(index, after, key));
      }
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
