package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.InvalidIdFieldError;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.List;
import org.h2.mvstore.MVMap;

/** The documents by _id: at once the storage and the index that the core expects on _id. */
final class PrimaryIndex extends Index<Object> implements SortedKeys {
  static final String ID = "_id";
  static final KeyType ORDER = new KeyType(List.of());
  private static final int MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
  private static final int BSON_OBJECT_TOO_LARGE = 10_334;

  private final MVMap<Object[], byte[]> documents;

  PrimaryIndex(MVMap<Object[], byte[]> documents) {
    super("_id_", List.of(new IndexKey(ID, true)), false);
    this.documents = documents;
  }

  void put(Object id, Document document) {
    documents.put(key(id), BsonWriter.bytes(document));
  }

  /** A copy of the document. */
  Document get(Object id) {
    byte[] bytes = documents.get(key(id));
    if (bytes == null) {
      throw new IllegalStateException("an index points to a document that is not there: " + id);
    }
    return BsonReader.document(bytes);
  }

  boolean contains(Object id) {
    return documents.containsKey(key(id));
  }

  void removeById(Object id) {
    documents.remove(key(id));
  }

  private static Object[] key(Object id) {
    return new Object[] {id};
  }

  private static Object idOf(Document document) {
    return Missing.ofNullable(document.get(ID));
  }

  @Override
  public MVMap<Object[], byte[]> map() {
    return documents;
  }

  @Override
  public KeyType order() {
    return ORDER;
  }

  @Override
  public List<String> fields() {
    return List.of(ID);
  }

  @Override
  public List<Boolean> directions() {
    return List.of(true);
  }

  @Override
  public int identifyingFields() {
    return 1;
  }

  @Override
  public boolean isMultikey() {
    return false;
  }

  @Override
  public boolean covers(QueryBounds bounds) {
    return true;
  }

  @Override
  public Object getPosition(Document document) {
    return idOf(document);
  }

  @Override
  public void checkAdd(Document document, MongoCollection<Object> collection) {
    Object id = idOf(document);
    if (id instanceof Missing || id instanceof BsonRegularExpression) {
      throw new InvalidIdFieldError("The '_id' value cannot be null or a regular expression");
    }
    checkSize(document);
    if (contains(id)) {
      throw new DuplicateKey(collection.getFullName(), getName(), getKeys(), List.of(id));
    }
  }

  @Override
  public void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {
    checkSize(after);
  }

  /** Refused before anything is changed, like every other fault of a document. */
  private static void checkSize(Document document) {
    int size = BsonWriter.bytes(document).length;
    if (size > MAX_DOCUMENT_BYTES) {
      throw new MongoServerError(
          BSON_OBJECT_TOO_LARGE,
          "BSONObjectTooLarge",
          "the document has " + size + " bytes, more than 16 MiB");
    }
  }

  @Override
  public void add(Document document, Object position, MongoCollection<Object> collection) {
    // the collection stores the document itself
  }

  @Override
  public Object remove(Document document) {
    return idOf(document);
  }

  @Override
  public void updateInPlace(
      Document before, Document after, Object position, MongoCollection<Object> collection) {
    // the collection stores the document itself
  }

  @Override
  public boolean canHandle(Document query) {
    return false;
  }

  @Override
  public Iterable<Object> getPositions(Document query) {
    throw new UnsupportedOperationException("queries are planned by Planner");
  }

  @Override
  public long getCount() {
    return documents.sizeAsLong();
  }

  @Override
  public long getDataSize() {
    return documents.sizeAsLong();
  }

  @Override
  public boolean isUnique() {
    return true;
  }

  @Override
  public void drop() {
    throw new MongoServerError(72, "InvalidOptions", "cannot drop _id index");
  }
}
