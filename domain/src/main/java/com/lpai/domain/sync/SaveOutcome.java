package com.lpai.domain.sync;

/**
 * What became of an attempt to store a record.
 *
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 */
public sealed interface SaveOutcome<G, R> {
  /** It is stored; the record carries its new version. */
  record Saved<G, R>(R record) implements SaveOutcome<G, R> {}

  /** Somebody stored it meanwhile (or removed it): read it again and repeat the change. */
  record Stale<G, R>() implements SaveOutcome<G, R> {}

  /** Another record of the location is linked to the same record of the CRM. */
  record CrmIdTaken<G, R>(G crmId) implements SaveOutcome<G, R> {}
}
