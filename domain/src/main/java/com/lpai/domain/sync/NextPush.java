package com.lpai.domain.sync;

/**
 * The next call that a record needs, derived from its state alone.
 *
 * @param <G> the CRM's id of such a record
 */
public sealed interface NextPush<G> {
  /** The CRM has it not: create it with these values. */
  record Create<G>(FieldChanges values) implements NextPush<G> {}

  /** A create was begun and its outcome is unknown: look first, never repeat blindly. */
  record LookUp<G>(FieldChanges values) implements NextPush<G> {}

  /** Send exactly these fields. */
  record Update<G>(G id, FieldChanges values) implements NextPush<G> {}

  /**
   * Add and remove exactly these names of sets; an update would replace a whole set (ghl-facts.md
   * 3.1).
   */
  record Regroup<G>(G id, FieldChanges names) implements NextPush<G> {}

  /** Delete it there. */
  record Delete<G>(G id) implements NextPush<G> {}

  /** Nothing is left to tell. */
  record Nothing<G>() implements NextPush<G> {}
}
