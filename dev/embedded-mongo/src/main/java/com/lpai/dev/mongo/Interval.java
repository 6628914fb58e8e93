package com.lpai.dev.mongo;

import java.util.ArrayList;
import java.util.List;

/**
 * Values from low to high in {@link ValueOrder}, both ends included or not.
 *
 * @param low the first value, or an {@link ValueOrder.Edge}
 * @param high the last value, or an {@link ValueOrder.Edge}
 */
record Interval(Object low, boolean lowIncluded, Object high, boolean highIncluded) {
  private static final ValueOrder ORDER = ValueOrder.ASCENDING;

  static Interval point(Object value) {
    return new Interval(value, true, value, true);
  }

  boolean isPoint() {
    return ORDER.compare(low, high) == 0;
  }

  private boolean isEmpty() {
    int order = ORDER.compare(low, high);
    return order > 0 || (order == 0 && !(lowIncluded && highIncluded));
  }

  private static int compareLows(Interval left, Interval right) {
    int order = ORDER.compare(left.low, right.low);
    return order != 0 ? order : Boolean.compare(right.lowIncluded, left.lowIncluded);
  }

  private static int compareHighs(Interval left, Interval right) {
    int order = ORDER.compare(left.high, right.high);
    return order != 0 ? order : Boolean.compare(left.highIncluded, right.highIncluded);
  }

  /** All values that are in one of the intervals, as ascending intervals that do not touch. */
  static List<Interval> union(List<Interval> intervals) {
    List<Interval> merged = new ArrayList<>();
    for (Interval next : intervals.stream().sorted(Interval::compareLows).toList()) {
      if (!merged.isEmpty() && merged.getLast().reaches(next)) {
        merged.add(merged.removeLast().extendedTo(next));
      } else {
        merged.add(next);
      }
    }
    return List.copyOf(merged);
  }

  private boolean reaches(Interval next) {
    int gap = ORDER.compare(high, next.low);
    return gap > 0 || (gap == 0 && (highIncluded || next.lowIncluded));
  }

  private Interval extendedTo(Interval next) {
    Interval last = compareHighs(this, next) >= 0 ? this : next;
    return new Interval(low, lowIncluded, last.high, last.highIncluded);
  }

  /** All values that are in both lists. */
  static List<Interval> intersection(List<Interval> left, List<Interval> right) {
    List<Interval> common = new ArrayList<>();
    for (Interval one : left) {
      for (Interval other : right) {
        Interval from = compareLows(one, other) >= 0 ? one : other;
        Interval to = compareHighs(one, other) <= 0 ? one : other;
        Interval both = new Interval(from.low, from.lowIncluded, to.high, to.highIncluded);
        if (!both.isEmpty()) {
          common.add(both);
        }
      }
    }
    return union(common);
  }
}
