package com.lpai.domain.contact;

import com.lpai.domain.tenant.CrmIds;

/**
 * Our own id of a contact; never sent to the CRM.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record ContactId(String value) {
  public ContactId {
    value = CrmIds.requireOpaque(value, "contact id");
  }

  @Override
  public String toString() {
    return value;
  }
}
