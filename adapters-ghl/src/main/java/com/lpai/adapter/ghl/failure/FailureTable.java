package com.lpai.adapter.ghl.failure;

import com.lpai.adapter.ghl.client.GhlAnswer;
import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmFailure.Unauthorized.Kind;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one place that says what a failed call means (style: failure table; ghl-facts.md 2.6, 5). An
 * answer that is not in GoHighLevel's form proves nothing about a record: it comes from something
 * in between, or from a wrong base URL.
 */
public final class FailureTable {
  private static final Pattern UNKNOWN_PROPERTY =
      Pattern.compile("(?:^|\\.)property (\\S+) should not exist");
  private static final Pattern FIRST_WORD = Pattern.compile("^([A-Za-z][\\w.]*) (?:must|should) ");
  private static final Set<String> NOT_DONE_YET = Set.of("408", "421", "425");

  /** Given only by what looks at a record or a body. */
  private static final Set<Integer> PAST_THE_GATE = Set.of(404, 410, 422);

  private FailureTable() {}

  /** What an answer means that is not a success. */
  public static CrmFailure of(GhlAnswer answer, Operation operation) {
    JsonObject body = answer.body();
    String text = Messages.of(body);
    String told = told(answer, operation, text);
    String search = text.toLowerCase(Locale.ROOT);
    int status = answer.status();
    if (status >= 500) {
      return inDoubt(operation, told);
    }
    if (status == 429) {
      return new CrmFailure.Throttled(RateLimitHeaders.of(answer).retryAfter(), told);
    }
    if (status < 400 || NOT_DONE_YET.contains(String.valueOf(status))) {
      // Something in between may say so of what it has passed on. Only a create is not repeatable.
      return operation.effect() == Operation.Effect.CREATE
          ? inDoubt(operation, told)
          : new CrmFailure.Unavailable(told);
    }
    boolean isGhls = answer.json().isPresent() || answer.size() == 0;
    if (!isGhls && (status == 401 || status == 403 || status == 404)) {
      return new CrmFailure.Unavailable(told + " Does the base URL lead to GoHighLevel?");
    }
    if (search.contains("location is not active") && status != 404) {
      return new CrmFailure.Unauthorized(Kind.NOT_ACTIVE, told);
    }
    return switch (status) {
      case 401 -> unauthorized(kind(search), operation, told);
      case 403 ->
          kind(search) == Kind.MISSING_SCOPE
              ? unauthorized(Kind.MISSING_SCOPE, operation, told)
              : new CrmFailure.Forbidden(told);
      case 404, 410 ->
          operation.effect() == Operation.Effect.CREATE
              ? new CrmFailure.Rejected(fields(body), told)
              : new CrmFailure.NotFound(told);
      case 400 -> badRequest(body, operation, search, told);
      case 422 ->
          operation.effect() == Operation.Effect.CREATE
              // It may have been created all the same (ghl-facts.md #64).
              ? new CrmFailure.RefusedOrDone(fields(body), told)
              : new CrmFailure.Rejected(fields(body), told);
      default -> new CrmFailure.Rejected(fields(body), told);
    };
  }

  /**
   * Whether a refusal shows that the token is valid: GoHighLevel looks at the token and its scopes
   * before it looks for a record or into a body. A 403 shows nothing, since the token may be that
   * of another location, and neither does a 400, which anything on the way may answer.
   */
  public static boolean provesToken(GhlAnswer answer, CrmFailure failure) {
    if (answer.json().isEmpty()) {
      return false;
    }
    return switch (failure) {
      case CrmFailure.NotFound notFound -> true;
      case CrmFailure.AlreadyExists exists -> true;
      case CrmFailure.RefusedOrDone refused -> true;
      case CrmFailure.Rejected rejected -> PAST_THE_GATE.contains(answer.status());
      case CrmFailure.Unauthorized(Kind kind, String message) ->
          kind == Kind.MISSING_SCOPE && answer.status() == 401;
      case CrmFailure.Forbidden forbidden -> false;
      case CrmFailure.Throttled throttled -> false;
      case CrmFailure.Unavailable unavailable -> false;
      case CrmFailure.OutcomeUnknown unknown -> false;
    };
  }

  /**
   * What a success means whose body is not what the operation needs.
   *
   * @param needed what a readable body holds; may be empty
   */
  public static CrmFailure unreadable(GhlAnswer answer, Operation operation, String needed) {
    return inDoubt(
        operation,
        operation
            + " was answered "
            + answer.status()
            + " with a body that cannot be read ("
            + answer.size()
            + " bytes"
            + traced(answer)
            + ")"
            + (needed.isEmpty() ? "." : ": it needs " + needed + "."));
  }

