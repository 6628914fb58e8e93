package com.lpai.domain.sync;

import java.util.Arrays;
import java.util.Optional;

/**
 * The kinds of records that both sides keep and change, in the order in which they are reconciled.
 */
public enum MirrorKind {
  CONTACTS("contacts"),
  PROJECTS("projects"),
  APPOINTMENTS("appointments");

  private final String key;

  MirrorKind(String key) {
    this.key = key;
  }

  /** The name in our REST API and database. */
  public String key() {
    return key;
  }

  /** The kind of this name; empty when there is none such. */
  public static Optional<MirrorKind> named(String key) {
    return Arrays.stream(values()).filter(kind -> kind.key.equals(key)).findFirst();
  }
}
