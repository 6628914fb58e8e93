package com.lpai.domain.sync;

import java.time.Instant;

/** Whether a record lives; a deleted one stays as a tombstone so that nothing brings it back. */
public sealed interface Presence {
  /** It lives. */
  Presence LIVE = new Live();

  /** It lives. */
  record Live() implements Presence {}

  /** Deleted here; the CRM is told, or has been. */
  record DeletedHere(Instant at) implements Presence {}

  /** Deleted in the CRM; kept here, hidden and not pushed (spec 6). */
  record DeletedInCrm(Instant at) implements Presence {}
}
