package com.lpai.dev.mongo;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * How a query reaches its documents.
 *
 * @param documents the keys of those that it looks at, each once
 * @param isSorted whether they come in the order that was asked for
 */
record Scan(Supplier<Stream<String>> documents, boolean isSorted) {

  /**
   * All keys between two.
   *
   * @param fixed the length of what all of them begin with
   */
  record Range(String low, String high, int fixed) {
    static final Range ALL =
        new Range(String.valueOf(SortKey.BEFORE), String.valueOf(SortKey.AFTER), 0);

    /** Those of them that go on with such a value; this range must be a point itself. */
    Range then(Interval next) {
      String start = Interval.key(low);
      int length = start.length() + (next.isPoint() ? Interval.key(next.low()).length() : 0);
      return new Range(start + next.low(), start + next.high(), length);
    }
  }

  /**
   * Some ranges of one index.
   *
   * @param merged whether all ranges are read as one in order, instead of one after the other
   */
  static Scan of(
      StoredIndex index, List<Range> ranges, boolean backwards, boolean merged, boolean isSorted) {
    Supplier<Stream<String>> documents =
        () ->
            (merged
                    ? stream(new Merge(index, ranges, backwards))
                    : ranges.stream().flatMap(range -> stream(keys(index, range, backwards))))
                .map(index::documentOf);
    return new Scan(index.isMultikey() ? () -> documents.get().distinct() : documents, isSorted);
  }

  /** What any of the scans finds. */
  static Scan union(List<Scan> scans) {
    return new Scan(() -> scans.stream().flatMap(scan -> scan.documents.get()).distinct(), false);
  }

  private static Iterator<String> keys(StoredIndex index, Range range, boolean backwards) {
    return index.keys(range.low, range.high, backwards);
  }

  private static Stream<String> stream(Iterator<String> keys) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(keys, Spliterator.ORDERED), false);
  }

  /** The next key of a range, its part that is not fixed, and what follows. */
  private record Head(String key, String order, Range range, Iterator<String> rest) {}

  /** Reads several ranges, each in order, as one in order. */
  private static final class Merge implements Iterator<String> {
    private final PriorityQueue<Head> heads;

    Merge(StoredIndex index, List<Range> ranges, boolean backwards) {
      Comparator<Head> order = Comparator.comparing(Head::order);
      heads = new PriorityQueue<>(backwards ? order.reversed() : order);
      ranges.forEach(range -> push(range, keys(index, range, backwards)));
    }

    private void push(Range range, Iterator<String> keys) {
      if (keys.hasNext()) {
        String key = keys.next();
        heads.add(new Head(key, key.substring(range.fixed), range, keys));
      }
    }

    @Override
    public boolean hasNext() {
      return !heads.isEmpty();
    }

    @Override
    public String next() {
      Head first = heads.poll();
      if (first == null) {
        throw new NoSuchElementException();
      }
      push(first.range, first.rest);
      return first.key;
    }
  }
}
