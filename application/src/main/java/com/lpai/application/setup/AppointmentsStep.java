package com.lpai.application.setup;

import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Instance;
import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentQuery;
import com.lpai.domain.appointment.AppointmentRepository;
import com.lpai.domain.appointment.CrmAppointments;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.DirectoryRepository;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

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
  private final AppointmentRepository appointments;
  private final SetupSettings settings;
  private final Instance instance;

  AppointmentsStep(
      CrmAppointments crm,
      DirectoryRepository<Calendar> calendars,
      Intake<GhlAppointmentId> intake,
      AppointmentRepository appointments,
      Checkpoints checkpoints,
      SetupProgress progress,
      SetupSettings settings,
      Instance instance) {
    super(SetupStep.APPOINTMENTS, checkpoints, progress, settings.overlap(), instance);
    this.crm = crm;
    this.calendars = calendars;
    this.intake = intake;
    this.appointments = appointments;
    this.settings = settings;
    this.instance = instance;
  }

  /**
   * Where a copy is: a span of one calendar.
   *
   * @param end where the copy of each calendar ends
   */
  private record Span(Calendar calendar, Instant from, Duration length, Instant end) {
    Instant to() {
      Instant to = from.plus(length);
      return to.isBefore(end) ? to : end;
    }
  }

  @Override
  PageRead read(Location location, Place place, BooleanSupplier stillOurs) {
    List<Calendar> all =
        calendars.list(location.id()).stream()
            .sorted(Comparator.comparing(Calendar::crmId))
            .toList();
    Optional<Span> span = span(location, place.cursor(), all);
    return span.isEmpty()
        ? new PageRead.Stored(0, -1, "")
        : read(location, span.get(), all, place.isOfChanges(), stillOurs);
  }

  private PageRead read(
      Location location,
      Span span,
      List<Calendar> all,
      boolean isOfChanges,
      BooleanSupplier stillOurs) {
    LocationId id = location.id();
    Instant readAt = instance.time().instant();
    CrmResult<List<CrmRecord<GhlAppointmentId>>> answer =
        crm.inWindow(
            id,
            span.calendar().id(),
            span.from(),
            span.to(),
            location.details().timezone(),
            CallPriority.BACKFILL);
    return switch (answer) {
      case CrmResult.Failed<List<CrmRecord<GhlAppointmentId>>>(CrmFailure failure) ->
          new PageRead.Failed(failure);
      case CrmResult.Done<List<CrmRecord<GhlAppointmentId>>>(
              List<CrmRecord<GhlAppointmentId>> found)
          when found.size() > settings.mostInWindow() && span.length().compareTo(SHORTEST) > 0 ->
          new PageRead.Stored(0, -1, cursor(span.calendar(), span.from(), halved(span)));
      case CrmResult.Done<List<CrmRecord<GhlAppointmentId>>>(
              List<CrmRecord<GhlAppointmentId>> found) -> {
        intake.absorbPage(id, found, readAt);
        Optional<PageRead> interrupted =
            isOfChanges ? askForThoseNotIn(found, location, span, stillOurs) : Optional.empty();
        yield interrupted.orElseGet(
            () -> new PageRead.Stored(found.size(), -1, after(span, found.size(), all)));
      }
    };
  }

  /**
   * The CRM does not list what was deleted: of this span it listed all, so what is here beside them
   * is asked for one by one. It was moved, or is gone.
   */
  private Optional<PageRead> askForThoseNotIn(
      List<CrmRecord<GhlAppointmentId>> found,
      Location location,
      Span span,
      BooleanSupplier stillOurs) {
    Set<GhlAppointmentId> listed =
        found.stream().map(CrmRecord::id).collect(Collectors.toUnmodifiableSet());
    String cursor = "";
    do {
      Page<Appointment> ours =
          appointments.list(
              location.id(),
              AppointmentQuery.between(span.from(), span.to(), Page.LARGEST, cursor)
                  .ofCalendar(span.calendar().id()));
      for (Appointment appointment : ours.items()) {
        Optional<GhlAppointmentId> missing =
            appointment.crmId().filter(crmId -> !listed.contains(crmId));
        if (missing.isPresent()) {
          Optional<PageRead> interrupted = askFor(missing.get(), location, stillOurs);
          if (interrupted.isPresent()) {
            return interrupted;
          }
        }
      }
      cursor = ours.nextCursor();
    } while (!cursor.isEmpty());
    return Optional.empty();
  }

  private Optional<PageRead> askFor(
      GhlAppointmentId id, Location location, BooleanSupplier stillOurs) {
    if (!stillOurs.getAsBoolean()) {
      return Optional.of(new PageRead.CutShort());
    }
    LocationId locationId = location.id();
    Instant readAt = instance.time().instant();
    return switch (crm.find(locationId, id, location.details().timezone(), CallPriority.BACKFILL)) {
      case CrmResult.Done<CrmRecord<GhlAppointmentId>>(CrmRecord<GhlAppointmentId> record) -> {
        intake.absorbRead(locationId, intake.normalised(locationId, record), readAt);
        yield Optional.empty();
      }
      case CrmResult.Failed<CrmRecord<GhlAppointmentId>>(CrmFailure failure) -> {
        if (!(failure instanceof CrmFailure.NotFound)) {
          yield Optional.of(new PageRead.Failed(failure));
        }
        intake.deleted(locationId, id, Instant.EPOCH);
        yield Optional.empty();
      }
    };
  }

  private static Duration halved(Span span) {
    Duration half = Duration.between(span.from(), span.to()).dividedBy(2);
    return half.compareTo(SHORTEST) < 0 ? SHORTEST : half;
  }

  private String after(Span span, int found, List<Calendar> all) {
    if (span.to().isBefore(span.end())) {
      boolean isSparse = found < settings.mostInWindow() / 4;
      Duration longer = isSparse ? span.length().multipliedBy(2) : span.length();
      Duration next = longer.compareTo(settings.window()) > 0 ? settings.window() : longer;
      return cursor(span.calendar(), span.to(), next);
    }
    return following(span.calendar().crmId(), all)
        .map(calendar -> cursor(calendar, begin(span), settings.window()))
        .orElse("");
  }

  private Instant begin(Span span) {
    return span.end().minus(settings.appointmentsAhead()).minus(settings.appointmentsPast());
  }

  private static Optional<Calendar> following(String crmId, List<Calendar> all) {
    return all.stream().filter(calendar -> calendar.crmId().compareTo(crmId) > 0).findFirst();
  }

  private static String cursor(Calendar calendar, Instant from, Duration length) {
    return from.toEpochMilli() + ":" + length.toMillis() + ":" + calendar.crmId();
  }

  /** Empty when no calendar is left; one that is gone meanwhile is passed over. */
  private Optional<Span> span(Location location, String cursor, List<Calendar> all) {
    Instant started = location.setup().result(SetupStep.APPOINTMENTS).startedAt();
    Instant begin = started.minus(settings.appointmentsPast());
    Instant end = started.plus(settings.appointmentsAhead());
    if (cursor.isEmpty()) {
      return all.stream()
          .findFirst()
          .map(calendar -> new Span(calendar, begin, settings.window(), end));
    }
    String[] parts = cursor.split(":", 3);
    Optional<Calendar> present =
        all.stream().filter(calendar -> calendar.crmId().equals(parts[2])).findFirst();
    return present.isPresent()
        ? present.map(
            calendar ->
                new Span(
                    calendar,
                    Instant.ofEpochMilli(Long.parseLong(parts[0])),
                    Duration.ofMillis(Long.parseLong(parts[1])),
                    end))
        : following(parts[2], all)
            .map(calendar -> new Span(calendar, begin, settings.window(), end));
  }
}
