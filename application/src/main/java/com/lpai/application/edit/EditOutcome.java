package com.lpai.application.edit;

import java.util.List;

/**
 * What became of a request to change a record.
 *
 * @param <R> the record
 */
public sealed interface EditOutcome<R> {
  /** It is stored here; the CRM is told in the background. */
  record Stored<R>(R record) implements EditOutcome<R> {}

  /** The location has no such record. */
  record NotFound<R>() implements EditOutcome<R> {}

  /** Somebody changed it since the version that the caller saw. */
  record ChangedMeanwhile<R>(R present) implements EditOutcome<R> {}

  /** Values that are not accepted; nothing was stored. */
  record Refused<R>(List<FieldProblem> problems) implements EditOutcome<R> {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /** The request's key belongs to one with another body; nothing was stored. */
  record KeyUsedOtherwise<R>() implements EditOutcome<R> {}

  /** A request with this key made a record that was deleted since; nothing was stored. */
  record MadeAndDeleted<R>() implements EditOutcome<R> {}
}
