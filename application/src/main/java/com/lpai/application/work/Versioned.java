package com.lpai.application.work;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Changing what is stored under a version, whoever else does so at the same time. */
public final class Versioned {
  private Versioned() {}

  /**
   * Reads, changes and stores; begins again as long as somebody else stored something in between.
   *
   * @param change what shall be stored for what is there now; empty to leave all as it is
   * @param save empty when what is stored is not what was read any more
   * @return what was stored; empty when all was left as it is
   */
  public static <T> Optional<T> change(
      Supplier<Optional<T>> find,
      Function<Optional<T>, Optional<T>> change,
      Function<T, Optional<T>> save) {
    while (true) {
      Optional<T> wanted = change.apply(find.get());
      if (wanted.isEmpty()) {
        return Optional.empty();
      }
      Optional<T> stored = save.apply(wanted.get());
      if (stored.isPresent()) {
        return stored;
      }
    }
  }
}
