package com.lpai.application.health;

import java.util.List;

/**
 * The state of all connections, read once.
 *
 * @param locations by name
 * @param companies by id
 * @param alerts the most urgent first
 */
public record Overview(
    List<LocationOverview> locations, List<CompanyOverview> companies, List<Alert> alerts) {
  public Overview {
    locations = List.copyOf(locations);
    companies = List.copyOf(companies);
    alerts = List.copyOf(alerts);
  }
}
