package com.lpai.dev.mongo;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** How a query reaches its documents: the _ids it looks at, and whether they come sorted. */
sealed interface Scan {

  /** The _ids to look at, each once. */
  Stream<Object> ids();

  /** Whether they come in the order that was asked for. */
  boolean isSorted();

  /** Some ranges of one ordered map. */
  record OfKeys(
      SortedKeys keys, List<KeyRange> ranges, boolean backwards, int mergeFrom, boolean isSorted)
      implements Scan {
    /** {@link #mergeFrom} of ranges that are read one after the other. */
    static final int NO_MERGE = -1;

    @Override
    public Stream<Object> ids() {
      Stream<Object> ids = keysInRange().map(key -> key[key.length - 1]);
      return keys.isMultikey() ? distinct(ids) : ids;
    }

    private Stream<Object[]> keysInRange() {
      if (mergeFrom != NO_MERGE && ranges.size() > 1) {
        return stream(new Merge(this));
      }
      List<KeyRange> inOrder = backwards ? ranges.reversed() : ranges;
      return inOrder.stream().flatMap(range -> stream(cursor(range)));
    }

    private Iterator<Object[]> cursor(KeyRange range) {
      return range.cursor(keys, backwards);
    }

    private int compare(Object[] left, Object[] right) {
      int order = keys.order().compareFrom(mergeFrom, left, right);
      return backwards ? -order : order;
    }
  }

  /** What any of the scans finds. */
  record Union(List<Scan> scans) implements Scan {
    @Override
    public Stream<Object> ids() {
      return distinct(scans.stream().flatMap(Scan::ids));
    }

    @Override
    public boolean isSorted() {
      return false;
    }
  }

  private static Stream<Object> distinct(Stream<Object> ids) {
    TreeSet<Object> seen = new TreeSet<>(ValueOrder.ASCENDING);
    return ids.filter(seen::add);
  }

  private static <T> Stream<T> stream(Iterator<T> iterator) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false);
  }

  /** Reads several ranges, each in order, as one in order. */
  final class Merge implements Iterator<Object[]> {
    /** The next key of a range and what follows it. */
    private static final class Head {
      private final Iterator<Object[]> rest;
      private final Object[] key;

      private Head(Iterator<Object[]> cursor) {
        key = cursor.next();
        rest = cursor;
      }
    }

    private final PriorityQueue<Head> heads;

    private Merge(OfKeys scan) {
      heads = new PriorityQueue<>((left, right) -> scan.compare(left.key, right.key));
      scan.ranges().forEach(range -> push(scan.cursor(range)));
    }

    private void push(Iterator<Object[]> cursor) {
      if (cursor.hasNext()) {
        heads.add(new Head(cursor));
      }
    }

    @Override
    public boolean hasNext() {
      return !heads.isEmpty();
    }

    @Override
    public Object[] next() {
      Head first = heads.poll();
      if (first == null) {
        throw new NoSuchElementException();
      }
      push(first.rest);
      return first.key;
    }
  }
}
