package com.lpai.domain.sync;

/**
 * What becomes of a person's choice in a conflict.
 *
 * @param <R> the record
 */
public sealed interface ConflictChoice<R> {
  /** The record after it; the same one when that had been chosen before. */
  record Made<R>(R record) implements ConflictChoice<R> {}

  /** The record has no such conflict. */
  record Unknown<R>() implements ConflictChoice<R> {}

  /** The field was changed since, or has a newer conflict. */
  record Superseded<R>(R record, FieldName field) implements ConflictChoice<R> {}

  /** The CRM has the record, and takes this field only when one is created. */
  record NotTaken<R>(FieldName field) implements ConflictChoice<R> {}
}
