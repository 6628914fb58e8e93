package com.lpai.domain.location;

import java.time.ZoneId;

/**
 * What the CRM says of a location (ghl-facts.md 3.5).
 *
 * @param country ISO 3166 alpha-2, the default for national phone numbers
 * @param allowsDuplicateContacts whether the CRM accepts two contacts with one e-mail or phone
 */
public record LocationDetails(
    String name, String country, ZoneId timezone, boolean allowsDuplicateContacts) {

  /** What is assumed until the CRM has told. */
  public static LocationDetails assumed(String name) {
    return new LocationDetails(name, "US", ZoneId.of("UTC"), false);
  }
}
