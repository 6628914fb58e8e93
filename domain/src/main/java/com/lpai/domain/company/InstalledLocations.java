package com.lpai.domain.company;

import com.lpai.domain.tenant.LocationId;
import java.util.List;
import java.util.Map;

/**
 * One page of the locations of a company. Pages are unsorted and may repeat a location; the last
 * one is the empty one (ghl-facts.md 2.3).
 *
 * @param size how many entries the page had, those without the app included
 * @param installed the locations on it that have the app
 * @param names what the CRM calls them, as far as it tells
 */
public record InstalledLocations(
    int size, List<LocationId> installed, Map<LocationId, String> names) {
  public InstalledLocations {
    installed = List.copyOf(installed);
    names = Map.copyOf(names);
  }

  public InstalledLocations(int size, List<LocationId> installed) {
    this(size, installed, Map.of());
  }
}
