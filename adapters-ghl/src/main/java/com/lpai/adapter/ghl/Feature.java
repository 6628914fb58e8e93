package com.lpai.adapter.ghl;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What this version does with GoHighLevel, and the scopes that it needs for it (ghl-facts.md 2.5).
 */
public enum Feature {
  CONTACTS(false, "contacts.readonly", "contacts.write"),
  LOCATION_DETAILS(false, "locations.readonly"),
  USERS(false, "users.readonly"),
  /** With their pipelines. */
  OPPORTUNITIES(false, "opportunities.readonly", "opportunities.write"),
  CALENDARS(false, "calendars.readonly"),
  APPOINTMENTS(false, "calendars/events.readonly", "calendars/events.write"),
  CUSTOM_FIELDS(false, "locations/customFields.readonly", "locations/customFields.write"),
  CUSTOM_VALUES(false, "locations/customValues.readonly"),
  CONVERSATIONS(
      false,
      "conversations.readonly",
      "conversations/message.readonly",
      "conversations/message.write"),
  /** Installing for a whole agency: its scopes are granted to agencies only. */
  COMPANY_INSTALLS(true, "oauth.readonly", "oauth.write");

  private final boolean forAgenciesOnly;
  private final String scopes;

  Feature(boolean forAgenciesOnly, String... scopes) {
    this.forAgenciesOnly = forAgenciesOnly;
    this.scopes = String.join(" ", scopes);
  }

  public List<String> scopes() {
    return List.of(scopes.split(" ", -1));
  }

  /** Everything. */
  public static Set<Feature> all() {
    return EnumSet.allOf(Feature.class);
  }

  /** Everything but what needs an agency. */
  public static Set<Feature> forLocations() {
    return EnumSet.complementOf(EnumSet.of(COMPANY_INSTALLS));
  }

  /** What these features need of a location. */
  static Set<String> neededOfLocation(Set<Feature> features) {
    return needed(features, false);
  }

  /** What these features need of an agency for itself. */
  static Set<String> neededOfCompany(Set<Feature> features) {
    return needed(features, true);
  }

  private static Set<String> needed(Set<Feature> features, boolean forAgenciesOnly) {
    return features.stream()
        .filter(feature -> feature.forAgenciesOnly == forAgenciesOnly)
        .flatMap(feature -> feature.scopes().stream())
        .collect(Collectors.toSet());
  }

  /** The scopes of these features, for the consent page. */
  static List<String> scopesOf(Set<Feature> features) {
    return Arrays.stream(values())
        .filter(features::contains)
        .flatMap(feature -> feature.scopes().stream())
        .toList();
  }
}
