package com.lpai.domain.project;

import com.lpai.domain.sync.CrmRecords;

/**
 * The CRM's opportunities (ghl-facts.md 3.2).
 *
 * <p>A record's fields are named by {@link ProjectField} and hold what the CRM said. Every custom
 * field is an element of {@link ProjectField#CRM_CUSTOM_FIELDS} under the CRM's id of the field,
 * those that we have names for too.
 */
public interface CrmOpportunities extends CrmRecords<GhlOpportunityId> {}
