package com.lpai.dev.mongo;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * How a query reaches its documents.
 *
 * @param parts each a range of an index
 * @param inOrder whether they come in the order that was asked for
 * @param repeats whether one document may be found more than once
 * @param exact whether all that is found matches
 */
record Scan(List<Part> parts, boolean inOrder, boolean repeats, boolean exact) {

  /**
   * All keys of an index between two.
   *
   * @param fixed how long the values are with which all of them begin
   */
  record Part(StoredIndex index, Interval range, int fixed, boolean backwards) {
    /** The keys of their documents. */
    Stream<String> documents() {
      return stream(index.keys(range, backwards)).map(index::documentOf);
    }
  }

  /** The keys of all documents that it looks at, each once; as many are looked at as are taken. */
  Stream<String> documents() {
    if (inOrder && parts.size() > 1) {
      return stream(new Merge(parts));
    }
    Stream<String> all = parts.stream().flatMap(Part::documents);
    return repeats ? all.distinct() : all;
  }

  private static Stream<String> stream(Iterator<String> keys) {
    Iterable<String> all = () -> keys;
    return StreamSupport.stream(all.spliterator(), false);
  }

  /** Several parts of one index, each in order, as one: by what follows the fixed values. */
  private static final class Merge implements Iterator<String> {
    private final PriorityQueue<Head> heads;

    private record Head(Part part, Iterator<String> rest, String key, String place) {}

    Merge(List<Part> parts) {
      Comparator<Head> order = Comparator.comparing(Head::place);
      heads = new PriorityQueue<>(parts.getFirst().backwards() ? order.reversed() : order);
      parts.forEach(part -> add(part, part.index().keys(part.range(), part.backwards())));
    }

    private void add(Part part, Iterator<String> rest) {
      if (rest.hasNext()) {
        String key = rest.next();
        heads.add(new Head(part, rest, key, key.substring(part.fixed())));
      }
    }

    @Override
    public boolean hasNext() {
      return !heads.isEmpty();
    }

    @Override
    public String next() {
      Head first = heads.remove();
      add(first.part(), first.rest());
      return first.part().index().documentOf(first.key());
    }
  }
}
