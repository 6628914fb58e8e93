package com.lpai.adapter.web.problem;

import com.lpai.application.edit.FieldProblem;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.time.Duration;
import java.util.List;

/**
 * One error as a client sees it (RFC 9457).
 *
 * @param kind the last part of the stable {@code type}, {@code urn:lpai:problem:KIND}
 * @param detail what happened here and what to do about it, for a person
 * @param errors the fields that are to blame; empty when none is
 * @param retryAfter when a repeat makes sense; zero when that is not known
 */
public record Problem(
    int status,
    String kind,
    String title,
    String detail,
    List<FieldProblem> errors,
    Duration retryAfter) {
  // Its own: the package of the others' reads bodies, and so knows problems.
  private static final JsonProvider JSON = JsonProvider.provider();

  public static final String MEDIA_TYPE = "application/problem+json";
  private static final String TYPE = "urn:lpai:problem:";

  public Problem {
    errors = List.copyOf(errors);
  }

  public static Problem of(int status, String kind, String title, String detail) {
    return new Problem(status, kind, title, detail, List.of(), Duration.ZERO);
  }

  public static Problem notFound(String detail) {
    return of(404, "not-found", "Not found", detail);
  }

  public static Problem unauthorized(String detail) {
    return of(401, "unauthorized", "Not signed in", detail);
  }

  public static Problem forbidden(String detail) {
    return of(403, "forbidden", "Not allowed", detail);
  }

  public static Problem malformed(String detail) {
    return of(400, "malformed-request", "The request cannot be read", detail);
  }

  /** Values that are not accepted; nothing was stored. */
  public static Problem invalid(List<FieldProblem> errors) {
    return new Problem(
        400,
        "invalid-value",
        "Values are not accepted",
        errors.size() == 1
            ? sentence(errors.get(0))
            : errors.size() + " values are not accepted; see errors.",
        errors,
        Duration.ZERO);
  }

  private static String sentence(FieldProblem error) {
    return error.field().isEmpty() ? error.message() : error.field() + ": " + error.message();
  }

  /** Properties that do not exist here. */
  public static Problem unknownProperties(List<String> names) {
    return new Problem(
        400,
        "unknown-property",
        "The body has properties that do not exist here",
        "Remove or correct: " + String.join(", ", names) + ".",
        names.stream().map(name -> new FieldProblem(name, "There is no such property.")).toList(),
        Duration.ZERO);
  }

  public static Problem tooLarge(int limit) {
    return of(
        413,
        "too-large",
        "The body is too large",
        "At most " + limit + " bytes are accepted; send less.");
  }

  /** The database is away. */
  public static Problem storageUnavailable() {
    return of(
            503,
            "storage-unavailable",
            "The database cannot be reached",
            "Nothing was changed for certain. Try again in a few seconds.")
        .after(Duration.ofSeconds(5));
  }

  /** The same with the advice when to try again. */
  public Problem after(Duration wait) {
    return new Problem(status, kind, title, detail, errors, wait);
  }

  public JsonObject json() {
    JsonObjectBuilder body =
        JSON.createObjectBuilder()
            .add("type", TYPE + kind)
            .add("title", title)
            .add("status", status)
            .add("detail", detail);
    if (!errors.isEmpty()) {
      JsonArrayBuilder list = JSON.createArrayBuilder();
      for (FieldProblem error : errors) {
        list.add(
            JSON.createObjectBuilder().add("field", error.field()).add("message", error.message()));
      }
      body.add("errors", list);
    }
    return body.build();
  }
}
