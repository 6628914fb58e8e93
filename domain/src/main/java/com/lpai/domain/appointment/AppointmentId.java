package com.lpai.domain.appointment;

import com.lpai.domain.tenant.CrmIds;

/**
 * Our own id of an appointment; never sent to the CRM.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record AppointmentId(String value) {
  public AppointmentId {
    value = CrmIds.requireOpaque(value, "appointment id");
  }

  @Override
  public String toString() {
    return value;
  }
}
