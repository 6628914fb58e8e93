package com.lpai.adapter.web.api;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.application.contact.FieldProblem;
import com.lpai.domain.contact.ContactNormalizer;
import com.lpai.domain.contact.ContactQuery;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.SyncPhase;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the query of a contact list; a parameter that does not exist is refused like a typo. */
final class Queries {
  private static final int USUAL_PAGE = 50;
  private static final int LONGEST = 1_000;
  private static final Set<String> PARAMETERS =
      Set.of("limit", "cursor", "search", "email", "phone", "tag", "syncState");

  private final MultivaluedMap<String, String> parameters;
  private final List<FieldProblem> problems = new ArrayList<>();

  private Queries(MultivaluedMap<String, String> parameters) {
    this.parameters = parameters;
  }

  static ContactQuery contacts(MultivaluedMap<String, String> parameters) {
    Queries reader = new Queries(parameters);
    ContactQuery query = reader.read();
    if (!reader.problems.isEmpty()) {
      throw new ProblemException(Problem.invalid(reader.problems));
    }
    return query;
  }

  private ContactQuery read() {
    for (String name : parameters.keySet()) {
      if (!PARAMETERS.contains(name)) {
        refuse(name, "There is no such parameter; there are " + sorted(PARAMETERS) + ".");
      } else if (parameters.get(name).size() > 1) {
        refuse(name, "This parameter is given twice.");
      }
    }
    return new ContactQuery(
        limit(),
        text("cursor"),
        text("search").strip(),
        text("email").strip().toLowerCase(Locale.ROOT),
        phone(),
        ContactNormalizer.tag(text("tag")),
        phases());
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

  private static String sorted(Set<String> words) {
    return words.stream().sorted().collect(Collectors.joining(", "));
  }
}
