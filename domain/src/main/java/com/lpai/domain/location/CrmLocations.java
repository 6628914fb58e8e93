package com.lpai.domain.location;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.tenant.LocationId;

/** The CRM's word on a location (ghl-facts.md 3.5). */
public interface CrmLocations {
  CrmResult<LocationDetails> details(LocationId locationId, CallPriority priority);
}
