package com.lpai.domain.sync;

/** How a conflict of a field is decided. */
public enum ConflictRule {
  /** Our value stays, and is told. */
  OURS,
  /** The CRM's value is taken. */
  THEIRS,
  /**
   * The value that was changed last. Ours, when the CRM tells no time of its change, or when the
   * two times are so near that the clocks may be wrong about their order.
   */
  NEWEST,
  /** A person decides: our value is shown until then, and not told. */
  ASK
}
