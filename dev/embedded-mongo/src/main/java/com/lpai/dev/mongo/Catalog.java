package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.h2.mvstore.MVMap;

/**
 * Which collections and indexes there are, and which map of the file holds each. Kept in the same
 * file and committed with the change that it belongs to.
 */
final class Catalog {
  private static final KeyType BY_NAMESPACE = new KeyType(List.of());

  private final DurableStore store;
  private final MVMap<Object[], byte[]> entries;

  Catalog(DurableStore store) {
    this.store = store;
    this.entries = store.map("catalog", BY_NAMESPACE);
  }

  /** Every namespace, "database.collection". */
  List<String> namespaces() {
    List<String> namespaces = new ArrayList<>();
    Iterator<Object[]> keys = entries.keyIterator(null);
    while (keys.hasNext()) {
      namespaces.add((String) keys.next()[0]);
    }
    return namespaces;
  }

  private Document entry(String namespace) {
    byte[] bytes = entries.get(key(namespace));
    return bytes == null
        ? new Document("documents", mapName()).append("indexes", new ArrayList<>())
        : BsonReader.document(bytes);
  }

  private void put(String namespace, Document entry) {
    entries.put(key(namespace), BsonWriter.bytes(entry));
  }

  private static Object[] key(String namespace) {
    return new Object[] {namespace};
  }

  private static String mapName() {
    return UUID.randomUUID().toString();
  }

  /** The documents of the collection, which is made if it does not exist. */
  PrimaryIndex documents(String namespace) {
    Document entry = entry(namespace);
    put(namespace, entry);
    return new PrimaryIndex(store.map(Fields.text(entry, "documents"), PrimaryIndex.ORDER));
  }

  /** The indexes of the collection as the last commit left them. */
  List<OrderedIndex> indexes(String namespace) {
    return Fields.documents(entry(namespace), "indexes").stream()
        .map(index -> open(namespace, index))
        .toList();
  }

  /** A new, empty index. */
  OrderedIndex create(String namespace, IndexDefinition definition) {
    Document index =
        new Document("map", mapName())
            .append("multikey", false)
            .append("description", definition.description());
    Document entry = entry(namespace);
    List<Document> indexes = new ArrayList<>(Fields.documents(entry, "indexes"));
    indexes.add(index);
    put(namespace, entry.append("indexes", indexes));
    return open(namespace, index);
  }

  private OrderedIndex open(String namespace, Document index) {
    IndexDefinition definition = IndexDefinition.parse(Fields.document(index, "description"));
    return new OrderedIndex(
        definition,
        store.map(Fields.text(index, "map"), new KeyType(definition.directions())),
        Fields.flag(index, "multikey", false),
        () -> markMultikey(namespace, definition.name()));
  }

  private void markMultikey(String namespace, String name) {
    Document entry = entry(namespace);
    Fields.documents(entry, "indexes").stream()
        .filter(index -> isNamed(index, name))
        .forEach(index -> index.put("multikey", true));
    put(namespace, entry);
  }

  void drop(String namespace, OrderedIndex index) {
    Document entry = entry(namespace);
    List<Document> left =
        Fields.documents(entry, "indexes").stream()
            .filter(other -> !isNamed(other, index.getName()))
            .toList();
    put(namespace, entry.append("indexes", left));
    store.remove(index.map());
  }

  private static boolean isNamed(Document index, String name) {
    return Fields.text(Fields.document(index, "description"), "name").equals(name);
  }

  void drop(String namespace, PrimaryIndex documents) {
    entries.remove(key(namespace));
    store.remove(documents.map());
  }
}
