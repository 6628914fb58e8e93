package com.lpai.domain.directory;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.tenant.LocationId;
import java.util.List;

/** The CRM's custom values of a location, all in one answer (ghl-facts.md 3.5). */
public interface CrmCustomValues {
  CrmResult<List<CustomValue>> list(LocationId locationId, CallPriority priority);
}
