package com.lpai.domain.reconcile;

/** The ordinary way that mends a difference; each may be gone again. */
public enum Repair {
  /** The record is read and merged. */
  READ(1),
  /** Its push is made due now. */
  PUSH(1),
  /** It is looked for a second time, later, and marked as deleted when it is not found. */
  REMOVE(1),
  /** A copy that nobody ever edited goes; one that a person made is left to a person. */
  FOLD(0),
  /** Only a person can decide. */
  PERSON(0);

  private final int calls;

  Repair(int calls) {
    this.calls = calls;
  }

  /** How many calls to the CRM it takes. */
  public int calls() {
    return calls;
  }
}
