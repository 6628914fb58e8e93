package com.lpai.application.conflict;

import com.lpai.domain.sync.FieldName;

/** What became of a choice. */
public sealed interface ConflictOutcome {
  /** It is stored; whatever it changes is told the CRM in the background. */
  record Chosen(KnownConflict conflict) implements ConflictOutcome {}

  /** The location has no such conflict. */
  record Unknown() implements ConflictOutcome {}

  /**
   * The field was changed since, or has a newer conflict; nothing was changed.
   *
   * @param latest the field's latest conflict, with its value now
   */
  record Superseded(KnownConflict latest) implements ConflictOutcome {}

  /** The CRM takes this field only when a record is created; nothing was changed. */
  record NotTaken(FieldName field) implements ConflictOutcome {}
}
