package com.lpai.application.reconcile;

import com.lpai.domain.reconcile.Difference;
import java.util.ArrayList;
import java.util.List;

/** Faults of ours in the repairs of one run: each costs its own difference only. */
final class RepairFaults {
  /** A fault that many records meet is understood from a few of them. */
  private static final int MOST_TOLD = 10;

  private final List<IllegalStateException> told = new ArrayList<>();
  private int untold;

  /** Takes note of it with its record's kind and id, and with no value of it. */
  void add(Difference difference, RuntimeException fault) {
    if (told.size() < MOST_TOLD) {
      told.add(new IllegalStateException("The repair of " + difference.id() + " failed.", fault));
    } else {
      untold++;
    }
  }

  /**
   * Does nothing when there was none.
   *
   * @throws IllegalStateException the first one, with others as suppressed ones
   */
  void throwIfAny() {
    if (told.isEmpty()) {
      return;
    }
    IllegalStateException first = told.getFirst();
    told.stream().skip(1).forEach(first::addSuppressed);
    if (untold > 0) {
      first.addSuppressed(new IllegalStateException(untold + " more repairs failed."));
    }
    throw first;
  }
}
