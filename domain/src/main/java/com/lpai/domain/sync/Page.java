package com.lpai.domain.sync;

import java.util.List;

/**
 * One page of a list.
 *
 * @param nextCursor where the next page begins; empty after the last page
 */
public record Page<T>(List<T> items, String nextCursor) {
  /** Items on one page at most. */
  public static final int LARGEST = 200;

  public Page {
    items = List.copyOf(items);
  }

  public boolean isLast() {
    return nextCursor.isEmpty();
  }

  /**
   * Refuses a page that is empty by definition or larger than {@link #LARGEST}.
   *
   * @throws IllegalArgumentException for such a limit
   */
  public static void requireLimit(int limit) {
    if (limit < 1 || limit > LARGEST) {
      throw new IllegalArgumentException("limit must be from 1 to " + LARGEST);
    }
  }
}
