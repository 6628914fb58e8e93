package com.lpai.domain.directory;

import com.lpai.domain.tenant.CrmIds;

/**
 * The CRM's id of a custom field.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record GhlCustomFieldId(String value) {
  public GhlCustomFieldId {
    value = CrmIds.requireOpaque(value, "GoHighLevel custom field id");
  }

  @Override
  public String toString() {
    return value;
  }
}
