package com.lpai.domain.sync;

/** Who may change a field. */
public enum FieldAccess {
  WRITABLE,
  /** The CRM takes it when the record is created, and never again. */
  CREATE_ONLY,
  /** Only the CRM sets it. */
  READ_ONLY
}
