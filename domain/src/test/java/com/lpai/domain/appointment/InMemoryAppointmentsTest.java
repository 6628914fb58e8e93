package com.lpai.domain.appointment;

import com.lpai.domain.sync.PendingPushes;
import com.lpai.domain.sync.PendingPushesContract;

class InMemoryAppointmentsTest
    implements AppointmentRepositoryContract,
        PendingPushesContract<AppointmentId, GhlAppointmentId, Appointment> {
  private final InMemoryAppointments appointments = new InMemoryAppointments();

  @Override
  public AppointmentRepository appointments() {
    return appointments;
  }

  @Override
  public PendingPushes<AppointmentId> pending() {
    return appointments;
  }
}
