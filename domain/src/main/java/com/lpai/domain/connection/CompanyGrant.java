package com.lpai.domain.connection;

import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.util.List;

/**
 * What the CRM grants for a company (ghl-facts.md 2.2).
 *
 * @param bulk an app for locations, installed into many at once
 * @param futureLocations whether locations made later get the app too
 * @param approvedLocations as the answer lists them; often empty though some were chosen
 */
public record CompanyGrant(
    CompanyId companyId,
    OAuthTokens tokens,
    boolean bulk,
    boolean futureLocations,
    List<LocationId> approvedLocations) {
  public CompanyGrant {
    approvedLocations = List.copyOf(approvedLocations);
  }
}
