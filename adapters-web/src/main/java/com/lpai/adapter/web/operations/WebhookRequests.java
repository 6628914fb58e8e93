package com.lpai.adapter.web.operations;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.application.edit.FieldProblem;
import com.lpai.application.webhook.EventsToTry;
import com.lpai.application.webhook.TryWebhooksUseCase;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.KeptEvents;
import com.lpai.domain.webhook.WebhookLogQuery;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookStatus;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads which stored events an operator means; what does not exist is refused like a typo. */
final class WebhookRequests {
  static final Set<String> FILTERS = Set.of("locationId", "status", "type", "reason", "from", "to");
  static final Set<String> TO_TRY =
      Set.of("locationId", "ids", "status", "type", "reason", "from", "to");
  private static final int USUAL_PAGE = 50;
  private static final int LONGEST = 1_000;
  private static final int LONGEST_ID = 128;
  private static final Set<WebhookStatus> ENDS =
      EnumSet.of(WebhookStatus.DONE, WebhookStatus.SKIPPED, WebhookStatus.DEAD);

  private final Map<String, String> given;
  private final List<FieldProblem> problems = new ArrayList<>();

  private WebhookRequests(Map<String, String> given) {
    this.given = given;
  }

  /** A page of a location's log. */
  record OfLog(LocationId locationId, WebhookLogQuery query) {}

  /** A page of what is kept of a location. */
  record OfKept(LocationId locationId, KeptEvents which, int limit, String cursor) {}

  /** What is to be tried. */
  sealed interface ToTry {
    /** These. */
    record Ids(LocationId locationId, List<String> ids) implements ToTry {}

    /** Those that are found so. */
    record Found(LocationId locationId, EventsToTry which) implements ToTry {}
  }

  static OfLog log(MultivaluedMap<String, String> parameters) {
    WebhookRequests reader =
        of(parameters, Set.of("locationId", "status", "type", "from", "to", "limit", "cursor"));
    OfLog read =
        new OfLog(
            reader.location(),
            new WebhookLogQuery(
                reader.limit(),
                reader.text("cursor"),
                reader.text("type"),
                reader.statuses(ENDS),
                reader.time("from", Instant.EPOCH),
                reader.time("to", Instant.MAX)));
    reader.requireNoProblems();
    return read;
  }

  static OfKept kept(MultivaluedMap<String, String> parameters) {
    Set<String> known = new TreeSet<>(FILTERS);
    known.addAll(List.of("limit", "cursor"));
    WebhookRequests reader = of(parameters, known);
    OfKept read =
        new OfKept(reader.location(), reader.which(), reader.limit(), reader.text("cursor"));
    reader.requireNoProblems();
    return read;
  }

  /** What is meant by a body; a state must be named, so that nobody means all by mistake. */
  static OfKept kept(JsonObject body) {
    WebhookRequests reader = of(body);
    if (reader.namesNoState()) {
      reader.refuse("status", "Say which are meant: dead, quarantined, skipped or several.");
    }
    OfKept read = new OfKept(reader.location(), reader.which(), USUAL_PAGE, "");
    reader.requireNoProblems();
    return read;
  }

  /** Either events by their ids, or a state at least and what else is known of them. */
  static ToTry toTry(JsonObject body) {
    if (body.containsKey("ids")) {
      return idsToTry(body);
    }
    WebhookRequests reader = of(body);
    if (reader.namesNoState()) {
      reader.refuse(
          "status", "Say which are meant, or name them by ids: dead, done, quarantined, skipped.");
    }
    LocationId location = reader.location();
    Set<WebhookStatus> statuses = reader.statuses(EventsToTry.STATUSES);
    EventsToTry which =
        new EventsToTry(
            statuses.isEmpty() ? EventsToTry.STATUSES : statuses,
            reader.text("type"),
            reader.reason(),
            reader.time("from", Instant.EPOCH),
            reader.time("to", Instant.MAX));
    if (statuses.isEmpty()) {
      reader.refuse("status", "At least one state is expected here.");
    }
    reader.requireNoProblems();
    return new ToTry.Found(location, which);
  }

  private static ToTry idsToTry(JsonObject body) {
    JsonObjectBuilder rest = JSON.createObjectBuilder(body);
    rest.remove("ids");
    WebhookRequests reader = of(rest.build());
    reader.given.keySet().stream()
        .filter(name -> !name.equals("locationId"))
        .forEach(
            name -> reader.refuse(name, "Events are named by ids or found by this, not both."));
    LocationId location = reader.location();
    List<String> ids =
        body.get("ids") instanceof JsonArray array
            ? array.stream()
                .map(id -> id instanceof JsonString text ? text.getString() : "")
                .toList()
            : List.of();
    if (ids.isEmpty()
        || ids.size() > TryWebhooksUseCase.MOST
        || !ids.stream().allMatch(WebhookRequests::maybeId)) {
      reader.refuse("ids", "1 to " + TryWebhooksUseCase.MOST + " ids of events are expected here.");
    }
    reader.requireNoProblems();
    return new ToTry.Ids(location, ids);
  }

