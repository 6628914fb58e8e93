package com.lpai.domain.project;

import com.lpai.domain.tenant.CrmIds;

/**
 * Our own id of one entry of a part of a project.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record PartEntryId(String value) {
  public PartEntryId {
    value = CrmIds.requireOpaque(value, "entry id");
  }

  @Override
  public String toString() {
    return value;
  }
}
