package com.lpai.domain.sync;

/** How conflicts of one kind of record are decided, field by field. */
@FunctionalInterface
public interface ConflictPolicy {
  /** MongoDB is the source of truth: ours, unless a location says otherwise (spec 6). */
  ConflictPolicy OURS = field -> ConflictRule.OURS;

  ConflictRule rule(FieldName field);
}
