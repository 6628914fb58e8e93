package com.lpai.application.appointment;

import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.AppointmentQuery;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.Optional;

/** Reading appointments; deleted ones are not seen. */
public interface AppointmentQueries {
  Optional<Appointment> find(LocationId locationId, AppointmentId id);

  Page<Appointment> list(LocationId locationId, AppointmentQuery query);
}
