package com.lpai.application.setup;

import com.lpai.application.directory.DirectoryReading;
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
import com.lpai.domain.setup.PagePlace;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Copies appointments calendar by calendar in spans of time: the CRM can neither list those of a
 * location nor page them nor tell what changed (ghl-facts.md 3.3). A span with too many, or for
 * which there is no answer, is halved, so that memory holds a bounded number and no call takes too
 * long; one with few is followed by a longer one.
 */
final class AppointmentsStep extends PagedStep {
  /** A span is never shorter: what begins within one hour is taken in whatever its number. */
  private static final Duration SHORTEST = Duration.ofHours(1);

  private final CrmAppointments crm;
  private final DirectoryReading readingCalendars;
  private final DirectoryRepository<Calendar> calendars;
  private final Intake<GhlAppointmentId> intake;
  private final AppointmentRepository appointments;
  private final SingleReads<GhlAppointmentId> single;
  private final SetupSettings settings;
  private final Instance instance;

  AppointmentsStep(
      CrmAppointments crm,
      DirectoryReading readingCalendars,
      DirectoryRepository<Calendar> calendars,
      Intake<GhlAppointmentId> intake,
      AppointmentRepository appointments,
      Checkpoints checkpoints,
      SetupProgress progress,
      SetupSettings settings,
      Instance instance) {
    super(SetupStep.APPOINTMENTS, checkpoints, progress, settings.overlap(), instance);
    this.crm = crm;
    this.readingCalendars = readingCalendars;
    this.calendars = calendars;
    this.intake = intake;
    this.appointments = appointments;
    single = new SingleReads<>(intake, instance);
    this.settings = settings;
    this.instance = instance;
  }

  /** The time of which each calendar's appointments are copied. */
  private record Range(Instant begin, Instant end) {}

  /**
   * What is read in one call: a span of one calendar's time.
   *
   * @param anyRead whether a calendar has given its appointments already
   */
  private record Span(
      Calendar calendar, Instant from, Duration length, Instant end, boolean anyRead) {
    private static final Pattern CURSOR = Pattern.compile("(\\d+):(\\d+):(true|false):(.+)");

    Instant to() {
      Instant to = from.plus(length);
      return to.isBefore(end) ? to : end;
    }

    boolean isLast() {
      return !to().isBefore(end);
    }

    boolean isLongerThan(Duration other) {
      return length.compareTo(other) > 0;
    }

    Span halved() {
      Duration half = Duration.between(from, to()).dividedBy(2);
      Duration shorter = half.compareTo(SHORTEST) < 0 ? SHORTEST : half;
      return new Span(calendar, from, shorter, end, anyRead);
    }

    Span next(Duration nextLength) {
      return new Span(calendar, to(), nextLength, end, true);
    }

    String cursor() {
      return from.toEpochMilli() + ":" + length.toMillis() + ":" + anyRead + ":" + calendar.crmId();
    }
  }

  @Override
  PageRead read(Location location, PagePlace place, BooleanSupplier stillOurs) {
    Range range = range(location);
    if (place.isOfChanges() && place.cursor().isEmpty()) {
      return calendarsOfNow(location, range, stillOurs);
    }
    List<Calendar> all = calendars(location);
    return span(place.cursor(), all, range)
        .map(span -> read(location, span, all, range, place.isOfChanges(), stillOurs))
        .orElseGet(() -> new PageRead.Stored(0, -1, ""));
  }

  /** In a stable order. */
  private List<Calendar> calendars(Location location) {
    return calendars.list(location.id()).stream()
        .sorted(Comparator.comparing(Calendar::crmId))
        .toList();
  }

  /** One that was made since the calendars were copied has appointments, too. */
  private PageRead calendarsOfNow(Location location, Range range, BooleanSupplier stillOurs) {
    return switch (readingCalendars.read(location, stillOurs)) {
      case DirectoryReading.Outcome.Failed(CrmFailure failure) -> new PageRead.Failed(failure);
      case DirectoryReading.Outcome.TakenOver takenOver -> new PageRead.CutShort();
      case DirectoryReading.Outcome.Complete complete -> firstOf(location, range);
      case DirectoryReading.Outcome.Lacking lacking -> firstOf(location, range);
    };
  }

  private PageRead firstOf(Location location, Range range) {
    return new PageRead.Stored(0, -1, cursor(span("", calendars(location), range)));
  }

  private Range range(Location location) {
    Instant started = location.setup().result(SetupStep.APPOINTMENTS).startedAt();
    return new Range(
        started.minus(settings.appointmentsPast()), started.plus(settings.appointmentsAhead()));
  }

  /** Empty when no calendar is left; one that is gone meanwhile is passed over. */
  private Optional<Span> span(String cursor, List<Calendar> all, Range range) {
    Matcher parts = Span.CURSOR.matcher(cursor);
    if (!parts.matches()) {
      return all.stream().findFirst().map(calendar -> first(calendar, range, false));
    }
    String crmId = parts.group(4);
    boolean anyRead = Boolean.parseBoolean(parts.group(3));
    return all.stream()
        .filter(calendar -> calendar.crmId().compareTo(crmId) >= 0)
        .findFirst()
        .map(
            calendar ->
                calendar.crmId().equals(crmId)
                    ? new Span(
                        calendar,
                        Instant.ofEpochMilli(Long.parseLong(parts.group(1))),
                        Duration.ofMillis(Long.parseLong(parts.group(2))),
                        range.end(),
                        anyRead)
                    : first(calendar, range, anyRead));
  }

