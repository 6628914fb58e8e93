package com.lpai.domain.contact;

/** What became of an attempt to store a contact. */
public sealed interface SaveOutcome {
  /** It is stored; the contact carries its new version. */
  record Saved(Contact contact) implements SaveOutcome {}

  /** Somebody stored it meanwhile (or removed it): read it again and repeat the change. */
  record Stale() implements SaveOutcome {}

  /** Another contact of the location is linked to the same CRM record. */
  record CrmIdTaken(GhlContactId crmId) implements SaveOutcome {}
}
