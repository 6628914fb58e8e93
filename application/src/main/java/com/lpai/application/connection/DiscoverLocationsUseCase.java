package com.lpai.application.connection;

import com.lpai.domain.tenant.CompanyId;

/** Looking for the locations into which a company has installed the app (spec 3, install saga). */
public interface DiscoverLocationsUseCase {
  /** Asks for it; false when the company has not got the app. */
  boolean request(CompanyId companyId);

  /**
   * Asks for it because a location was made; false when new locations of the company do not get the
   * app by themselves.
   */
  boolean requestForNewLocation(CompanyId companyId);
}
