package com.lpai.domain.reconcile;

import com.lpai.domain.setup.SetupStep;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of records that both sides keep, in the order in which they are reconciled. */
public enum RecordKind {
  CONTACTS("contacts", SetupStep.CONTACTS),
  PROJECTS("projects", SetupStep.OPPORTUNITIES),
  APPOINTMENTS("appointments", SetupStep.APPOINTMENTS);

  private final String key;
  private final SetupStep step;

  RecordKind(String key, SetupStep step) {
    this.key = key;
    this.step = step;
  }

  /** How it is called in the database and the REST API. */
  public String key() {
    return key;
  }

  /** The step of a setup that copies it. */
  public SetupStep step() {
    return step;
  }

  public static Optional<RecordKind> named(String key) {
    return Arrays.stream(values()).filter(kind -> kind.key.equals(key)).findFirst();
  }
}
