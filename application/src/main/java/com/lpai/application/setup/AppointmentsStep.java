package com.lpai.application.setup;

import com.lpai.application.mirror.Intake;
import com.lpai.domain.appointment.CrmAppointments;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.DirectoryRepository;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Copies appointments calendar by calendar in spans of time: the CRM can neither list those of a
 * location nor page them nor tell what changed (ghl-facts.md 3.3). A span with too many is halved,
 * so that memory holds a bounded number; one with few is followed by a longer one.
 */
final class AppointmentsStep extends PagedStep {
  /** A span is never shorter: what begins within one hour is taken in whatever its number. */
  private static final Duration SHORTEST = Duration.ofHours(1);

  private final CrmAppointments crm;
  private final DirectoryRepository<Calendar> calendars;
  private final Intake<GhlAppointmentId> intake;

  AppointmentsStep(
      CrmAppointments crm,
      DirectoryRepository<Calendar> calendars,
      Intake<GhlAppointmentId> intake,
      Copying copying) {
    super(SetupStep.APPOINTMENTS, copying);
    this.crm = crm;
    this.calendars = calendars;
    this.intake = intake;
  }

  /**
   * Where a copy is: a span of one calendar.
   *
   * @param end where the copy of each calendar ends
   */
  private record Place(Calendar calendar, Instant from, Duration length, Instant end) {
    Instant to() {
      Instant to = from.plus(length);
      return to.isBefore(end) ? to : end;
    }
  }

  @Override
  PageRead read(Location location, String cursor, Instant since, Course course) {
    List<Calendar> all =
        calendars.list(location.id()).stream()
            .sorted(Comparator.comparing(Calendar::crmId))
            .toList();
    Optional<Place> place = place(location, cursor, all);
    return place.isEmpty() ? empty("") : read(location, place.get(), all);
  }

  private static PageRead empty(String nextCursor) {
    return new PageRead.Fetched(0, -1, nextCursor, PageStored.Whole::new);
  }

  private SetupSettings settings() {
    return copying().settings();
  }

  private PageRead read(Location location, Place place, List<Calendar> all) {
    LocationId id = location.id();
    Instant readAt = copying().instance().time().instant();
    CrmResult<List<CrmRecord<GhlAppointmentId>>> answer =
        crm.inWindow(
            id,
            place.calendar().id(),
            place.from(),
            place.to(),
            location.details().timezone(),
            CallPriority.BACKFILL);
    return switch (answer) {
      case CrmResult.Failed<List<CrmRecord<GhlAppointmentId>>>(CrmFailure failure) ->
          new PageRead.Failed(failure);
      case CrmResult.Done<List<CrmRecord<GhlAppointmentId>>>(
              List<CrmRecord<GhlAppointmentId>> found)
          when found.size() > settings().mostInWindow() && place.length().compareTo(SHORTEST) > 0 ->
          empty(cursor(place.calendar(), place.from(), halved(place)));
      case CrmResult.Done<List<CrmRecord<GhlAppointmentId>>>(
              List<CrmRecord<GhlAppointmentId>> found) ->
          new PageRead.Fetched(
              found.size(),
              -1,
              after(place, found.size(), all),
              () -> {
                intake.absorbPage(id, found, readAt);
                return new PageStored.Whole();
              });
    };
  }

  private static Duration halved(Place place) {
    Duration half = Duration.between(place.from(), place.to()).dividedBy(2);
    return half.compareTo(SHORTEST) < 0 ? SHORTEST : half;
  }

  private String after(Place place, int found, List<Calendar> all) {
    if (place.to().isBefore(place.end())) {
      boolean isSparse = found < settings().mostInWindow() / 4;
      Duration longer = isSparse ? place.length().multipliedBy(2) : place.length();
      Duration next = longer.compareTo(settings().window()) > 0 ? settings().window() : longer;
      return cursor(place.calendar(), place.to(), next);
    }
    return following(place.calendar().crmId(), all)
        .map(calendar -> cursor(calendar, begin(place), settings().window()))
        .orElse("");
  }

  private Instant begin(Place place) {
    return place.end().minus(settings().appointmentsAhead()).minus(settings().appointmentsPast());
  }

  private static Optional<Calendar> following(String crmId, List<Calendar> all) {
    return all.stream().filter(calendar -> calendar.crmId().compareTo(crmId) > 0).findFirst();
  }

  private static String cursor(Calendar calendar, Instant from, Duration length) {
    return from.toEpochMilli() + ":" + length.toMillis() + ":" + calendar.crmId();
  }

  /** Empty when no calendar is left; one that is gone meanwhile is passed over. */
  private Optional<Place> place(Location location, String cursor, List<Calendar> all) {
    Instant started = location.setup().result(SetupStep.APPOINTMENTS).startedAt();
    Instant begin = started.minus(settings().appointmentsPast());
    Instant end = started.plus(settings().appointmentsAhead());
    if (cursor.isEmpty()) {
      return all.stream()
          .findFirst()
          .map(calendar -> new Place(calendar, begin, settings().window(), end));
    }
    String[] parts = cursor.split(":", 3);
    Optional<Calendar> present =
        all.stream().filter(calendar -> calendar.crmId().equals(parts[2])).findFirst();
    return present.isPresent()
        ? present.map(
            calendar ->
                new Place(
                    calendar,
                    Instant.ofEpochMilli(Long.parseLong(parts[0])),
                    Duration.ofMillis(Long.parseLong(parts[1])),
                    end))
        : following(parts[2], all)
            .map(calendar -> new Place(calendar, begin, settings().window(), end));
  }
}
