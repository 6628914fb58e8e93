package com.lpai.domain.reconcile;

/** What differs. */
public enum Nature {
  /** The CRM has a record that is not here. */
  MISSING_HERE,
  /** A record that is here is not in the CRM. */
  MISSING_THERE,
  /** Some of its fields have other values there. */
  FIELDS,
  /** Two records here stand for the same thing. */
  DUPLICATE,
  /** It was deleted here, and the CRM still has it. */
  DELETED_HERE,
  /** It refers to something that is gone: its contact, its calendar. */
  REFERENCE_GONE
}
