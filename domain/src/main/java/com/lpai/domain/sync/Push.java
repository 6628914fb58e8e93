package com.lpai.domain.sync;

import java.time.Instant;
import java.util.function.Predicate;

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
   * @param values what was sent; also what earlier calls sent of other fields, to no known effect
   * @param earlier what earlier calls sent of the same fields, to no known effect
   * @param token who made the call; only they may settle it; empty when nobody will
   */
  record InFlight(
      Kind kind,
      long revision,
      FieldChanges values,
      EarlierValues earlier,
      Instant startedAt,
      Instant leaseUntil,
      String token)
      implements Push {

    /** A call, before anything is known of earlier ones. */
    public InFlight(
        Kind kind,
        long revision,
        FieldChanges values,
        Instant startedAt,
        Instant leaseUntil,
        String token) {
      this(kind, revision, values, EarlierValues.NONE, startedAt, leaseUntil, token);
    }

    /** The same call, held until another time. */
    public InFlight until(Instant later) {
      return new InFlight(kind, revision, values, earlier, startedAt, later, token);
    }

    /** The same call, as part of what was begun at this time. */
    public InFlight begunAt(Instant earlier) {
      return new InFlight(kind, revision, values, this.earlier, earlier, leaseUntil, token);
    }

    /** True while somebody may settle the call; otherwise it is only kept in mind. */
    public boolean isOpen() {
      return !token.isEmpty();
    }

    /** True when this value of the field was sent and may be there, or come there yet. */
    boolean maySay(FieldName name, FieldValue value) {
      return values.get(name).filter(value::equals).isPresent() || earlier.has(name, value);
    }

    /** The same call, with what one before it sent kept in mind beside its own. */
    InFlight after(InFlight before) {
      Predicate<FieldName> isReplaced =
          name -> values.mentions(name) && !values.get(name).equals(before.values.get(name));
      return new InFlight(
          kind,
          revision,
          before.values.with(values),
          before.earlier.with(before.values.only(isReplaced)),
          startedAt,
          leaseUntil,
          token);
    }

    /** The same call, as if it and those before had sent these fields only. */
    InFlight only(Predicate<FieldName> chosen) {
      return new InFlight(
          kind, revision, values.only(chosen), earlier.only(chosen), startedAt, leaseUntil, token);
    }

    /** The same call, after the CRM accepted these: what was sent of them before is done with. */
    InFlight settling(FieldChanges accepted) {
      return new InFlight(
          kind,
          revision,
          values,
          earlier.only(name -> !accepted.mentions(name)),
          startedAt,
          leaseUntil,
          token);
    }

    /** What was sent and may have happened: an update that nobody waits for or settles any more. */
    public InFlight asPossible() {
      return new InFlight(Kind.UPDATE, revision, values, earlier, startedAt, startedAt, "");
    }
  }

  /** What a call does to the record in the CRM. */
  enum Kind {
    CREATE,
    UPDATE,
    DELETE
  }
}
