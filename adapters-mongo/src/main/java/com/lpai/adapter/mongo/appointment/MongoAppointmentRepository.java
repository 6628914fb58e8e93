package com.lpai.adapter.mongo.appointment;

import com.lpai.adapter.mongo.mirror.ContactReferences;
import com.lpai.adapter.mongo.mirror.MongoAboutContactRepository;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentField;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.AppointmentQuery;
import com.lpai.domain.appointment.AppointmentRepository;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.conversions.Bson;

/** Appointments in the collection {@code appointments}. */
public final class MongoAppointmentRepository
    extends MongoAboutContactRepository<AppointmentId, GhlAppointmentId, Appointment>
    implements AppointmentRepository {
  private static final String START = AppointmentField.START.key();

  public MongoAppointmentRepository(TenantCollection appointments) {
    super(
        appointments, new AppointmentForm(), AppointmentField.GHL_CONTACT_ID.key(), List.of(START));
  }

  @Override
  public Page<Appointment> list(LocationId locationId, AppointmentQuery query) {
    List<Bson> filters = new ArrayList<>(inPhases(query.phases()));
    filters.add(Filters.gte(START, query.from()));
    filters.add(Filters.lt(START, query.to()));
    filters.addAll(equal(AppointmentField.CALENDAR_ID.key(), query.calendarId()));
    filters.addAll(equal(AppointmentField.USER_ID.key(), query.userId()));
    filters.addAll(equal(AppointmentField.STATUS.key(), query.status()));
    filters.addAll(equal(ContactReferences.CONTACT_ID, query.contactId()));
    return list(locationId, filters, Optional.of(START), query.cursor(), query.limit());
  }
}
