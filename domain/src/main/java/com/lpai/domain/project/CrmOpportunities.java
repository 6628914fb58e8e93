package com.lpai.domain.project;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;

/**
 * The CRM's opportunities (ghl-facts.md 3.2). Every method makes at most one call, repeated once
 * after a token was renewed; waits for nothing; and answers every failure as a {@link
 * com.lpai.domain.crm.CrmFailure}.
 *
 * <p>A record's fields are named by {@link ProjectField} and hold what the CRM said. Every custom
 * field is an element of {@link ProjectField#CRM_CUSTOM_FIELDS} under the CRM's id of the field,
 * those that we have names for too.
 */
public interface CrmOpportunities {

  /**
   * The page at this cursor; an empty cursor is the first page. What is added or changed while the
   * pages are read comes at the end: they are sorted by the time of adding, or, when only changes
   * are asked for, by the time of the change.
   *
   * @param changedSince only what changed at or after this time; {@link Instant#EPOCH} for all
   */
  CrmResult<CrmPage<CrmRecord<GhlOpportunityId>>> page(
      LocationId locationId, String cursor, int size, Instant changedSince, CallPriority priority);

  /** One opportunity, complete. */
  CrmResult<CrmRecord<GhlOpportunityId>> find(
      LocationId locationId, GhlOpportunityId id, CallPriority priority);
}
