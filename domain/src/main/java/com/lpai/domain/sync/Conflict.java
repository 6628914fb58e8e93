package com.lpai.domain.sync;

import java.time.Instant;

/**
 * Both sides changed one field since they last agreed.
 *
 * @param winner whose value the record holds now
 */
public record Conflict(
    FieldName field,
    FieldValue base,
    FieldValue ours,
    FieldValue theirs,
    Side winner,
    Instant noticedAt) {

  /** The two sides. */
  public enum Side {
    OURS,
    THEIRS
  }

  /** Field and winner only: values are personal data. */
  @Override
  public String toString() {
    return "Conflict[" + field + ", winner " + winner + "]";
  }
}
