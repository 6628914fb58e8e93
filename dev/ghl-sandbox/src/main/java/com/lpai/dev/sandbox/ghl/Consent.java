package com.lpai.dev.sandbox.ghl;

import java.util.List;

/**
 * What a person agrees to in the Marketplace (ghl-facts.md 2.4).
 *
 * @param locationIds that get the app: exactly one for a location's install
 * @param allLocations all of the company were chosen
 * @param futureLocations a location that is made later gets the app by itself
 * @param scope space separated
 * @param namesUser whether events and tokens say who installed
 * @param approvedLocations absent or present in token answers; empty to follow the setting
 */
public record Consent(
    Kind kind,
    String companyId,
    List<String> locationIds,
    boolean allLocations,
    boolean futureLocations,
    String scope,
    boolean namesUser,
    String approvedLocations) {

  /** Who installs what. */
  public enum Kind {
    /** One location: a Location token, one event. */
    LOCATION,
    /** An agency user chooses locations: a Company token, one event for each location. */
    BULK,
    /** An app of the agency: a Company token, one event for the company. */
    AGENCY
  }

  public Consent {
    locationIds = List.copyOf(locationIds);
  }

  /** A person in one location agrees. */
  public static Consent ofLocation(String companyId, String locationId, String scope) {
    return new Consent(
        Kind.LOCATION, companyId, List.of(locationId), false, false, scope, true, "");
  }

  public Consent withoutUser() {
    return new Consent(
        kind,
        companyId,
        locationIds,
        allLocations,
        futureLocations,
        scope,
        false,
        approvedLocations);
  }
}
