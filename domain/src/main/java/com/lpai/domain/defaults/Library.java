package com.lpai.domain.defaults;

import java.math.BigDecimal;
import java.util.List;

/** Things of one category that a location sells. */
public record Library(String category, List<Item> items) {
  /**
   * One thing.
   *
   * @param unit what the price is for, for example {@code hour}
   * @param price of as many digits as every place that keeps it holds
   */
  public record Item(String name, String unit, BigDecimal price) {
    private static final int MOST_DIGITS = 15;
    private static final int MOST_DECIMALS = 6;

    public Item {
      BigDecimal plain = price.stripTrailingZeros();
      if ((long) plain.precision() - plain.scale() > MOST_DIGITS || plain.scale() > MOST_DECIMALS) {
        throw new IllegalArgumentException(
            "a price has at most "
                + MOST_DIGITS
                + " digits before the point and "
                + MOST_DECIMALS
                + " after it");
      }
    }
  }

  public Library {
    items = List.copyOf(items);
  }
}
