package com.lpai.domain.directory;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;

/** The CRM's users of a location (ghl-facts.md 3.4). */
public interface CrmUsers {
  /**
   * The page of a location's users at this cursor; an empty cursor is the first page. A page may
   * hold nobody and yet not be the last: who cannot be read, or does not work there any more, is
   * left out.
   */
  CrmResult<CrmPage<User>> page(
      LocationId locationId, CompanyId companyId, String cursor, int size, CallPriority priority);
}
