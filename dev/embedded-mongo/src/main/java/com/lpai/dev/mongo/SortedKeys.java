package com.lpai.dev.mongo;

import java.util.List;
import org.h2.mvstore.MVMap;

/**
 * An ordered map that a query can be answered from: an index, or the documents themselves by _id.
 * The last value of each key is the document's _id.
 */
interface SortedKeys {
  MVMap<Object[], byte[]> map();

  KeyType order();

  /** The fields in key order, _id last. */
  List<String> fields();

  /** The direction of each of {@link #fields()}. */
  List<Boolean> directions();

  /** How many leading fields tell one document from all others. */
  int identifyingFields();

  /** Whether a document may have more than one key, because a field held an array. */
  boolean isMultikey();

  /** Whether every document that matches a query with these bounds has a key here. */
  boolean covers(QueryBounds bounds);
}
