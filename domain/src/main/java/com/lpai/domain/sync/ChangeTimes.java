package com.lpai.domain.sync;

import java.time.Instant;

/**
 * When either side of a merge was changed, each by its own clock.
 *
 * @param ours when each of our fields was
 * @param theirs when their record was; {@link Instant#EPOCH} when they do not tell
 */
public record ChangeTimes(Provenance ours, Instant theirs) {
  /** Nobody knows. */
  public static final ChangeTimes UNKNOWN = new ChangeTimes(Provenance.NONE, Instant.EPOCH);

  /** True when theirs is later by more than the two clocks may be apart. */
  boolean areTheirsLater(FieldName field) {
    Instant edited = ours.of(field).at();
    return edited.isAfter(Instant.EPOCH) && theirs.isAfter(edited.plus(EventOrder.STANDARD.skew()));
  }
}
