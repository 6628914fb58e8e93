package com.lpai.adapter.web.conflict;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.application.edit.FieldProblem;
import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.ConflictQuery;
import com.lpai.domain.sync.ConflictRule;
import com.lpai.domain.sync.ConflictRules;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.Page;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads what is said of conflicts; what does not exist is refused like a typo. */
final class ConflictRequests {
  static final Set<String> CHOICE = Set.of("choose");
  static final Set<String> CHOICES = Set.of("choose", "kind", "field", "state", "cursor");
  static final Set<String> RULES = Set.of("default", "contacts", "projects", "appointments");
  private static final Set<String> PARAMETERS =
      new TreeSet<>(Set.of("kind", "field", "state", "limit", "cursor"));
  private static final int USUAL_PAGE = 50;
  private static final int LONGEST = 4_000;

  private final List<FieldProblem> problems = new ArrayList<>();

  private ConflictRequests() {}

  /** A page of a list. */
  record OfList(Set<MirrorKind> kinds, ConflictQuery query, int limit, String cursor) {}

  /** One side in many conflicts. */
  record OfMany(MirrorKind kind, ConflictQuery which, Conflict.Side side, String cursor) {}

  /** What is not resolved, unless the query names states. */
  static OfList list(MultivaluedMap<String, String> parameters) {
    ConflictRequests reader = new ConflictRequests();
    parameters.forEach(
        (name, values) -> {
          if (!PARAMETERS.contains(name)) {
            reader.refuse(
                name,
                "There is no such parameter; there are " + String.join(", ", PARAMETERS) + ".");
          } else if (values.size() > 1) {
            reader.refuse(name, "This parameter is given twice.");
          } else if (values.getFirst().length() > LONGEST || values.getFirst().indexOf(0) >= 0) {
            reader.refuse(name, "At most " + LONGEST + " characters are accepted, and no U+0000.");
          }
        });
    String kind = text(parameters, "kind");
    Set<MirrorKind> kinds = EnumSet.noneOf(MirrorKind.class);
    if (!kind.isEmpty()) {
      reader.kind(kind).ifPresent(kinds::add);
    }
    Set<ConflictQuery.State> states =
        reader.states(
            text(parameters, "state"),
            EnumSet.of(ConflictQuery.State.OPEN, ConflictQuery.State.DECIDED));
    int limit = reader.limit(text(parameters, "limit"));
    reader.requireNoProblems();
    return new OfList(
        kinds,
        new ConflictQuery(text(parameters, "field"), states),
        limit,
        text(parameters, "cursor"));
  }

  private static String text(MultivaluedMap<String, String> parameters, String name) {
    String given = parameters.getFirst(name);
    return given == null ? "" : given;
  }

  static Conflict.Side choice(JsonObject body) {
    ConflictRequests reader = new ConflictRequests();
    Conflict.Side side = reader.side(body);
    reader.requireNoProblems();
    return side;
  }

  /** Conflicts that wait for a person, unless the body names another state. */
  static OfMany choices(JsonObject body) {
    ConflictRequests reader = new ConflictRequests();
    Conflict.Side side = reader.side(body);
    MirrorKind kind = reader.kind(reader.text(body, "kind")).orElse(MirrorKind.CONTACTS);
    String field = reader.text(body, "field");
    if (field.isEmpty()) {
      reader.refuse("field", "The name of a field is expected here.");
    }
    Set<ConflictQuery.State> states =
        reader.states(reader.text(body, "state"), EnumSet.of(ConflictQuery.State.OPEN));
    String cursor = reader.text(body, "cursor");
    reader.requireNoProblems();
    return new OfMany(kind, new ConflictQuery(field, states), side, cursor);
  }

