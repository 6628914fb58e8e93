package com.lpai.domain.defaults;

import java.math.BigDecimal;
import java.util.List;

/** Things of one category that a location sells. */
public record Library(String category, List<Item> items) {
  /**
   * One thing.
   *
   * @param unit what the price is for, for example {@code hour}
   */
  public record Item(String name, String unit, BigDecimal price) {}

  public Library {
    items = List.copyOf(items);
  }
}
