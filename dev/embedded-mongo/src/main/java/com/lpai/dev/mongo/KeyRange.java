package com.lpai.dev.mongo;

import java.util.Iterator;

/** All keys between two, both included; the ends are made of values and edges. */
final class KeyRange {
  private final Object[] low;
  private final Object[] high;

  KeyRange(Object[] low, Object[] high) {
    this.low = low;
    this.high = high;
  }

  Iterator<Object[]> cursor(SortedKeys keys, boolean backwards) {
    return backwards ? keys.map().cursor(high, low, true) : keys.map().cursor(low, high, false);
  }
}
