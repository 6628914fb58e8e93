package com.lpai.dev.mongo;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * How a query reaches its documents.
 *
 * @param parts each a range of an index
 * @param inOrder whether each part comes in the order that was asked for
 * @param repeats whether one document may be found more than once
 * @param exact whether all that is found matches
 */
record Scan(List<Part> parts, boolean inOrder, boolean repeats, boolean exact) {

  /** All keys of an index between two. */
  record Part(StoredIndex index, Interval range, boolean backwards) {
    /** The keys of their documents. */
    Stream<String> documents() {
      Iterable<String> keys = () -> index.keys(range, backwards);
      return StreamSupport.stream(keys.spliterator(), false).map(index::documentOf);
    }
  }

  /** The keys of all documents that it looks at, each once. */
  Stream<String> documents() {
    Stream<String> all = parts.stream().flatMap(Part::documents);
    return repeats ? all.distinct() : all;
  }
}
