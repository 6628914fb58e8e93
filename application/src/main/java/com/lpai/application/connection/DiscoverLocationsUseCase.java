package com.lpai.application.connection;

import com.lpai.domain.tenant.CompanyId;

/** Looking for the locations into which a company has installed the app (spec 3, install saga). */
public interface DiscoverLocationsUseCase {
  /** Asks for it; false when the company never installed the app. */
  boolean request(CompanyId companyId);
}
