package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.CannotIndexParallelArraysError;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The values of a document that an index holds, MongoDB's rules: an absent field counts as null, an
 * array gives one key per element, at most one indexed field may hold one.
 *
 * @param keys each with a value per indexed field
 * @param fromArray whether an array was met
 */
record DocumentKeys(List<Object[]> keys, boolean fromArray) {
  static final DocumentKeys NONE = new DocumentKeys(List.of(), false);

  static DocumentKeys of(Document document, List<String> paths) {
    List<List<Object>> valuesPerPath = new ArrayList<>(paths.size());
    List<String> arrays = new ArrayList<>(1);
    for (String path : paths) {
      TreeSet<Object> values = new TreeSet<>(ValueOrder.ASCENDING);
      boolean sawArray = collect(document, Utils.splitPath(path), 0, values);
      if (sawArray) {
        arrays.add(path);
      }
      valuesPerPath.add(List.copyOf(values));
    }
    if (arrays.size() > 1 && !shareFirstField(arrays)) {
      throw new CannotIndexParallelArraysError(arrays);
    }
    return new DocumentKeys(combine(valuesPerPath), !arrays.isEmpty());
  }

  /** Fields below one array, like items.a and items.b, are allowed. */
  private static boolean shareFirstField(List<String> paths) {
    return paths.stream().map(Utils::firstFragment).distinct().count() == 1;
  }

  /** What stands at the path, an array's elements one by one; never empty. */
  static TreeSet<Object> values(Document document, List<String> path) {
    TreeSet<Object> values = new TreeSet<>(ValueOrder.ASCENDING);
    collect(document, path, 0, values);
    return values;
  }

  /** Adds what stands at the path to the values; true if an array was met on the way. */
  private static boolean collect(
      Object value, List<String> path, int depth, TreeSet<Object> values) {
    boolean atEnd = depth == path.size();
    if (value instanceof List<?> array) {
      if (array.isEmpty()) {
        values.add(Missing.getInstance());
      }
      for (Object element : array) {
        Object present = Missing.ofNullable(element);
        if (atEnd) {
          values.add(present);
        } else {
          collect(present, path, depth, values);
        }
      }
      return true;
    }
    if (atEnd) {
      values.add(value);
      return false;
    }
    if (value instanceof Document document) {
      return collect(Fields.value(document, path.get(depth)), path, depth + 1, values);
    }
    values.add(Missing.getInstance());
    return false;
  }

  private static List<Object[]> combine(List<List<Object>> valuesPerPath) {
    List<Object[]> keys = new ArrayList<>();
    keys.add(new Object[valuesPerPath.size()]);
    for (int i = 0; i < valuesPerPath.size(); i++) {
      List<Object[]> longer = new ArrayList<>();
      for (Object[] key : keys) {
        for (Object value : valuesPerPath.get(i)) {
          Object[] next = key.clone();
          next[i] = value;
          longer.add(next);
        }
      }
      keys = longer;
    }
    return keys;
  }

  /** Whether the field is there at all, be it null. */
  static boolean isPresent(Document document, String path) {
    return !(Utils.getSubdocumentValueCollectionAware(document, path) instanceof Missing);
  }
}