  private static boolean maybeId(String text) {
    return !text.isBlank() && text.length() <= LONGEST_ID && text.indexOf(0) < 0;
  }

  /** The texts of a body. */
  private static WebhookRequests of(JsonObject body) {
    Map<String, String> texts = new LinkedHashMap<>();
    WebhookRequests reader = new WebhookRequests(texts);
    for (Map.Entry<String, JsonValue> property : body.entrySet()) {
      if (property.getValue() instanceof JsonString text) {
        texts.put(property.getKey(), text.getString());
      } else {
        reader.refuse(property.getKey(), "A text is expected here.");
      }
    }
    return reader;
  }

  static LocationId location(MultivaluedMap<String, String> parameters) {
    WebhookRequests reader = of(parameters, Set.of("locationId"));
    LocationId location = reader.location();
    reader.requireNoProblems();
    return location;
  }

  private static WebhookRequests of(MultivaluedMap<String, String> parameters, Set<String> known) {
    Map<String, String> first = new LinkedHashMap<>();
    WebhookRequests reader = new WebhookRequests(first);
    parameters.forEach(
        (name, values) -> {
          if (!known.contains(name)) {
            reader.refuse(
                name,
                "There is no such parameter; there are "
                    + String.join(", ", new TreeSet<>(known))
                    + ".");
          } else if (values.size() > 1) {
            reader.refuse(name, "This parameter is given twice.");
          } else {
            first.put(name, values.getFirst());
          }
        });
    return reader;
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
    String text = given.getOrDefault(name, "");
    if (text.length() > LONGEST || text.indexOf(0) >= 0) {
      refuse(name, "At most " + LONGEST + " characters are accepted, and no U+0000.");
      return "";
    }
    return text;
  }

  /** Events that name no location that we understand are meant when none is named. */
  private LocationId location() {
    String id = text("locationId");
    if (id.isEmpty()) {
      return Envelope.NO_LOCATION;
    }
    try {
      return new LocationId(id);
    } catch (IllegalArgumentException nobodysId) {
      refuse("locationId", "This cannot be the id of a location.");
      return Envelope.NO_LOCATION;
    }
  }

  private KeptEvents which() {
    Set<WebhookStatus> statuses = statuses(KeptEvents.STATUSES);
    return new KeptEvents(
        statuses.isEmpty() ? Set.of(WebhookStatus.DEAD, WebhookStatus.QUARANTINED) : statuses,
        text("type"),
        reason(),
        time("from", Instant.EPOCH),
        time("to", Instant.MAX));
  }

  private boolean namesNoState() {
    return given.getOrDefault("status", "").replace(",", "").isBlank();
  }

  private Set<WebhookStatus> statuses(Set<WebhookStatus> allowed) {
    Set<WebhookStatus> statuses = EnumSet.noneOf(WebhookStatus.class);
    for (String word : text("status").split(",", -1)) {
      if (!word.isBlank()) {
        allowed.stream()
            .filter(status -> word(status).equals(word.strip()))
            .findFirst()
            .ifPresentOrElse(
                statuses::add,
                () ->
                    refuse(
                        "status",
                        "Only "
                            + String.join(
                                ", ", allowed.stream().sorted().map(WebhookRequests::word).toList())
                            + " are accepted."));
      }
    }
    return statuses;
  }

  private Optional<Reason> reason() {
    String word = text("reason");
    if (word.isEmpty()) {
      return Optional.empty();
    }
    Optional<Reason> reason =
        Arrays.stream(Reason.values()).filter(each -> word(each).equals(word)).findFirst();
    if (reason.isEmpty()) {
      refuse(
          "reason",
          "Only "
              + String.join(
                  ", ", Arrays.stream(Reason.values()).map(WebhookRequests::word).toList())
              + " are accepted.");
    }
    return reason;
  }

  /** As it is written in JSON: {@code notInstalled}. */
  static String word(Enum<?> constant) {
    StringBuilder word = new StringBuilder();
    for (String part : constant.name().toLowerCase(Locale.ROOT).split("_", -1)) {
      word.append(
          word.isEmpty()
              ? part
              : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
    }
    return word.toString();
  }

  /** A plus sign that nobody encoded arrives as a blank. */
  private Instant time(String name, Instant usual) {
    String time = text(name);
    if (time.isEmpty()) {
      return usual;
    }
    try {
      Instant read = OffsetDateTime.parse(time.replace(' ', '+')).toInstant();
      if (read.isAfter(Instant.EPOCH) && read.isBefore(Instant.parse("9999-12-31T00:00:00Z"))) {
        return read;
      }
    } catch (DateTimeParseException notATime) {
      // Told below, with times that no event has.
    }
    refuse(name, "A time with its zone is expected here, 2026-03-01T09:00:00Z for example.");
    return usual;
  }

  private int limit() {
    String limit = text("limit");
    if (limit.isEmpty()) {
      return USUAL_PAGE;
    }
    if (limit.matches("[1-9]\\d{0,2}") && Integer.parseInt(limit) <= Page.LARGEST) {
      return Integer.parseInt(limit);
    }
    refuse("limit", "A number from 1 to " + Page.LARGEST + " is expected here.");
    return USUAL_PAGE;
  }
}
