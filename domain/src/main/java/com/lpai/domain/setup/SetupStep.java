package com.lpai.domain.setup;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The eleven steps of a setup in their order (spec 4). Later ones may rest on earlier ones. */
public enum SetupStep {
  LOCATION_DETAILS("locationDetails"),
  PIPELINES("pipelines"),
  CALENDARS("calendars"),
  USERS("users"),
  CUSTOM_FIELDS("customFields"),
  CUSTOM_VALUES("customValues"),
  CONTACTS("contacts"),
  OPPORTUNITIES("opportunities"),
  APPOINTMENTS("appointments"),
  CONVERSATIONS("conversations"),
  DEFAULTS("defaults");

  private final String key;

  SetupStep(String key) {
    this.key = key;
  }

  /** The step's name in the REST API and the database. */
  public String key() {
    return key;
  }

  /** Steps without which this one has nothing to go by. */
  public Set<SetupStep> needs() {
    return switch (this) {
      case OPPORTUNITIES -> Set.of(PIPELINES);
      case APPOINTMENTS -> Set.of(CALENDARS);
      case LOCATION_DETAILS,
          PIPELINES,
          CALENDARS,
          USERS,
          CUSTOM_FIELDS,
          CUSTOM_VALUES,
          CONTACTS,
          CONVERSATIONS,
          DEFAULTS ->
          Set.of();
    };
  }

  /**
   * Steps without which this one can do its work, but not as well as with them: references to
   * contacts stay open, fields of ours unknown, phones and times in a country that was assumed.
   */
  public Set<SetupStep> restsOn() {
    return switch (this) {
      case CONTACTS -> Set.of(LOCATION_DETAILS);
      case OPPORTUNITIES -> Set.of(CONTACTS, CUSTOM_FIELDS);
      case APPOINTMENTS -> Set.of(CONTACTS, LOCATION_DETAILS);
      case LOCATION_DETAILS,
          PIPELINES,
          CALENDARS,
          USERS,
          CUSTOM_FIELDS,
          CUSTOM_VALUES,
          CONVERSATIONS,
          DEFAULTS ->
          Set.of();
    };
  }

  /** True when what changed during the setup is read at its end (trap 48). */
  public boolean catchesUp() {
    return this != DEFAULTS;
  }

  public static Optional<SetupStep> named(String key) {
    return Arrays.stream(values()).filter(step -> step.key.equals(key)).findFirst();
  }
}
