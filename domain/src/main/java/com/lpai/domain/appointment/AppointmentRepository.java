package com.lpai.domain.appointment;

import com.lpai.domain.contact.AboutContactRepository;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;

/** Where appointments are kept. */
public interface AppointmentRepository
    extends AboutContactRepository<AppointmentId, GhlAppointmentId, Appointment> {

  /** Live appointments by their beginning, then id. */
  Page<Appointment> list(LocationId locationId, AppointmentQuery query);
}
