package com.lpai.domain.setup;

import java.util.Arrays;
import java.util.Optional;

/** The steps of a setup in their order. Later ones may rest on what earlier ones stored. */
public enum SetupStep {
  LOCATION_DETAILS("locationDetails"),
  USERS("users"),
  CONTACTS("contacts");

  private final String key;

  SetupStep(String key) {
    this.key = key;
  }

  /** The step's name in the REST API and the database. */
  public String key() {
    return key;
  }

  public static Optional<SetupStep> named(String key) {
    return Arrays.stream(values()).filter(step -> step.key.equals(key)).findFirst();
  }
}
