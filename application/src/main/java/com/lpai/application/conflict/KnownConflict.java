package com.lpai.application.conflict;

import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorKind;

/**
 * A conflict with the record that has it.
 *
 * @param recordId our id of the record
 * @param name what a person calls the record; empty when it has no name
 * @param present the field's value now
 * @param isChoosable true while a side can still be chosen: nothing else changed the field since
 */
public record KnownConflict(
    MirrorKind kind,
    String recordId,
    String name,
    Conflict conflict,
    FieldValue present,
    boolean isChoosable) {

  /** Tells it from every other conflict of the location. */
  public String id() {
    return new ConflictPlace(kind, recordId, conflict.id()).toString();
  }

  /** Which it is only: values are personal data. */
  @Override
  public String toString() {
    return "KnownConflict[" + id() + "]";
  }
}