  /** What it means that no answer came. */
  public static CrmFailure of(Exception failure, Operation operation) {
    String what = operation + " got no answer: " + Failures.inWords(failure) + ".";
    return Failures.wasNeverSent(failure)
        ? new CrmFailure.Unavailable(what + " Nothing was sent.")
        : inDoubt(operation, what);
  }

  /** It was sent, and nobody says what came of it. */
  private static CrmFailure inDoubt(Operation operation, String told) {
    return operation.effect() == Operation.Effect.READ
        ? new CrmFailure.Unavailable(told)
        : new CrmFailure.OutcomeUnknown(told);
  }

  private static CrmFailure badRequest(
      JsonObject body, Operation operation, String search, String told) {
    JsonObject meta = JsonReads.child(body, "meta");
    boolean duplicate = search.contains("duplicate");
    String contact = JsonReads.text(meta, "contactId");
    String existing = contact.isBlank() ? JsonReads.text(meta, "existingId") : contact;
    if (duplicate && !existing.isBlank() && operation.effect() == Operation.Effect.CREATE) {
      return new CrmFailure.AlreadyExists(existing, told);
    }
    if (duplicate) {
      // An update that would make a twin: adopting the other record would mix up two people.
      String field = JsonReads.text(meta, "matchingField");
      return new CrmFailure.Rejected(field.isBlank() ? List.of() : List.of(field), told);
    }
    boolean isGone =
        search.contains("not found")
            && (search.contains(operation.record()) || search.strip().equals("not found"));
    return isGone && operation.effect() != Operation.Effect.CREATE
        ? new CrmFailure.NotFound(told)
        : new CrmFailure.Rejected(fields(body), told);
  }

  /** GoHighLevel does not say which scope is missing; we know which one the operation needs. */
  private static CrmFailure unauthorized(Kind kind, Operation operation, String told) {
    return new CrmFailure.Unauthorized(
        kind,
        kind == Kind.MISSING_SCOPE
            ? told + " It needs the scope " + operation.scope() + ": install the app again with it."
            : told);
  }

  /** Told by their text (ghl-facts.md 2.6). Only an invalid token is cured by a new one. */
  private static Kind kind(String search) {
    if (search.contains("authclass type is not allowed") || search.contains("user type mismatch")) {
      return Kind.WRONG_TOKEN_TYPE;
    }
    if (search.contains("scope")) {
      return Kind.MISSING_SCOPE;
    }
    if (search.contains("iam service") || search.contains("version header")) {
      return Kind.WRONG_ROUTE;
    }
    boolean tokenIsBad =
        search.isBlank()
            || search.strip().equals("unauthorized")
            || search.contains("invalid token")
            || search.contains("jwt")
            || search.contains("expired")
            || search.contains("token is invalid");
    return tokenIsBad ? Kind.INVALID_TOKEN : Kind.UNKNOWN;
  }

  /** The fields that a list of complaints names. */
  private static List<String> fields(JsonObject body) {
    Set<String> fields = new TreeSet<>();
    for (JsonString message :
        JsonReads.list(body, "message").stream()
            .filter(JsonString.class::isInstance)
            .map(JsonString.class::cast)
            .toList()) {
      named(message.getString(), fields);
    }
    named(JsonReads.text(body, "message"), fields);
    return new ArrayList<>(fields);
  }

  private static void named(String message, Set<String> fields) {
    Matcher unknown = UNKNOWN_PROPERTY.matcher(message);
    Matcher word = FIRST_WORD.matcher(message);
    if (unknown.find()) {
      fields.add(unknown.group(1));
    } else if (word.find()) {
      fields.add(word.group(1));
    }
  }

  private static String told(GhlAnswer answer, Operation operation, String text) {
    String said =
        text.isEmpty()
            ? (answer.size() == 0 ? "an empty body" : answer.size() + " bytes in another form")
            : "\"" + text + "\"";
    return operation + " was answered " + answer.status() + " with " + said + traced(answer) + ".";
  }

  private static String traced(GhlAnswer answer) {
    return answer.traceId().isEmpty() ? "" : ", traceId " + answer.traceId();
  }

  /** The wait that a budget or a caller is told when GoHighLevel names none (ghl-facts.md 4). */
  static final Duration USUAL_WAIT = Duration.ofSeconds(10);
}
