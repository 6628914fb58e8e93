package com.lpai.domain.sync;

import java.util.List;

/**
 * One page of a list.
 *
 * @param nextCursor where the next page begins; empty after the last page
 */
public record Page<T>(List<T> items, String nextCursor) {
  public Page {
    items = List.copyOf(items);
  }

  public boolean isLast() {
    return nextCursor.isEmpty();
  }
}
