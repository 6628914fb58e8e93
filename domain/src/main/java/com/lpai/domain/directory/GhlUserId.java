package com.lpai.domain.directory;

import com.lpai.domain.tenant.CrmIds;

/**
 * The CRM's id of a user.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record GhlUserId(String value) {
  public GhlUserId {
    value = CrmIds.requireOpaque(value, "GoHighLevel user id");
  }

  @Override
  public String toString() {
    return value;
  }
}
