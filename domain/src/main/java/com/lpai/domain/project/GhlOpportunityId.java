package com.lpai.domain.project;

import com.lpai.domain.tenant.CrmIds;

/**
 * The CRM's id of an opportunity, which is our project.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record GhlOpportunityId(String value) {
  public GhlOpportunityId {
    value = CrmIds.requireOpaque(value, "GoHighLevel opportunity id");
  }

  @Override
  public String toString() {
    return value;
  }
}
