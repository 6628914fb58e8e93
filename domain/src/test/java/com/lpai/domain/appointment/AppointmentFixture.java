package com.lpai.domain.appointment;

import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.MirrorState;
import java.time.Instant;
import java.util.UUID;

/** Appointments for tests: {@code anAppointment().startingAt(…).build()}. */
public final class AppointmentFixture
    extends MirrorFixture<AppointmentId, GhlAppointmentId, Appointment, AppointmentFixture> {
  private ContactReference contact = ContactReference.none();

  private AppointmentFixture() {
    super(new AppointmentId(UUID.randomUUID().toString().replace("-", "").substring(8)));
  }

  /** A live appointment without any value that the CRM does not have; nothing is to be pushed. */
  public static AppointmentFixture anAppointment() {
    return new AppointmentFixture();
  }

  public static GhlAppointmentId anyGhlAppointmentId() {
    return new GhlAppointmentId("app-" + UUID.randomUUID());
  }

  public AppointmentFixture about(ContactId id) {
    contact = new ContactReference.Resolved(id);
    return this;
  }

  public AppointmentFixture startingAt(Instant start) {
    return with(AppointmentField.START.fieldName(), new FieldValue.Moment(start));
  }

  @Override
  protected AppointmentFixture self() {
    return this;
  }

  @Override
  protected Appointment build(MirrorState<AppointmentId, GhlAppointmentId> state) {
    return new Appointment(state, contact);
  }
}
