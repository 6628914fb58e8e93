package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.CannotIndexParallelArraysError;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;

/**
 * An ordered map that a query can be answered from: an index, or the documents themselves by _id. A
 * key is that of the indexed values, that of the _id, and where the latter begins.
 */
final class StoredIndex {
  private static final byte[] NO_VALUE = new byte[0];
  private static final int OFFSET_LENGTH = 2;

  /** Sorts before all keys: what the index is, and whether a document had several keys. */
  private static final String HEADER = "";

  private static final String MULTIKEY = "multikey";

  private final IndexDefinition definition;
  private final MVMap<String, byte[]> map;
  private final List<String> fields;
  private final Document partialFilter;
  private final List<List<String>> paths;

  /** Fields that its filter demands whatever their values. */
  private final List<List<String>> demanded;

  /** The fields of a document that it depends on. */
  private final Set<String> roots;

  private volatile boolean multikey;

  private StoredIndex(IndexDefinition definition, MVMap<String, byte[]> map, boolean multikey) {
    this.definition = definition;
    this.map = map;
    this.multikey = multikey;
    this.fields =
        Stream.concat(definition.paths().stream(), Stream.of(IndexDefinition.ID))
            .distinct()
            .toList();
    this.partialFilter = definition.partialFilter();
    this.paths = definition.paths().stream().map(Utils::splitPath).toList();
    this.demanded =
        partialFilter.entrySet().stream()
            .filter(word -> QueryBounds.PRESENCE.equals(word.getValue()))
            .map(word -> Utils.splitPath(word.getKey()))
            .toList();
    this.roots =
        Stream.concat(definition.paths().stream(), partialFilter.keySet().stream())
            .map(Utils::firstFragment)
            .collect(Collectors.toSet());
  }

  static StoredIndex ofDocuments(MVMap<String, byte[]> documents) {
    return new StoredIndex(IndexDefinition.ON_ID, documents, false);
  }

  static StoredIndex create(IndexDefinition definition, MVMap<String, byte[]> map) {
    StoredIndex index = new StoredIndex(definition, map, false);
    index.writeHeader();
    return index;
  }

  static StoredIndex open(MVMap<String, byte[]> map) {
    Document header = BsonCodec.document(map.getOrDefault(HEADER, NO_VALUE));
    boolean multikey = Fields.flag(header, MULTIKEY, false);
    header.remove(MULTIKEY);
    return new StoredIndex(IndexDefinition.parse(header), map, multikey);
  }

  private void writeHeader() {
    Document header = definition.description().clone().append(MULTIKEY, multikey);
    map.put(HEADER, BsonCodec.bytes(header));
  }

  IndexDefinition definition() {
    return definition;
  }

  MVMap<String, byte[]> map() {
    return map;
  }

  /** What it is sorted by: the fields, then the _id. */
  List<String> fields() {
    return fields;
  }

  /** How many leading fields tell one document from all others. */
  int identifyingFields() {
    return definition.isUnique() ? definition.paths().size() : fields.size();
  }

  /** Whether a document may have more than one key, because a field held an array. */
  boolean isMultikey() {
    return multikey;
  }

  /** Whether every document that matches a query with these bounds has a key here. */
  boolean covers(QueryBounds bounds) {
    return (!definition.isSparse() || bounds.demandAnyOf(definition.paths()))
        && bounds.imply(partialFilter);
  }

  /** The key of a document: it must not end where a value does, see {@link Interval}. */
  static String documentKey(Object id) {
    return SortKey.of(id) + '\1';
  }

  /** The key of the document that a key of this index belongs to. */
  String documentOf(String key) {
    return definition.isOnId()
        ? key
        : key.substring(lengthOfValues(key), key.length() - OFFSET_LENGTH);
  }

  private static int lengthOfValues(String key) {
    int end = key.length() - OFFSET_LENGTH;
    return key.charAt(end) << Character.SIZE | key.charAt(end + 1);
  }

