package com.lpai.domain.appointment;

import com.lpai.domain.directory.GhlCalendarId;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.SyncPhase;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which appointments a list shows: those that begin in a span of time. An empty filter text filters
 * nothing.
 *
 * @param limit appointments per page, 1 to {@link Page#LARGEST}
 * @param cursor {@code nextCursor} of the page before; empty for the first
 * @param from the span's beginning, in it
 * @param to the span's end, not in it
 * @param calendarId matches one calendar
 * @param userId matches the CRM's id of the user it is assigned to
 * @param contactId matches our id of the contact
 * @param status matches one status
 * @param phases sync states shown; empty for all
 */
public record AppointmentQuery(
    int limit,
    String cursor,
    Instant from,
    Instant to,
    String calendarId,
    String userId,
    String contactId,
    String status,
    Set<SyncPhase> phases) {
  public AppointmentQuery {
    Page.requireLimit(limit);
    phases = phases.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(phases));
  }

  /** Everything that begins in this span, from this cursor on. */
  public static AppointmentQuery between(Instant from, Instant to, int limit, String cursor) {
    return new AppointmentQuery(limit, cursor, from, to, "", "", "", "", Set.of());
  }

  /** Of these, those of one calendar. */
  public AppointmentQuery ofCalendar(GhlCalendarId calendar) {
    return new AppointmentQuery(
        limit, cursor, from, to, calendar.value(), userId, contactId, status, phases);
  }
}