  static ConflictRules rules(JsonObject body) {
    ConflictRequests reader = new ConflictRequests();
    ConflictRule usual =
        body.containsKey("default")
            ? reader.rule("default", body.get("default"))
            : ConflictRule.OURS;
    Map<MirrorKind, ConflictRule> ofKinds = new EnumMap<>(MirrorKind.class);
    Map<MirrorKind, SortedMap<String, ConflictRule>> ofFields = new EnumMap<>(MirrorKind.class);
    for (MirrorKind kind : MirrorKind.values()) {
      if (body.containsKey(kind.key())) {
        JsonObject ofKind = reader.object(kind.key(), body.get(kind.key()));
        reader.requireOnly(kind.key(), ofKind, Set.of("default", "fields"));
        if (ofKind.containsKey("default")) {
          ofKinds.put(kind, reader.rule(kind.key() + ".default", ofKind.get("default")));
        }
        if (ofKind.containsKey("fields")) {
          ofFields.put(kind, reader.fields(kind.key() + ".fields", ofKind.get("fields")));
        }
      }
    }
    reader.requireNoProblems();
    return new ConflictRules(usual, ofKinds, ofFields);
  }

  private SortedMap<String, ConflictRule> fields(String path, JsonValue given) {
    SortedMap<String, ConflictRule> rules = new TreeMap<>();
    object(path, given).forEach((name, rule) -> rules.put(name, rule(path + "." + name, rule)));
    return rules;
  }

  private JsonObject object(String path, JsonValue given) {
    if (given instanceof JsonObject object) {
      return object;
    }
    refuse(path, "A JSON object is expected here.");
    return JsonValue.EMPTY_JSON_OBJECT;
  }

  private void requireOnly(String path, JsonObject object, Set<String> known) {
    object.keySet().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> refuse(path + "." + name, "There is no such property."));
  }

  private ConflictRule rule(String path, JsonValue given) {
    if (given instanceof JsonString text) {
      for (ConflictRule rule : ConflictRule.values()) {
        if (ConflictJson.word(rule).equals(text.getString())) {
          return rule;
        }
      }
    }
    refuse(path, "Only " + words(ConflictRule.values()) + " are accepted.");
    return ConflictRule.OURS;
  }

  private Conflict.Side side(JsonObject body) {
    String given = text(body, "choose");
    for (Conflict.Side side : Conflict.Side.values()) {
      if (ConflictJson.word(side).equals(given)) {
        return side;
      }
    }
    refuse("choose", "Only " + words(Conflict.Side.values()) + " are accepted.");
    return Conflict.Side.OURS;
  }

  private String text(JsonObject body, String name) {
    if (!body.containsKey(name)) {
      return "";
    }
    if (body.get(name) instanceof JsonString text && text.getString().length() <= LONGEST) {
      return text.getString();
    }
    refuse(name, "A text is expected here, of at most " + LONGEST + " characters.");
    return "";
  }

  private Optional<MirrorKind> kind(String given) {
    Optional<MirrorKind> kind = MirrorKind.named(given);
    if (kind.isEmpty()) {
      refuse(
          "kind",
          "Only "
              + Arrays.stream(MirrorKind.values())
                  .map(MirrorKind::key)
                  .collect(Collectors.joining(", "))
              + " are accepted.");
    }
    return kind;
  }

  private Set<ConflictQuery.State> states(String given, Set<ConflictQuery.State> usual) {
    Set<ConflictQuery.State> states = EnumSet.noneOf(ConflictQuery.State.class);
    for (String word : given.split(",", -1)) {
      if (word.isBlank()) {
        continue;
      }
      Arrays.stream(ConflictQuery.State.values())
          .filter(state -> ConflictJson.word(state).equals(word.strip()))
          .findFirst()
          .ifPresentOrElse(
              states::add,
              () ->
                  refuse(
                      "state", "Only " + words(ConflictQuery.State.values()) + " are accepted."));
    }
    return states.isEmpty() ? usual : states;
  }

  private int limit(String given) {
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

  private static String words(Enum<?>[] constants) {
    return Arrays.stream(constants).map(ConflictJson::word).collect(Collectors.joining(", "));
  }

  private void refuse(String field, String message) {
    problems.add(new FieldProblem(field, message));
  }

  private void requireNoProblems() {
    if (!problems.isEmpty()) {
      throw new ProblemException(Problem.invalid(problems));
    }
  }
}
