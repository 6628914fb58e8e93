package com.lpai.domain.sync;

/** Whose value stays when both sides changed a field. */
@FunctionalInterface
public interface ConflictPolicy {
  /** MongoDB is the source of truth: ours, unless a location says otherwise (spec 6). */
  ConflictPolicy OURS = field -> Conflict.Side.OURS;

  Conflict.Side winner(FieldName field);
}
