package com.lpai.application.work;

import java.util.List;

/** Work that nobody waits for, found by its state in the database; done on any instance. */
@FunctionalInterface
public interface Chores {
  /** What is due now; a part of it when there is much. */
  List<Chore> due();
}
