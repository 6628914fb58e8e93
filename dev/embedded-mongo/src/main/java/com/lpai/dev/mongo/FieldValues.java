package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an index or a sort sees of one field, by MongoDB's rules: an absent field counts as null, an
 * array as each of its elements.
 *
 * @param keys a {@link SortKey} per value; never empty
 * @param ofArray whether an array was met on the way
 */
record FieldValues(SortedSet<String> keys, boolean ofArray) {
  static FieldValues of(Document document, String path) {
    SortedSet<String> keys = new TreeSet<>();
    boolean ofArray = collect(document, Utils.splitPath(path), keys);
    return new FieldValues(keys, ofArray);
  }

  /**
   * The one value at the path, {@link Missing} where there is none; the array where one is met on
   * the way or at the end.
   */
  static @Nullable Object withoutArray(Document document, List<String> path) {
    Object value = document;
    for (String name : path) {
      if (value instanceof Collection) {
        return value;
      }
      if (!(value instanceof Document fields) || !fields.containsKey(name)) {
        return Missing.getInstance();
      }
      value = fields.get(name);
    }
    return value;
  }

  /** What a document holds at the path; absent is other than null. */
  static Object at(Document document, String path) {
    return Utils.getSubdocumentValueCollectionAware(document, path);
  }

  /** Whether two values are alike in all, the order of their fields and types of numbers too. */
  static boolean areSame(@Nullable Object one, @Nullable Object other) {
    return switch (one) {
      case Document document ->
          other instanceof Document same
              && areSame(document.keySet(), same.keySet())
              && areSame(document.values(), same.values());
      case Collection<?> array ->
          other instanceof Collection<?> same && areSame(array.iterator(), same.iterator());
      case null, default -> Objects.equals(one, other);
    };
  }

  private static boolean areSame(Iterator<?> one, Iterator<?> other) {
    while (one.hasNext() && other.hasNext()) {
      if (!areSame(one.next(), other.next())) {
        return false;
      }
    }
    return one.hasNext() == other.hasNext();
  }

  private static boolean collect(Object value, List<String> path, SortedSet<String> keys) {
    if (value instanceof List<?> array && !array.isEmpty()) {
      for (Object element : array) {
        Object present = Missing.ofNullable(element);
        if (path.isEmpty()) {
          keys.add(SortKey.of(present));
        } else {
          collect(present, path, keys);
        }
      }
      return true;
    }
    if (value instanceof Document document && !path.isEmpty()) {
      Object field = Fields.value(document, path.getFirst());
      return collect(field, path.subList(1, path.size()), keys);
    }
    boolean absent = value instanceof List || !path.isEmpty();
    keys.add(SortKey.of(absent ? Missing.getInstance() : value));
    return value instanceof List;
  }
}
