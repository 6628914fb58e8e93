package com.lpai.domain.appointment;

import com.lpai.domain.tenant.CrmIds;

/**
 * The CRM's id of an appointment.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record GhlAppointmentId(String value) {
  public GhlAppointmentId {
    value = CrmIds.requireOpaque(value, "GoHighLevel appointment id");
  }

  @Override
  public String toString() {
    return value;
  }
}
