package com.lpai.dev.mongo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Values from low to high as {@link SortKey}s; each end is followed by {@link SortKey#BEFORE} or
 * {@link SortKey#AFTER}, so that it lies between two values and no end is in or out.
 */
record Interval(String low, String high) {
  static Interval point(Object value) {
    return new Interval(before(value), after(value));
  }

  /** All values of the same type: MongoDB compares only within one. */
  static Interval typeOf(Object value) {
    String type = SortKey.typeOf(value);
    return new Interval(type + SortKey.BEFORE, type + SortKey.AFTER);
  }

  static String before(Object value) {
    return SortKey.of(value) + SortKey.BEFORE;
  }

  static String after(Object value) {
    return SortKey.of(value) + SortKey.AFTER;
  }

  /** The key at an end. */
  static String key(String end) {
    return end.substring(0, end.length() - 1);
  }

  boolean isPoint() {
    return low.length() > 2 && key(low).equals(key(high));
  }

  /** The same values in an index that holds them in this direction. */
  Interval directed(boolean ascending) {
    return ascending ? this : new Interval(SortKey.inverted(high), SortKey.inverted(low));
  }

  /** All values that are in one of the intervals, as ascending intervals that do not touch. */
  static List<Interval> union(List<Interval> intervals) {
    List<Interval> merged = new ArrayList<>();
    for (Interval next : intervals.stream().sorted(Comparator.comparing(Interval::low)).toList()) {
      if (!merged.isEmpty() && merged.getLast().high.compareTo(next.low) >= 0) {
        Interval last = merged.removeLast();
        merged.add(
            new Interval(last.low, last.high.compareTo(next.high) > 0 ? last.high : next.high));
      } else {
        merged.add(next);
      }
    }
    return List.copyOf(merged);
  }

  /** All values that are in both lists. */
  static List<Interval> intersection(List<Interval> left, List<Interval> right) {
    List<Interval> common = new ArrayList<>();
    for (Interval one : left) {
      for (Interval other : right) {
        String low = one.low.compareTo(other.low) > 0 ? one.low : other.low;
        String high = one.high.compareTo(other.high) < 0 ? one.high : other.high;
        if (low.compareTo(high) < 0) {
          common.add(new Interval(low, high));
        }
      }
    }
    return union(common);
  }
}
