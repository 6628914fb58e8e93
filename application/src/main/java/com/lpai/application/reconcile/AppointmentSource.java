package com.lpai.application.reconcile;

import com.lpai.domain.appointment.CrmAppointments;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.CrmCalendars;
import com.lpai.domain.directory.GhlCalendarId;
import com.lpai.domain.location.Location;
import com.lpai.domain.sync.CrmRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Appointments, calendar by calendar in spans of time: the CRM can neither list those of a location
 * nor page them nor tell what changed (ghl-facts.md 3.3). The calendars are asked for first, so
 * that one that is new is not passed over. Of the changes only what is near is read.
 */
final class AppointmentSource implements RecordSource<GhlAppointmentId> {
  private static final Duration FIRST_SPAN = Duration.ofDays(31);
  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final int MOST_IN_SPAN = 500;

  private final CrmAppointments crm;
  private final CrmCalendars calendars;
  private final Function<String, GhlCalendarId> calendarIds;
  private final ReconcileSettings settings;
  private final InstantSource time;

  AppointmentSource(
      CrmAppointments crm,
      CrmCalendars calendars,
      Function<String, GhlCalendarId> calendarIds,
      ReconcileSettings settings,
      InstantSource time) {
    this.crm = crm;
    this.calendars = calendars;
    this.calendarIds = calendarIds;
    this.settings = settings;
    this.time = time;
  }

  /** The time in which appointments begin that are read. */
  record Range(Instant begin, Instant end) {
    boolean holds(Instant at) {
      return !at.isBefore(begin) && at.isBefore(end);
    }
  }

  static Range compared(ReconcileSettings settings, Instant begunAt) {
    return new Range(
        begunAt.minus(settings.appointmentsPast()), begunAt.plus(settings.appointmentsAhead()));
  }

  /**
   * Where the reading is: a span of the first calendar.
   *
   * @param calendars those that are left, this one first
   */
  private record Place(
      Instant begin, Instant end, Instant from, Duration length, List<String> calendars) {
    static Place of(String cursor) {
      String[] parts = cursor.split("\n", 5);
      return new Place(
          Instant.parse(parts[0]),
          Instant.parse(parts[1]),
          Instant.parse(parts[2]),
          Duration.parse(parts[3]),
          List.of(parts[4].split("\n", -1)));
    }

    String cursor() {
      return calendars.isEmpty()
          ? ""
          : begin + "\n" + end + "\n" + from + "\n" + length + "\n" + String.join("\n", calendars);
    }

    Instant to() {
      Instant to = from.plus(length);
      return to.isBefore(end) ? to : end;
    }

    Place lasting(Duration changed) {
      return new Place(begin, end, from, changed, calendars);
    }

    Place halved() {
      Duration half = Duration.between(from, to()).dividedBy(2);
      return lasting(half.compareTo(SHORTEST) < 0 ? SHORTEST : half);
    }

    boolean isShortest() {
      return length.compareTo(SHORTEST) <= 0;
    }

    Place nextCalendar() {
      return new Place(
          begin, end, begin, firstSpan(begin, end), calendars.subList(1, calendars.size()));
    }

    /** After so many were found: where there are few, more time is asked for at once. */
    Place next(int found) {
      if (!to().isBefore(end)) {
        return nextCalendar();
      }
      Duration following = found < MOST_IN_SPAN / 4 ? length.multipliedBy(2) : length;
      return new Place(begin, end, to(), following, calendars);
    }
  }

  private static Duration firstSpan(Instant begin, Instant end) {
    Duration whole = Duration.between(begin, end);
    return whole.compareTo(FIRST_SPAN) < 0 ? whole : FIRST_SPAN;
  }

  /** What is near, whenever it changed. */
  @Override
  public Listed<GhlAppointmentId> changed(Location location, String cursor, Instant since) {
    Instant now = time.instant();
    return read(
        location,
        cursor,
        new Range(now.minus(ReconcileSettings.NEAR_PAST), now.plus(ReconcileSettings.NEAR_AHEAD)));
  }

