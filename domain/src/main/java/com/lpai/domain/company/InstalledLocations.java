package com.lpai.domain.company;

import com.lpai.domain.tenant.LocationId;
import java.util.List;

/**
 * One page of the locations of a company. Pages are unsorted and may repeat a location; the last
 * one is the empty one (ghl-facts.md 2.3).
 *
 * @param size how many entries the page had, those without the app included
 * @param installed the locations on it that have the app
 */
public record InstalledLocations(int size, List<LocationId> installed) {
  public InstalledLocations {
    installed = List.copyOf(installed);
  }
}
