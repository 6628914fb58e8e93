package com.lpai.domain.directory;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.util.List;

/** The CRM's users of a location (ghl-facts.md 3.4). */
public interface CrmUsers {
  /**
   * One page of the users of a location.
   *
   * @param skip how many users to leave out; the number of users seen so far
   * @return the page; an empty one says that there are no more
   */
  CrmResult<List<User>> page(
      LocationId locationId, CompanyId companyId, int skip, int size, CallPriority priority);
}
