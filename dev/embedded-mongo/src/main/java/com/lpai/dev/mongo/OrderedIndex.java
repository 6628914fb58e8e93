package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;

/** A single-field or compound index, unique or not, sparse or partial, kept in its own map. */
final class OrderedIndex extends Index<Object> implements SortedKeys {
  private static final byte[] NO_VALUE = new byte[0];

  private final IndexDefinition definition;
  private final MVMap<Object[], byte[]> map;
  private final KeyType order;
  private final List<String> paths;
  private final List<String> fields;
  private final List<Boolean> directions;
  private final Runnable onMultikey;
  private volatile boolean multikey;

  /**
   * @param onMultikey called once, when the first document with an array comes in
   */
  OrderedIndex(
      IndexDefinition definition,
      MVMap<Object[], byte[]> map,
      boolean multikey,
      Runnable onMultikey) {
    super(definition.name(), definition.keys(), definition.sparse());
    this.definition = definition;
    this.map = map;
    this.order = new KeyType(definition.directions());
    this.paths = definition.keys().stream().map(IndexKey::getKey).toList();
    this.fields = Stream.concat(paths.stream(), Stream.of(PrimaryIndex.ID)).toList();
    this.directions = Stream.concat(definition.directions().stream(), Stream.of(true)).toList();
    this.multikey = multikey;
    this.onMultikey = onMultikey;
  }

  IndexDefinition definition() {
    return definition;
  }

  @Override
  public MVMap<Object[], byte[]> map() {
    return map;
  }

  @Override
  public KeyType order() {
    return order;
  }

  @Override
  public List<String> fields() {
    return fields;
  }

  @Override
  public List<Boolean> directions() {
    return directions;
  }

  @Override
  public int identifyingFields() {
    return definition.unique() ? paths.size() : fields.size();
  }

  @Override
  public boolean isMultikey() {
    return multikey;
  }

  @Override
  public boolean covers(QueryBounds bounds) {
    return (!definition.sparse() || bounds.demandAnyOf(paths))
        && bounds.imply(definition.partialFilter());
  }

  /** The document's keys: none if the index leaves it out, several if it holds an array. */
  private DocumentKeys keysOf(Document document) {
    return holds(document) ? DocumentKeys.of(document, paths) : DocumentKeys.NONE;
  }

  private boolean holds(Document document) {
    if (!definition.partialFilter().isEmpty()
        && !new DefaultQueryMatcher().matches(document, definition.partialFilter())) {
      return false;
    }
    return !definition.sparse()
        || paths.stream().anyMatch(path -> DocumentKeys.isPresent(document, path));
  }

  private static Object[] withId(Object[] values, Object id) {
    Object[] key = Arrays.copyOf(values, values.length + 1);
    key[values.length] = id;
    return key;
  }

  @Override
  public void checkAdd(Document document, MongoCollection<Object> collection) {
    checkUnique(keysOf(document).keys(), document, collection);
  }

  @Override
  public void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {
    checkUnique(keysOf(after).keys(), after, collection);
  }

  private void checkUnique(
      List<Object[]> keys, Document document, MongoCollection<Object> collection) {
    if (!definition.unique()) {
      return;
    }
    Object id = Fields.value(document, PrimaryIndex.ID);
    for (Object[] key : keys) {
      Iterator<Object[]> sameKey =
          map.cursor(withId(key, ValueOrder.LOWEST), withId(key, ValueOrder.HIGHEST), false);
      while (sameKey.hasNext()) {
        Object[] found = sameKey.next();
        if (ValueOrder.ASCENDING.compare(found[key.length], id) != 0) {
          throw new DuplicateKey(
              collection.getFullName(), getName(), getKeys(), Arrays.asList(key));
        }
      }
    }
  }

  @Override
  public void add(Document document, Object position, MongoCollection<Object> collection) {
    putAll(keysOf(document), position);
  }

  private void putAll(DocumentKeys keys, Object id) {
    if (keys.fromArray() && !multikey) {
      multikey = true;
      onMultikey.run();
    }
    keys.keys().forEach(key -> map.put(withId(key, id), NO_VALUE));
  }

  @Override
  public Object remove(Document document) {
    Object id = Fields.value(document, PrimaryIndex.ID);
    keysOf(document).keys().forEach(key -> map.remove(withId(key, id)));
    return id;
  }

  @Override
  public void updateInPlace(
      Document before, Document after, Object position, MongoCollection<Object> collection) {
    DocumentKeys oldKeys = keysOf(before);
    DocumentKeys newKeys = keysOf(after);
    if (!Arrays.deepEquals(oldKeys.keys().toArray(), newKeys.keys().toArray())) {
      oldKeys.keys().forEach(key -> map.remove(withId(key, position)));
      putAll(newKeys, position);
    }
  }

  /** No position: the core takes it from the index on _id. */
  @Override
  @SuppressWarnings("NullAway") // the core's contract: null where an index knows none
  public Object getPosition(Document document) {
    return null;
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
    return map.sizeAsLong();
  }

  @Override
  public long getDataSize() {
    return map.sizeAsLong();
  }

  @Override
  public boolean isUnique() {
    return definition.unique();
  }

  @Override
  public void drop() {
    // the database removes the map
  }
}
