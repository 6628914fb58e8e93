package com.lpai.adapter.web.api;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.application.edit.FieldProblem;
import com.lpai.domain.appointment.AppointmentField;
import com.lpai.domain.appointment.AppointmentQuery;
import com.lpai.domain.contact.ContactNormalizer;
import com.lpai.domain.contact.ContactQuery;
import com.lpai.domain.conversation.OutgoingMessageQuery;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.project.ProjectQuery;
import com.lpai.domain.sync.MirroredField;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.SyncPhase;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the query of a list; a parameter that does not exist is refused like a typo. */
final class Queries {
  private static final int USUAL_PAGE = 50;
  private static final int LONGEST = 1_000;

  /** What the database can hold as a time, and more than any diary has. */
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private final MultivaluedMap<String, String> parameters;
  private final List<FieldProblem> problems = new ArrayList<>();

  private Queries(MultivaluedMap<String, String> parameters) {
    this.parameters = parameters;
  }

  /** Refuses every parameter, for a list that is always whole. */
  static void none(MultivaluedMap<String, String> parameters) {
    Queries reader = new Queries(parameters);
    parameters
        .keySet()
        .forEach(name -> reader.refuse(name, "This list is whole, and takes no parameters."));
    reader.requireNoProblems();
  }

  /** A page of a list that has no filters. */
  record Slice(int limit, String cursor) {}

  static Slice slice(MultivaluedMap<String, String> parameters) {
    return read(parameters, Set.of(), query -> new Slice(query.limit(), query.text("cursor")));
  }

  static ContactQuery contacts(MultivaluedMap<String, String> parameters) {
    return read(
        parameters,
        Set.of("search", "email", "phone", "tag", "syncState"),
        query ->
            new ContactQuery(
                query.limit(),
                query.text("cursor"),
                query.text("search").strip(),
                query.text("email").strip().toLowerCase(Locale.ROOT),
                query.phone(),
                ContactNormalizer.tag(query.text("tag")),
                query.phases()));
  }

  static ProjectQuery projects(MultivaluedMap<String, String> parameters) {
    return read(
        parameters,
        Set.of("search", "status", "pipelineId", "stageId", "contactId", "syncState"),
        query ->
            new ProjectQuery(
                query.limit(),
                query.text("cursor"),
                query.text("search").strip(),
                query.word("status", ProjectField.STATUS),
                query.text("pipelineId"),
                query.text("stageId"),
                query.text("contactId"),
                query.phases()));
  }

  static AppointmentQuery appointments(MultivaluedMap<String, String> parameters) {
    return read(
        parameters,
        Set.of("from", "to", "calendarId", "userId", "contactId", "status", "syncState"),
        query ->
            new AppointmentQuery(
                query.limit(),
                query.text("cursor"),
                query.time("from", EARLIEST),
                query.time("to", LATEST),
                query.text("calendarId"),
                query.text("userId"),
                query.text("contactId"),
                query.word("status", AppointmentField.STATUS),
                query.phases()));
  }

  static OutgoingMessageQuery outgoingMessages(MultivaluedMap<String, String> parameters) {
    return read(
        parameters,
        Set.of("contactId", "syncState"),
        query ->
            new OutgoingMessageQuery(
                query.limit(), query.text("cursor"), query.text("contactId"), query.phases()));
  }

  /** Reads a query that has these filters beside the page's place. */
  private static <Q> Q read(
      MultivaluedMap<String, String> parameters, Set<String> filters, Function<Queries, Q> form) {
    Set<String> known = new TreeSet<>(filters);
    known.addAll(List.of("limit", "cursor"));
    Queries reader = new Queries(parameters);
    for (String name : parameters.keySet()) {
      if (!known.contains(name)) {
        reader.refuse(
            name, "There is no such parameter; there are " + String.join(", ", known) + ".");
      } else if (parameters.get(name).size() > 1) {
        reader.refuse(name, "This parameter is given twice.");
      }
    }
    Q query = form.apply(reader);
    reader.requireNoProblems();
    return query;
  }

  private void requireNoProblems() {
    if (!problems.isEmpty()) {
      throw new ProblemException(Problem.invalid(problems));
    }
  }

  private void refuse(String field, String message) {
    problems.add(new FieldProblem(field, message));
  }

  private String text(String name) {
    String given = parameters.getFirst(name);
    if (given == null) {
      return "";
    }
    if (given.length() > LONGEST || given.indexOf(0) >= 0) {
      refuse(name, "At most " + LONGEST + " characters are accepted, and no U+0000.");
      return "";
    }
    return given;
  }

  private int limit() {
    String given = text("limit");
    if (given.isEmpty()) {
      return USUAL_PAGE;
    }
    try {
      int limit = Integer.parseInt(given);
      if (limit >= 1 && limit <= Page.LARGEST) {
        return limit;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, with the numbers that are out of range.
    }
    refuse("limit", "A number from 1 to " + Page.LARGEST + " is expected here.");
    return USUAL_PAGE;
  }

  /** A plus sign that nobody encoded arrives as a blank. */
  private String phone() {
    String given = text("phone");
    String plus = given.startsWith(" ") ? "+" + given.strip() : given;
    return plus.replaceAll("[\\s().-]", "");
  }

  /** A time with its zone; a plus sign that nobody encoded arrives as a blank. */
  private Instant time(String name, Instant usual) {
    String given = text(name);
    if (given.isEmpty()) {
      return usual;
    }
    try {
      Instant time = OffsetDateTime.parse(given.replace(' ', '+')).toInstant();
      if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
        return time;
      }
    } catch (DateTimeParseException notATime) {
      // Told below, with times that no diary has.
    }
    refuse(name, "A time with its zone is expected here, 2026-03-01T09:00:00Z for example.");
    return usual;
  }

  /** One of the field's words; empty when none is given. */
  private String word(String name, MirroredField field) {
    String given = text(name);
    if (given.isEmpty() || field.words().contains(given)) {
      return given;
    }
    refuse(name, "Only " + String.join(", ", field.words()) + " are accepted.");
    return "";
  }

  private Set<SyncPhase> phases() {
    Set<SyncPhase> phases = EnumSet.noneOf(SyncPhase.class);
    for (String word : text("syncState").split(",", -1)) {
      if (word.isBlank()) {
        continue;
      }
      Arrays.stream(SyncPhase.values())
          .filter(phase -> word(phase).equals(word.strip()))
          .findFirst()
          .ifPresentOrElse(
              phases::add,
              () ->
                  refuse(
                      "syncState",
                      "Only "
                          + Arrays.stream(SyncPhase.values())
                              .map(Queries::word)
                              .collect(Collectors.joining(", "))
                          + " are accepted."));
    }
    return phases;
  }

  private static String word(SyncPhase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }
}
