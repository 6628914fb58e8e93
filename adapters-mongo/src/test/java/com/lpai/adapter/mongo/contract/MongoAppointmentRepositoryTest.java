package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.AppointmentRepository;
import com.lpai.domain.appointment.AppointmentRepositoryContract;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.sync.PendingPushes;
import com.lpai.domain.sync.PendingPushesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoAppointmentRepositoryTest
    implements AppointmentRepositoryContract,
        PendingPushesContract<AppointmentId, GhlAppointmentId, Appointment> {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public AppointmentRepository appointments() {
    return DATABASE.adapter().appointments();
  }

  @Override
  public PendingPushes<AppointmentId> pending() {
    return DATABASE.adapter().pendingAppointmentPushes();
  }
}
