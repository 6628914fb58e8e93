package com.lpai.domain.project;

import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.GhlPipelineId;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.CrmRecords;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;

/**
 * The CRM's opportunities (ghl-facts.md 3.2).
 *
 * <p>A record's fields are named by {@link ProjectField} and hold what the CRM said. Every custom
 * field is an element of {@link ProjectField#CRM_CUSTOM_FIELDS} under the CRM's id of the field,
 * those that we have names for too.
 */
public interface CrmOpportunities extends CrmRecords<GhlOpportunityId> {

  /**
   * What is told of an opportunity that may have been made.
   *
   * @param madeSince by the CRM's clock
   */
  record Sought(GhlContactId contact, GhlPipelineId pipeline, String title, Instant madeSince) {}

  /**
   * Creates an opportunity. A time-out, reset or 5xx after sending is {@code OutcomeUnknown}, a 422
   * is {@code RefusedOrDone}.
   *
   * @param values the contact, pipeline, title and status among them, and no reason of a loss
   * @return the new opportunity's id
   */
  CrmResult<GhlOpportunityId> create(LocationId locationId, FieldChanges values);

  /** Sends exactly these fields, neither the status nor the reason of a loss among them. */
  CrmResult<GhlOpportunityId> update(
      LocationId locationId, GhlOpportunityId id, FieldChanges values);

  /**
   * Sets the status.
   *
   * @param values the status, and the reason of a loss where something is said of it
   */
  CrmResult<GhlOpportunityId> setStatus(
      LocationId locationId, GhlOpportunityId id, FieldChanges values);

  /** Deletes an opportunity. */
  CrmResult<GhlOpportunityId> delete(LocationId locationId, GhlOpportunityId id);

  /** Looks an opportunity up; what was made within the last half minute may be missing. */
  CrmResult<List<CrmRecord<GhlOpportunityId>>> lookUp(LocationId locationId, Sought sought);
}
