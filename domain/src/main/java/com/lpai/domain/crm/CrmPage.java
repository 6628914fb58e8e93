package com.lpai.domain.crm;

import java.util.List;

/**
 * One page of what the CRM lists.
 *
 * @param nextCursor where the next page begins, understood by the same method only; empty after the
 *     last page
 * @param total how many there are in all, as the CRM says; -1 when it does not tell
 */
public record CrmPage<T>(List<T> items, String nextCursor, long total) {
  public CrmPage {
    items = List.copyOf(items);
  }

  public boolean isLast() {
    return nextCursor.isEmpty();
  }
}