  Iterator<String> keys(Interval range, boolean backwards) {
    return backwards
        ? map.cursor(range.high(), range.low(), true)
        : map.cursor(range.low(), range.high(), false);
  }

  /**
   * Whether a document that is changed so surely keeps its keys; what a filter that begins with an
   * operator depends on is not looked into.
   */
  boolean isUntouchedBy(Document before, Document after) {
    return !before.isEmpty()
        && !after.isEmpty()
        && roots.stream()
            .allMatch(
                root ->
                    !root.startsWith("$")
                        && before.containsKey(root) == after.containsKey(root)
                        && FieldValues.areSame(before.get(root), after.get(root)));
  }

  /** The document's keys: none if the index leaves it out, several if it holds an array. */
  Set<String> keysOf(Document document, String id) {
    if (document.isEmpty() || !holds(document)) {
      return Set.of();
    }
    Optional<String> only = onlyKey(document);
    if (only.isPresent()) {
      return Set.of(withId(only.get(), id));
    }
    Set<String> keys = Set.of("");
    Set<String> arrays = new TreeSet<>();
    for (String path : definition.paths()) {
      FieldValues values = FieldValues.of(document, path);
      if (values.ofArray()) {
        arrays.add(Utils.firstFragment(path));
      }
      keys = followedBy(values.keys(), keys);
    }
    noteArrays(arrays);
    return keys.stream().map(key -> withId(key, id)).collect(Collectors.toSet());
  }

  /** Most documents have one value in each field; empty where there is an array. */
  private Optional<String> onlyKey(Document document) {
    StringBuilder key = new StringBuilder();
    for (List<String> path : paths) {
      Object value = FieldValues.withoutArray(document, path);
      if (value instanceof Collection) {
        return Optional.empty();
      }
      key.append(SortKey.of(Missing.ofNullable(value)));
    }
    return Optional.of(key.toString());
  }

  private static Set<String> followedBy(SortedSet<String> values, Set<String> keys) {
    return keys.stream()
        .flatMap(key -> values.stream().map(key::concat))
        .collect(Collectors.toSet());
  }

  private boolean holds(Document document) {
    return (partialFilter.isEmpty() || matchesFilter(document))
        && (!definition.isSparse()
            || definition.paths().stream()
                .anyMatch(path -> !(FieldValues.at(document, path) instanceof Missing)));
  }

  /** Most filters ask for nothing but the presence of a field: for that no matcher is needed. */
  private boolean matchesFilter(Document document) {
    boolean isPlain = demanded.size() == partialFilter.size();
    for (List<String> path : demanded) {
      Object value = FieldValues.withoutArray(document, path);
      if (value instanceof Missing) {
        return false;
      }
      isPlain &= !(value instanceof Collection);
    }
    return isPlain || new DefaultQueryMatcher().matches(document, partialFilter);
  }

  /** Two arrays are allowed below one field only, like items.a and items.b. */
  private void noteArrays(Set<String> fields) {
    if (fields.size() > 1) {
      throw new CannotIndexParallelArraysError(fields);
    }
    if (!fields.isEmpty() && !multikey) {
      multikey = true;
      writeHeader();
    }
  }

  private static String withId(String key, String id) {
    int offset = key.length();
    return key + id + (char) (offset >>> Character.SIZE) + (char) offset;
  }

  /** Refuses keys that another document has, if the index is unique. */
  void check(Set<String> keys, Document document, String namespace) {
    if (!definition.isUnique()) {
      return;
    }
    for (String key : keys) {
      String values = key.substring(0, lengthOfValues(key));
      Iterator<String> same = keys(Interval.around(values), false);
      while (same.hasNext()) {
        if (!same.next().equals(key)) {
          throw Refusal.duplicateKey(namespace, definition, document);
        }
      }
    }
  }

  void replace(Set<String> before, Set<String> after) {
    for (String key : before) {
      if (!after.contains(key)) {
        map.remove(key);
      }
    }
    for (String key : after) {
      if (!before.contains(key)) {
        map.put(key, NO_VALUE);
      }
    }
  }
}
