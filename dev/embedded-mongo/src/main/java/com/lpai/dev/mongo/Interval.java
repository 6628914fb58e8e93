package com.lpai.dev.mongo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Values from low to high as {@link SortKey}s; each end is followed by {@link SortKey#BEFORE} or
 * {@link SortKey#AFTER}, so that it lies between two values and no end is in or out.
 */
record Interval(String low, String high) {
  static final Interval ALL = around("");

  /** What begins with the key. */
  static Interval around(String key) {
    return new Interval(key + SortKey.BEFORE, key + SortKey.AFTER);
  }

  static Interval point(Object value) {
    return around(SortKey.of(value));
  }

  /** All values of the same type: MongoDB compares only within one. */
  static Interval typeOf(Object value) {
    return around(SortKey.of(value).substring(0, 1));
  }

  /** The key at the lower end. */
  String start() {
    return low.substring(0, low.length() - 1);
  }

  boolean isPoint() {
    return low.length() > 2 && high.equals(start() + SortKey.AFTER);
  }

  /** Those of the keys that go on with such a value; this must be a point itself. */
  Interval then(Interval next) {
    return new Interval(start() + next.low, start() + next.high);
  }

  /** All values that are in one of the intervals, as ascending intervals that do not touch. */
  static List<Interval> union(List<Interval> intervals) {
    List<Interval> merged = new ArrayList<>();
    for (Interval next : intervals.stream().sorted(Comparator.comparing(Interval::low)).toList()) {
      if (!merged.isEmpty() && merged.getLast().high.compareTo(next.low) >= 0) {
        Interval last = merged.removeLast();
        merged.add(new Interval(last.low, max(last.high, next.high)));
      } else {
        merged.add(next);
      }
    }
    return List.copyOf(merged);
  }

  /** All values that are in both lists. */
  static List<Interval> intersection(List<Interval> left, List<Interval> right) {
    return left.stream()
        .flatMap(one -> right.stream().map(one::and))
        .filter(both -> both.low.compareTo(both.high) < 0)
        .toList();
  }

  private Interval and(Interval other) {
    return new Interval(max(low, other.low), min(high, other.high));
  }

  private static String max(String one, String other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static String min(String one, String other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
