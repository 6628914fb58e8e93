package com.lpai.domain.project;

import com.lpai.domain.tenant.CrmIds;

/**
 * Our own id of a project; never sent to the CRM.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record ProjectId(String value) {
  public ProjectId {
    value = CrmIds.requireOpaque(value, "project id");
  }

  @Override
  public String toString() {
    return value;
  }
}
