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
   * @param values what was sent; also what earlier calls sent whose outcome is unknown
   * @param token who made the call; only they may settle it; empty when nobody will
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

    /** The same call, as part of what was begun at this time. */
    public InFlight begunAt(Instant earlier) {
      return new InFlight(kind, revision, values, earlier, leaseUntil, token);
    }

    /** True while somebody may settle the call; otherwise it is only kept in mind. */
    public boolean isOpen() {
      return !token.isEmpty();
    }

    /** The same call, with these values kept in mind beside its own. */
    InFlight with(FieldChanges others) {
      return of(values.with(others));
    }

    /** The same call, as if it had sent these values. */
    InFlight of(FieldChanges others) {
      return new InFlight(kind, revision, others, startedAt, leaseUntil, token);
    }

    /** What was sent and may have happened: an update that nobody waits for or settles any more. */
    public InFlight asPossible() {
      return new InFlight(Kind.UPDATE, revision, values, startedAt, startedAt, "");
    }
  }

  /** What a call does to the record in the CRM. */
  enum Kind {
    CREATE,
    UPDATE,
    DELETE
  }
}