  /** The first span of the calendar after this one's; empty for the last calendar. */
  private Optional<Span> following(Span span, boolean anyRead, List<Calendar> all, Range range) {
    return all.stream()
        .filter(calendar -> calendar.crmId().compareTo(span.calendar().crmId()) > 0)
        .findFirst()
        .map(calendar -> first(calendar, range, anyRead));
  }

  private Span first(Calendar calendar, Range range, boolean anyRead) {
    return new Span(calendar, range.begin(), bounded(settings.firstSpan()), range.end(), anyRead);
  }

  private Duration bounded(Duration length) {
    Duration longest = settings.longestSpan();
    return length.compareTo(longest) > 0 ? longest : length;
  }

  private PageRead read(
      Location location,
      Span span,
      List<Calendar> all,
      Range range,
      boolean isOfChanges,
      BooleanSupplier stillOurs) {
    LocationId id = location.id();
    ZoneId zone = location.details().timezone();
    Instant readAt = instance.time().instant();
    CrmResult<List<CrmRecord<GhlAppointmentId>>> answer =
        crm.inWindow(id, span.calendar().id(), span.from(), span.to(), zone, CallPriority.BACKFILL);
    return switch (answer) {
      case CrmResult.Failed<List<CrmRecord<GhlAppointmentId>>>(CrmFailure failure) ->
          failed(span, failure, following(span, span.anyRead(), all, range));
      case CrmResult.Done<List<CrmRecord<GhlAppointmentId>>>(
              List<CrmRecord<GhlAppointmentId>> found)
          when found.size() > settings.mostInSpan() && span.isLongerThan(SHORTEST) ->
          new PageRead.Stored(0, -1, span.halved().cursor());
      case CrmResult.Done<List<CrmRecord<GhlAppointmentId>>>(
              List<CrmRecord<GhlAppointmentId>> found) -> {
        List<GhlAppointmentId> doubtful =
            intake
                .absorbPage(location, intake.normalised(location, found), readAt, Origin.SETUP)
                .doubtful();
        Optional<Span> next =
            span.isLast()
                ? following(span, true, all, range)
                : Optional.of(span.next(nextLength(span, found.size())));
        Optional<PageRead> interrupted = readOneByOne(location, doubtful, gone -> {}, stillOurs);
        if (interrupted.isEmpty() && isOfChanges) {
          interrupted = askForThoseNotIn(found, location, span, stillOurs);
        }
        yield interrupted.orElseGet(() -> new PageRead.Stored(found.size(), -1, cursor(next)));
      }
    };
  }

  private static String cursor(Optional<Span> next) {
    return next.map(Span::cursor).orElse("");
  }

  private Duration nextLength(Span span, int found) {
    boolean isSparse = found < settings.mostInSpan() / 4;
    return isSparse ? bounded(span.length().multipliedBy(2)) : span.length();
  }

  private PageRead failed(Span span, CrmFailure failure, Optional<Span> following) {
    return switch (failure) {
      // An answer may be too large, or take too long, for what it would tell.
      case CrmFailure.Unavailable away -> askedForLess(span, failure);
      case CrmFailure.OutcomeUnknown unknown -> askedForLess(span, failure);
      case CrmFailure.Rejected rejected when span.isLongerThan(settings.firstSpan()) ->
          new PageRead.Stored(0, -1, span.halved().cursor());
      case CrmFailure.Rejected rejected -> refused(span, failure, following);
      case CrmFailure.Forbidden forbidden -> refused(span, failure, following);
      case CrmFailure.NotFound notFound -> refused(span, failure, following);
      case CrmFailure.Throttled throttled -> new PageRead.Failed(failure);
      case CrmFailure.Unauthorized unauthorized -> new PageRead.Failed(failure);
      case CrmFailure.AlreadyExists exists -> new PageRead.Failed(failure);
      case CrmFailure.RefusedOrDone refused -> new PageRead.Failed(failure);
    };
  }

  private static PageRead askedForLess(Span span, CrmFailure failure) {
    return span.isLongerThan(SHORTEST)
        ? new PageRead.TooMuch(failure, span.halved().cursor())
        : new PageRead.Failed(failure);
  }

  /**
   * A calendar that was deleted or closed to us since it was listed does not cost the others; but
   * when all of them are, it is no matter of calendars.
   */
  private static PageRead refused(Span span, CrmFailure failure, Optional<Span> following) {
    return following.isPresent() || span.anyRead()
        ? new PageRead.LeftOut(
            "The calendar “" + span.calendar().name() + "” was left out: " + failure.message(),
            cursor(following))
        : new PageRead.Failed(failure);
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
      List<GhlAppointmentId> missing =
          ours.items().stream()
              .flatMap(appointment -> appointment.crmId().stream())
              .filter(crmId -> !listed.contains(crmId))
              .toList();
      Optional<PageRead> interrupted =
          readOneByOne(
              location,
              missing,
              gone -> intake.deleted(location.id(), gone, Instant.EPOCH),
              stillOurs);
      if (interrupted.isPresent()) {
        return interrupted;
      }
      cursor = ours.nextCursor();
    } while (!cursor.isEmpty());
    return Optional.empty();
  }

  private Optional<PageRead> readOneByOne(
      Location location,
      List<GhlAppointmentId> ids,
      Consumer<GhlAppointmentId> whenGone,
      BooleanSupplier stillOurs) {
    return single.read(
        location.id(),
        ids,
        each -> crm.find(location.id(), each, location.details().timezone(), CallPriority.BACKFILL),
        whenGone,
        stillOurs);
  }
}
