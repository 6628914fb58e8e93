package com.lpai.domain.appointment;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.GhlCalendarId;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * The CRM's appointments (ghl-facts.md 3.3). Every method makes at most one call, repeated once
 * after a token was renewed; waits for nothing; and answers every failure as a {@link
 * com.lpai.domain.crm.CrmFailure}.
 *
 * <p>A record's fields are named by {@link AppointmentField} and hold what the CRM said, its own
 * words for the status included.
 */
public interface CrmAppointments {

  /**
   * Every appointment of one calendar that begins in a window; the CRM has no pages here.
   *
   * @param from the window's beginning, in it
   * @param to the window's end, not in it
   * @param zone the location's, for times that the CRM tells without an offset
   */
  CrmResult<List<CrmRecord<GhlAppointmentId>>> inWindow(
      LocationId locationId,
      GhlCalendarId calendar,
      Instant from,
      Instant to,
      ZoneId zone,
      CallPriority priority);

  /**
   * One appointment, complete.
   *
   * @param zone the location's, for times that the CRM tells without an offset
   */
  CrmResult<CrmRecord<GhlAppointmentId>> find(
      LocationId locationId, GhlAppointmentId id, ZoneId zone, CallPriority priority);

  /**
   * Creates an appointment, whether or not the calendar offers the time. A time-out, reset or 5xx
   * after sending is {@code OutcomeUnknown}, a 422 is {@code RefusedOrDone}.
   *
   * @param values the contact, calendar and beginning among them
   * @return the new appointment's id
   */
  CrmResult<GhlAppointmentId> create(LocationId locationId, FieldChanges values);

  /** Sends exactly these fields; moved, it is moved whether or not the calendar offers the time. */
  CrmResult<GhlAppointmentId> update(
      LocationId locationId, GhlAppointmentId id, FieldChanges values);

  /** Deletes an appointment. */
  CrmResult<GhlAppointmentId> delete(LocationId locationId, GhlAppointmentId id);
}
