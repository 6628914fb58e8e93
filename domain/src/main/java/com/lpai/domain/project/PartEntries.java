package com.lpai.domain.project;

import java.util.List;

/**
 * What a part of a project holds.
 *
 * @param items the entries in the order in which they were added
 * @param unreadable how many more there are that others put there in a shape of their own: they are
 *     left as they are
 */
public record PartEntries(List<PartEntry> items, int unreadable) {
  public PartEntries {
    items = List.copyOf(items);
  }
}
