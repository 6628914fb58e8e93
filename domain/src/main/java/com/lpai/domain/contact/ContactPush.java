package com.lpai.domain.contact;

import com.lpai.domain.sync.FieldChanges;

/** The next call that a contact needs, derived from its state alone. */
public sealed interface ContactPush {
  /** The CRM has it not: create it with these values. */
  record Create(FieldChanges values) implements ContactPush {}

  /** A create was begun and its outcome is unknown: look first, never repeat blindly. */
  record LookUp(FieldChanges values) implements ContactPush {}

  /** Send exactly these fields. */
  record Update(GhlContactId id, FieldChanges values) implements ContactPush {}

  /** Add and remove exactly these tags; an update would replace all tags (ghl-facts.md 3.1). */
  record Retag(GhlContactId id, FieldChanges tags) implements ContactPush {}

  /** Delete it there. */
  record Delete(GhlContactId id) implements ContactPush {}

  /** Nothing is left to tell. */
  record Nothing() implements ContactPush {}
}
