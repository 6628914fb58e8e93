package com.lpai.domain.directory;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.tenant.LocationId;
import java.util.List;

/** The CRM's pipelines of a location, all in one answer (ghl-facts.md 3.2). */
public interface CrmPipelines {
  CrmResult<List<Pipeline>> list(LocationId locationId, CallPriority priority);
}
