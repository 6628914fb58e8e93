package com.lpai.domain.directory;

import com.lpai.domain.tenant.CrmIds;

/**
 * The CRM's id of a calendar.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record GhlCalendarId(String value) {
  public GhlCalendarId {
    value = CrmIds.requireOpaque(value, "GoHighLevel calendar id");
  }

  @Override
  public String toString() {
    return value;
  }
}
