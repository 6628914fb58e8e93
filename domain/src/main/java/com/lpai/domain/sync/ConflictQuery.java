package com.lpai.domain.sync;

import java.util.Set;

/**
 * Which conflicts are meant.
 *
 * @param field of this field only; empty for all
 * @param states in these states only; none for all
 */
public record ConflictQuery(String field, Set<State> states) {

  /** How far a conflict is decided. */
  public enum State {
    OPEN,
    DECIDED,
    RESOLVED
  }

  public ConflictQuery {
    states = Set.copyOf(states);
  }

  /** Whether this conflict is meant. */
  public boolean matches(Conflict conflict) {
    return (field.isEmpty() || conflict.field().value().equals(field))
        && (states.isEmpty() || states.contains(conflict.state()));
  }
}
