package com.lpai.adapter.ghl.appointment;

import com.lpai.adapter.ghl.call.Call;
import com.lpai.adapter.ghl.call.GhlCalls;
import com.lpai.adapter.ghl.client.GhlAnswer;
import com.lpai.adapter.ghl.client.GhlCalendarsClient;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.adapter.ghl.failure.Operation.Effect;
import com.lpai.adapter.ghl.record.Records;
import com.lpai.adapter.ghl.record.Untaken;
import com.lpai.domain.appointment.AppointmentField;
import com.lpai.domain.appointment.CrmAppointments;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.GhlCalendarId;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** GoHighLevel's appointments over HTTP (ghl-facts.md 3.3). */
public final class GhlAppointments implements CrmAppointments {
  private static final String APPOINTMENTS = "/calendars/events/appointments";
  private static final Operation EVENTS = read("/calendars/events");
  private static final Operation FIND = read(APPOINTMENTS + "/{eventId}");
  private static final Operation CREATE = write("POST", APPOINTMENTS, Effect.CREATE);
  private static final Operation UPDATE = write("PUT", APPOINTMENTS + "/{eventId}", Effect.CHANGE);
  private static final Operation DELETE =
      write("DELETE", "/calendars/events/{eventId}", Effect.CHANGE);

  /**
   * Whether GoHighLevel lists what is wholly in a window, what begins in it or what reaches into it
   * is not documented. An event that lasts longer may be missed at a window's end.
   */
  private static final Duration LONGEST_EVENT = Duration.ofHours(24);

  private final GhlCalendarsClient client;
  private final GhlCalls<LocationId> calls;

  public GhlAppointments(GhlCalendarsClient client, GhlCalls<LocationId> calls) {
    this.client = client;
    this.calls = calls;
  }

  @Override
  public CrmResult<List<CrmRecord<GhlAppointmentId>>> inWindow(
      LocationId locationId,
      GhlCalendarId calendar,
      Instant from,
      Instant to,
      ZoneId zone,
      CallPriority priority) {
    return calls.call(
        locationId,
        priority,
        EVENTS,
        token ->
            client.events(
                token,
                locationId.value(),
                calendar.value(),
                String.valueOf(from.toEpochMilli()),
                // Whether the end is within is not documented, either.
                String.valueOf(to.plus(LONGEST_EVENT).toEpochMilli() - 1)),
        answer ->
            Records.listed(
                    locationId, answer, "events", event -> AppointmentReader.read(event, zone))
                .map(events -> beginningIn(events, from, to)));
  }

  /** What begins elsewhere is of another window; one without a readable time stays. */
  private static List<CrmRecord<GhlAppointmentId>> beginningIn(
      List<CrmRecord<GhlAppointmentId>> events, Instant from, Instant to) {
    return events.stream().filter(event -> !beginsElsewhere(event, from, to)).toList();
  }

  private static boolean beginsElsewhere(
      CrmRecord<GhlAppointmentId> event, Instant from, Instant to) {
    return event.fields().get(AppointmentField.START.fieldName()).orElse(FieldValue.cleared())
            instanceof FieldValue.Moment(Instant at)
        && (at.isBefore(from) || !at.isBefore(to));
  }

  @Override
  public CrmResult<CrmRecord<GhlAppointmentId>> find(
      LocationId locationId, GhlAppointmentId id, ZoneId zone, CallPriority priority) {
    return calls.call(
        locationId,
        priority,
        FIND,
        token -> client.findEvent(token, id.value()),
        answer -> event(locationId, answer).flatMap(event -> AppointmentReader.read(event, zone)));
  }

  /** Wrapped when it is read, flat when it was written. */
  private static Optional<JsonObject> event(LocationId locationId, GhlAnswer answer) {
    return Records.wrapped(locationId, answer, "event")
        .or(() -> Optional.of(answer.body()).filter(body -> Records.isOf(locationId, body)));
  }

  /** Trap 66: a write is answered flat. */
  @Override
  public CrmResult<GhlAppointmentId> create(LocationId locationId, FieldChanges values) {
    String body = AppointmentPayload.create(locationId, values).toString();
    return calls.call(
        locationId,
        CallPriority.USER,
        CREATE,
        token -> client.createEvent(token, body),
        answer ->
            event(locationId, answer)
                .flatMap(event -> Records.id(event, "id", GhlAppointmentId::new)));
  }

  @Override
  public CrmResult<GhlAppointmentId> update(
      LocationId locationId, GhlAppointmentId id, FieldChanges values) {
    List<String> untaken = Untaken.by(AppointmentPayload.IN_AN_UPDATE, values);
    if (!untaken.isEmpty() || values.isEmpty()) {
      return CrmResult.failed(Untaken.nothingSent(untaken));
    }
    String body = AppointmentPayload.update(values).toString();
    return change(locationId, id, UPDATE, token -> client.updateEvent(token, id.value(), body));
  }

  @Override
  public CrmResult<GhlAppointmentId> delete(LocationId locationId, GhlAppointmentId id) {
    return change(locationId, id, DELETE, token -> client.deleteEvent(token, id.value(), "{}"));
  }

  private CrmResult<GhlAppointmentId> change(
      LocationId locationId, GhlAppointmentId id, Operation operation, Call.Request request) {
    return calls.call(
        locationId, CallPriority.USER, operation, request, answer -> Records.accepted(answer, id));
  }

  private static Operation read(String path) {
    return new Operation("GET", path, Effect.READ, "event", "calendars/events.readonly");
  }

  private static Operation write(String method, String path, Effect effect) {
    return new Operation(method, path, effect, "event", "calendars/events.write");
  }
}
