package com.lpai.domain.connection;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Compares what was granted with what our features need (spec 3; ghl-facts.md 2.5).
 *
 * @param needed the scopes that our features need
 */
public record ScopeCheck(Set<String> needed) {
  public ScopeCheck {
    needed = Set.copyOf(needed);
  }

  /** The scopes that are needed and were not granted; empty when all is well. */
  public Set<String> missing(Set<String> granted) {
    Set<String> missing = new LinkedHashSet<>(needed);
    missing.removeAll(granted);
    return missing;
  }
}
