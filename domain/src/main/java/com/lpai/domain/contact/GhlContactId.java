package com.lpai.domain.contact;

import com.lpai.domain.tenant.CrmIds;

/**
 * The CRM's id of a contact.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record GhlContactId(String value) {
  public GhlContactId {
    value = CrmIds.requireOpaque(value, "GoHighLevel contact id");
  }

  @Override
  public String toString() {
    return value;
  }
}
