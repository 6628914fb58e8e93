package com.lpai.domain.directory;

import com.lpai.domain.tenant.CrmIds;

/**
 * The CRM's id of a custom value.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record GhlCustomValueId(String value) {
  public GhlCustomValueId {
    value = CrmIds.requireOpaque(value, "GoHighLevel custom value id");
  }

  @Override
  public String toString() {
    return value;
  }
}
