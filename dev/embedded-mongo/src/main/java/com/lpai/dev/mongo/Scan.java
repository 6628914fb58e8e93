package com.lpai.dev.mongo;

import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * How a query reaches its documents.
 *
 * @param parts each a range of an index
 * @param repeats whether one document may be found more than once
 */
record Scan(List<Part> parts, Order order, boolean repeats) {

  /** What comes in the order that was asked for. */
  enum Order {
    NOTHING,
    EACH_PART,
    ALL
  }

  /** All keys of an index between two. */
  record Part(StoredIndex index, Interval range, boolean backwards) {
    /** The keys of their documents. */
    Stream<String> documents() {
      return StreamSupport.stream(
              Spliterators.spliteratorUnknownSize(
                  index.keys(range, backwards), Spliterator.ORDERED),
              false)
          .map(index::documentOf);
    }
  }

  /** What any of the scans finds. */
  static Scan union(List<Scan> scans) {
    List<Part> parts = scans.stream().flatMap(scan -> scan.parts.stream()).toList();
    return new Scan(parts, Order.NOTHING, true);
  }

  /** The keys of all documents that it looks at, each once. */
  Stream<String> documents() {
    Stream<String> all = parts.stream().flatMap(Part::documents);
    return repeats ? all.distinct() : all;
  }
}
