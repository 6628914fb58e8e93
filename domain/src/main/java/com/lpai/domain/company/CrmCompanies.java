package com.lpai.domain.company;

import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;

/** What a company's token is good for (ghl-facts.md 2.3). */
public interface CrmCompanies {

  /**
   * A page of the locations that have the app.
   *
   * @param skip how many entries to leave out
   */
  CrmResult<InstalledLocations> installedLocations(
      CompanyId companyId, int skip, CallPriority priority);

  /** Tokens for one location of the company. */
  CrmResult<TokenGrant> locationToken(
      CompanyId companyId, LocationId locationId, CallPriority priority);
}
