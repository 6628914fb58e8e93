package com.lpai.domain.directory;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.tenant.LocationId;
import java.util.List;

/** The CRM's calendars of a location, all in one answer, drafts included (ghl-facts.md 3.3). */
public interface CrmCalendars {
  CrmResult<List<Calendar>> list(LocationId locationId, CallPriority priority);
}
