package com.lpai.application.appointment;

import com.lpai.application.edit.AboutContactRules;
import com.lpai.application.edit.FieldProblem;
import com.lpai.application.edit.FieldValidator;
import com.lpai.application.edit.KnownEntries;
import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentField;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.AppointmentNormalizer;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.DirectoryRepository;
import com.lpai.domain.directory.User;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How appointments are written here: what GoHighLevel would refuse is refused at once. */
final class AppointmentEditRules implements AboutContactRules<AppointmentId, Appointment> {
  private static final FieldName CALENDAR = AppointmentField.CALENDAR_ID.fieldName();
  private static final FieldName USER = AppointmentField.USER_ID.fieldName();
  private static final FieldName START = AppointmentField.START.fieldName();
  private static final FieldName END = AppointmentField.END.fieldName();
  private static final List<AppointmentField> NEEDED =
      List.of(AppointmentField.CALENDAR_ID, AppointmentField.START);

  /** What GoHighLevel chooses for a new one, and does not take back. */
  private static final List<AppointmentField> NOT_CLEARED =
      List.of(AppointmentField.END, AppointmentField.STATUS);

  private final AppointmentNormalizer normalizer = new AppointmentNormalizer();
  private final FieldValidator validator =
      new FieldValidator(AppointmentField.TABLE, "appointment", Set.of());
  private final DirectoryRepository<Calendar> calendars;
  private final DirectoryRepository<User> users;

  AppointmentEditRules(DirectoryRepository<Calendar> calendars, DirectoryRepository<User> users) {
    this.calendars = calendars;
    this.users = users;
  }

  @Override
  public FieldValidator validator() {
    return validator;
  }

  @Override
  public FieldChanges normalised(FieldChanges changes) {
    return normalizer.normalise(changes);
  }

  /** Moved without an end, it is as long as it was. */
  @Override
  public FieldChanges completed(Fields before, FieldChanges changes) {
    Optional<Instant> from = moment(before.get(START));
    Optional<Instant> to = moment(before.get(END));
    Optional<Instant> moved = changes.get(START).flatMap(AppointmentEditRules::moment);
    return from.isPresent() && to.isPresent() && moved.isPresent() && !changes.mentions(END)
        ? changes.with(
            END, new FieldValue.Moment(moved.get().plus(Duration.between(from.get(), to.get()))))
        : changes;
  }

  private static Optional<Instant> moment(FieldValue value) {
    return value instanceof FieldValue.Moment(Instant at) ? Optional.of(at) : Optional.empty();
  }

  @Override
  public List<FieldProblem> problems(LocationId locationId, Fields before, FieldChanges changes) {
    Fields after = before.apply(changes);
    boolean isNew = before.values().isEmpty();
    List<FieldProblem> problems = new ArrayList<>();
    for (AppointmentField field : NEEDED) {
      if (after.get(field.fieldName()).isCleared()
          && (isNew || changes.mentions(field.fieldName()))) {
        problems.add(new FieldProblem(field.key(), "An appointment needs it."));
      }
    }
    for (AppointmentField field : NOT_CLEARED) {
      if (!isNew && changes.get(field.fieldName()).filter(FieldValue::isCleared).isPresent()) {
        problems.add(new FieldProblem(field.key(), "It can be changed, and not taken away."));
      }
    }
    Optional<Instant> from = moment(after.get(START));
    Optional<Instant> to = moment(after.get(END));
    boolean moves = changes.mentions(START) || changes.mentions(END);
    if (moves && from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      problems.add(new FieldProblem(END.value(), "It must end after it begins."));
    }
    problems.addAll(placeProblems(locationId, after, changes));
    return problems;
  }

  private List<FieldProblem> placeProblems(
      LocationId locationId, Fields after, FieldChanges changes) {
    if (!changes.mentions(CALENDAR) && !changes.mentions(USER)) {
      return List.of();
    }
    List<Calendar> known = calendars.list(locationId);
    List<FieldProblem> unknown = KnownEntries.of(known).problems(CALENDAR, changes);
    return unknown.isEmpty() ? userProblems(locationId, known, after) : unknown;
  }

  /** Somebody of the calendar's team; anybody where it has none. */
  private List<FieldProblem> userProblems(
      LocationId locationId, List<Calendar> known, Fields after) {
    List<String> team =
        known.stream()
            .filter(calendar -> calendar.crmId().equals(after.text(CALENDAR)))
            .findFirst()
            .map(Calendar::teamMembers)
            .orElse(List.of());
    List<User> all = users.list(locationId);
    KnownEntries mayBe =
        team.isEmpty() ? KnownEntries.of(all) : KnownEntries.ofIds(team).namedAsIn(all);
    return mayBe.problem(USER, after.get(USER)).stream().toList();
  }

  @Override
  public AppointmentId id(String value) {
    return new AppointmentId(value);
  }

  @Override
  public Appointment createdHere(
      AppointmentId id,
      LocationId locationId,
      ContactReference contact,
      FieldChanges values,
      Origin by,
      Instant now) {
    return Appointment.createdHere(id, locationId, contact, values, by, now);
  }
}
