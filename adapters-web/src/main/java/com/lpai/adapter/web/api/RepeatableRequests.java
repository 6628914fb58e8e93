package com.lpai.adapter.web.api;

import com.lpai.adapter.web.json.JsonText;
import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.adapter.web.security.Caller;
import com.lpai.application.idempotency.IdempotencyUseCase;
import com.lpai.application.idempotency.Once;
import com.lpai.domain.idempotency.IdempotencyKey;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads the header {@code Idempotency-Key} of requests that make something
 * (draft-ietf-httpapi-idempotency-key-header). The key may be written as a string of a structured
 * field, in quotation marks, or plainly.
 */
final class RepeatableRequests {
  private static final String HEADER = "Idempotency-Key";

  private final IdempotencyUseCase keys;

  RepeatableRequests(IdempotencyUseCase keys) {
    this.keys = keys;
  }

  /**
   * How often a request may make what it asks for.
   *
   * @param path what is asked to make something, below the location
   * @param body as it was read; the order of its properties makes no other request of it
   */
  Once once(
      LocationId locationId,
      String path,
      HttpHeaders headers,
      SecurityContext security,
      JsonObject body) {
    return key(headers)
        .map(
            key ->
                keys.once(
                    locationId,
                    new IdempotencyKey(Caller.of(security).name(), path, key),
                    fingerprint(body)))
        .orElse(Once.EACH_TIME);
  }

  private static Optional<String> key(HttpHeaders headers) {
    List<String> given = Optional.ofNullable(headers.getRequestHeader(HEADER)).orElse(List.of());
    if (given.isEmpty()) {
      return Optional.empty();
    }
    if (given.size() > 1) {
      throw malformed("There is more than one.");
    }
    String key = unquoted(given.getFirst().strip());
    try {
      return Optional.of(new IdempotencyKey("", "", key).value());
    } catch (IllegalArgumentException unusable) {
      throw malformed("It has 1 to " + IdempotencyKey.LONGEST + " printable characters.");
    }
  }

  /** RFC 8941, 3.3.3: within quotation marks, a backslash stands before one and before itself. */
  private static String unquoted(String given) {
    if (!given.startsWith("\"")) {
      return given;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < given.length(); i++) {
      char next = given.charAt(i);
      if (next == '"') {
        if (i != given.length() - 1) {
          throw malformed("Something stands behind its end.");
        }
        return text.toString();
      }
      if (next == '\\') {
        i++;
        if (i == given.length() || "\"\\".indexOf(given.charAt(i)) < 0) {
          throw malformed("A backslash stands before a quotation mark or another one only.");
        }
        next = given.charAt(i);
      }
      text.append(next);
    }
    throw malformed("Its closing quotation mark is missing.");
  }

  private static ProblemException malformed(String why) {
    return new ProblemException(
        Problem.malformed("The header " + HEADER + " cannot be used. " + why));
  }

  static String fingerprint(JsonObject body) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(JsonText.canonical(body).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }

  /** The key belongs to another request. */
  static Problem usedOtherwise() {
    return Problem.of(
        422,
        "idempotency-key-reused",
        "The key belongs to another request",
        "This "
            + HEADER
            + " came with another body before. A repetition has the same body; another request has"
            + " a key of its own.");
  }

  /**
   * What a request made is there no longer.
   *
   * @param noun what a person calls it
   */
  static Problem madeAndDeleted(String noun) {
    return Problem.of(
        410,
        "made-and-deleted",
        "It was made, and deleted since",
        "The "
            + noun
            + " that this request made was deleted since. To make another one, send another "
            + HEADER
            + ".");
  }
}