  @Override
  public Listed<GhlAppointmentId> all(Location location, String cursor, Instant begunAt) {
    return read(location, cursor, compared(settings, begunAt));
  }

  private Listed<GhlAppointmentId> read(Location location, String cursor, Range range) {
    return cursor.isEmpty() ? calendars(location, range) : span(location, Place.of(cursor));
  }

  private Listed<GhlAppointmentId> calendars(Location location, Range range) {
    return switch (calendars.list(location.id(), CallPriority.BACKFILL)) {
      case CrmResult.Failed<List<Calendar>>(CrmFailure failure) -> new Listed.Failed<>(failure);
      case CrmResult.Done<List<Calendar>>(List<Calendar> found) ->
          new Listed.Part<>(
              List.of(),
              new Place(
                      range.begin(),
                      range.end(),
                      range.begin(),
                      firstSpan(range.begin(), range.end()),
                      found.stream().map(Calendar::crmId).sorted().toList())
                  .cursor(),
              -1);
    };
  }

  private Listed<GhlAppointmentId> span(Location location, Place place) {
    GhlCalendarId calendar = calendarIds.apply(place.calendars().getFirst());
    return switch (crm.inWindow(
        location.id(),
        calendar,
        place.from(),
        place.to(),
        location.details().timezone(),
        CallPriority.BACKFILL)) {
      case CrmResult.Failed<List<CrmRecord<GhlAppointmentId>>>(CrmFailure failure) ->
          failed(place, failure);
      case CrmResult.Done<List<CrmRecord<GhlAppointmentId>>>(
              List<CrmRecord<GhlAppointmentId>> found)
          when found.size() > MOST_IN_SPAN && !place.isShortest() ->
          new Listed.TooMuch<>(place.halved().cursor());
      case CrmResult.Done<List<CrmRecord<GhlAppointmentId>>>(
              List<CrmRecord<GhlAppointmentId>> found) ->
          new Listed.Part<>(found, place.next(found.size()).cursor(), -1);
    };
  }

  private static Listed<GhlAppointmentId> failed(Place place, CrmFailure failure) {
    UnaryOperator<String> leftOut =
        calendar -> "The calendar " + calendar + " was left out: " + failure.message();
    return switch (failure) {
      case CrmFailure.Unavailable away -> less(place, failure);
      case CrmFailure.OutcomeUnknown unknown -> less(place, failure);
      case CrmFailure.Rejected rejected when place.length().compareTo(FIRST_SPAN) > 0 ->
          new Listed.TooMuch<>(place.halved().cursor());
      case CrmFailure.Rejected rejected -> leftOut(place, leftOut);
      case CrmFailure.Forbidden forbidden -> leftOut(place, leftOut);
      case CrmFailure.NotFound notFound -> leftOut(place, leftOut);
      case CrmFailure.Throttled throttled -> new Listed.Failed<>(failure);
      case CrmFailure.Unauthorized unauthorized -> new Listed.Failed<>(failure);
      case CrmFailure.AlreadyExists exists -> new Listed.Failed<>(failure);
      case CrmFailure.RefusedOrDone refused -> new Listed.Failed<>(failure);
    };
  }

  private static Listed<GhlAppointmentId> leftOut(Place place, UnaryOperator<String> words) {
    return new Listed.LeftOut<>(
        words.apply(place.calendars().getFirst()), place.nextCalendar().cursor());
  }

  /**
   * An answer may be too large, or take too long; when the shortest fails, it is something else.
   */
  private static Listed<GhlAppointmentId> less(Place place, CrmFailure failure) {
    return place.isShortest() || place.length().compareTo(FIRST_SPAN) <= 0
        ? new Listed.Failed<>(failure)
        : new Listed.TooMuch<>(place.halved().cursor());
  }

  @Override
  public CrmResult<CrmRecord<GhlAppointmentId>> find(Location location, GhlAppointmentId id) {
    return crm.find(location.id(), id, location.details().timezone(), CallPriority.BACKFILL);
  }
}
