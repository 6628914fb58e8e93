package com.lpai.domain.sync;

import java.time.Instant;

/** Whether a call about this record is on its way to the CRM. */
public sealed interface Push {
  /** No call is on its way. */
  Push IDLE = new Idle();

  /** No call is on its way. */
  record Idle() implements Push {}

  /**
   * A call was written down before it was made. When it is found after {@code leaseUntil}, its
   * outcome is unknown: the process died or the answer was lost.
   *
   * @param revision the record's revision whose values were sent
   * @param values exactly what was sent
   * @param token who made the call; only they may settle it
   */
  record InFlight(
      Kind kind,
      long revision,
      FieldChanges values,
      Instant startedAt,
      Instant leaseUntil,
      String token)
      implements Push {

    /** The same call, held until another time. */
    public InFlight until(Instant later) {
      return new InFlight(kind, revision, values, startedAt, later, token);
    }
  }

  /** What a call does to the record in the CRM. */
  enum Kind {
    CREATE,
    UPDATE,
    DELETE
  }
}
