package com.lpai.dev.sandbox.ghl;

import java.util.Locale;

/** Keys as GoHighLevel makes them from names (ghl-facts.md 3.5). */
final class Keys {
  private Keys() {}

  /** Lower case, with an underscore in the place of all else. */
  static String of(String name) {
    return name.strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "_")
        .replaceAll("^_+|_+$", "");
  }
}
