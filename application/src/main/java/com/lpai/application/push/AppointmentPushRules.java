package com.lpai.application.push;

import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentField;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.CrmAppointments;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.GhlCalendarId;
import com.lpai.domain.location.LocationDetails;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How appointments are told: after their contact. */
final class AppointmentPushRules
    implements PushRules<AppointmentId, GhlAppointmentId, Appointment> {
  private static final Words WORDS =
      new Words(
          "appointment",
          "contact and time",
          "no contact, calendar and beginning",
          "Change that one, or choose another time.");

  /** Nobody says whether the CRM keeps what is less than a minute. */
  private static final Duration EXACTNESS = Duration.ofMinutes(1);

  private final CrmAppointments crm;
  private final LocationRepository locations;
  private final ContactFirst contactFirst;

  AppointmentPushRules(
      CrmAppointments crm, LocationRepository locations, ContactFirst contactFirst) {
    this.crm = crm;
    this.locations = locations;
    this.contactFirst = contactFirst;
  }

  @Override
  public Words words() {
    return WORDS;
  }

  @Override
  public String scope() {
    return "calendars/events.write";
  }

  @Override
  public GhlAppointmentId crmId(String value) {
    return new GhlAppointmentId(value);
  }

  @Override
  public Appointment completed(Appointment appointment) {
    return contactFirst.completed(appointment);
  }

  @Override
  public boolean mayGoOn(Appointment appointment) {
    return contactFirst.isThere(appointment);
  }

  @Override
  public Outgoing<GhlAppointmentId> create(Appointment appointment, FieldChanges values) {
    return contactFirst
        .<GhlAppointmentId>obstacle(appointment, WORDS.noun())
        .orElseGet(
            () ->
                new Outgoing.Call<>(
                    values,
                    () ->
                        ContactFirst.explained(
                            crm.create(appointment.locationId(), values),
                            WORDS.noun(),
                            ContactFirst.CHOOSE_ANOTHER)));
  }

  @Override
  public Outgoing<GhlAppointmentId> update(
      Appointment appointment, GhlAppointmentId crmId, FieldChanges values) {
    return new Outgoing.Call<>(
        values,
        () ->
            ContactFirst.explained(
                crm.update(appointment.locationId(), crmId, values),
                WORDS.noun(),
                ContactFirst.CHOOSE_ANOTHER_THERE));
  }

  @Override
  public Outgoing<GhlAppointmentId> regroup(
      Appointment appointment, GhlAppointmentId crmId, FieldChanges names) {
    throw new IllegalStateException("an appointment has no set of names: " + names);
  }

  @Override
  public CrmResult<GhlAppointmentId> delete(LocationId locationId, GhlAppointmentId crmId) {
    return crm.delete(locationId, crmId);
  }

  @Override
  public CrmResult<CrmRecord<GhlAppointmentId>> find(
      LocationId locationId, GhlAppointmentId crmId) {
    return crm.find(locationId, crmId, zone(locationId), CallPriority.USER);
  }

  private ZoneId zone(LocationId locationId) {
    return locations
        .find(locationId)
        .map(location -> location.details().timezone())
        .orElse(LocationDetails.assumed("").timezone());
  }

  /** The list of a calendar's events is no search: it does not lag, and shows them all. */
  @Override
  public Optional<Supplier<CrmResult<List<CrmRecord<GhlAppointmentId>>>>> lookUp(
      LocationId locationId, FieldChanges sent, Instant since) {
    Fields created = Fields.NONE.apply(sent);
    String calendar = created.text(AppointmentField.CALENDAR_ID.fieldName());
    String contact = created.text(AppointmentField.GHL_CONTACT_ID.fieldName());
    return created.get(AppointmentField.START.fieldName()) instanceof FieldValue.Moment(Instant at)
            && !calendar.isEmpty()
            && !contact.isEmpty()
        ? Optional.of(() -> beginning(locationId, new GhlCalendarId(calendar), at, contact))
        : Optional.empty();
  }

  private CrmResult<List<CrmRecord<GhlAppointmentId>>> beginning(
      LocationId locationId, GhlCalendarId calendar, Instant at, String contact) {
    Instant from = at.truncatedTo(ChronoUnit.MINUTES);
    CrmResult<List<CrmRecord<GhlAppointmentId>>> events =
        crm.inWindow(
            locationId, calendar, from, from.plus(EXACTNESS), zone(locationId), CallPriority.USER);
    return switch (events) {
      case CrmResult.Failed<List<CrmRecord<GhlAppointmentId>>> failed -> failed;
      case CrmResult.Done<List<CrmRecord<GhlAppointmentId>>>(
              List<CrmRecord<GhlAppointmentId>> found) ->
          with(contact, locationId, found);
    };
  }

  /** The list may leave out whose an appointment is; ours may be among those. */
  private CrmResult<List<CrmRecord<GhlAppointmentId>>> with(
      String contact, LocationId locationId, List<CrmRecord<GhlAppointmentId>> found) {
    List<CrmRecord<GhlAppointmentId>> named =
        found.stream().filter(each -> contactOf(each).equals(contact)).toList();
    List<CrmRecord<GhlAppointmentId>> unnamed =
        found.stream().filter(each -> contactOf(each).isEmpty()).toList();
    if (unnamed.isEmpty()) {
      return CrmResult.done(named);
    }
    if (unnamed.size() > 1) {
      return CrmResult.failed(isUnclear(unnamed));
    }
    return switch (find(locationId, unnamed.getFirst().id())) {
      case CrmResult.Done<CrmRecord<GhlAppointmentId>>(CrmRecord<GhlAppointmentId> read) ->
          contactOf(read).isEmpty()
              ? CrmResult.failed(isUnclear(unnamed))
              : CrmResult.done(
                  Stream.concat(named.stream(), Stream.of(read))
                      .filter(each -> contactOf(each).equals(contact))
                      .toList());
      case CrmResult.Failed<CrmRecord<GhlAppointmentId>>(CrmFailure.NotFound gone) ->
          CrmResult.done(named);
      case CrmResult.Failed<CrmRecord<GhlAppointmentId>>(CrmFailure failure) ->
          CrmResult.failed(failure);
    };
  }

  private static String contactOf(CrmRecord<GhlAppointmentId> found) {
    return Fields.NONE.apply(found.fields()).text(AppointmentField.GHL_CONTACT_ID.fieldName());
  }

  private static CrmFailure isUnclear(List<CrmRecord<GhlAppointmentId>> found) {
    String ids =
        found.stream().map(each -> each.id().value()).sorted().collect(Collectors.joining(", "));
    return new CrmFailure.RefusedOrDone(
        List.of(),
        "Please check: GoHighLevel does not say whose these appointments at this time are, and one"
            + " of them could be this one: "
            + ids);
  }

  @Override
  public boolean lookUpShowsAll() {
    return true;
  }
}
