package com.lpai.domain.connection;

import java.util.Set;

/** Compares what was granted with what our features need (spec 3; ghl-facts.md 2.5). */
@FunctionalInterface
public interface ScopeCheck {
  /** The scopes that are needed and were not granted; empty when all is well. */
  Set<String> missing(Set<String> granted);
}
