package com.lpai.domain.reconcile;

/** Why it likely differs, and what mends it. */
public enum Cause {
  /** The CRM's record is newer than what we last heard: its event was lost. */
  WEBHOOK_LOST(Repair.READ),
  /** It was changed there within the last minutes: its event may still come. */
  CHANGED_LATELY(Repair.READ),
  /** Theirs is no newer than what we last heard: what is stored here was altered otherwise. */
  ALTERED_HERE(Repair.READ),
  /** A local change waits to be told. */
  PUSH_WAITING(Repair.PUSH),
  /** A local change waits for something else, a contact or the connection. */
  PUSH_BLOCKED(Repair.PUSH),
  /** The CRM refused a local change. */
  PUSH_FAILED(Repair.PUSH),
  /** It was never told to the CRM, and nothing is due that would. */
  NEVER_TOLD(Repair.PUSH),
  /** It was deleted in the CRM, and the event was lost. */
  DELETED_THERE(Repair.REMOVE),
  /** No page showed it; too many were not shown to look for each. */
  NOT_LISTED(Repair.REMOVE),
  /** A page left out a value that is held here; too many were left out to read each. */
  NOT_SHOWN(Repair.READ),
  /** A deletion waits to be told. */
  DELETION_WAITING(Repair.PUSH),
  /** The CRM refused a deletion. */
  DELETION_REFUSED(Repair.PUSH),
  /** The CRM had confirmed that it was deleted, and shows it again. */
  CAME_BACK(Repair.PERSON),
  /** The same e-mail address, phone or former id as a record that is linked. */
  UNLINKED_TWIN(Repair.FOLD),
  CONTACT_GONE(Repair.READ),
  CALENDAR_GONE(Repair.READ);

  private final Repair repair;

  Cause(Repair repair) {
    this.repair = repair;
  }

  public Repair repair() {
    return repair;
  }
}
