package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Refused;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;

/** GoHighLevel's error envelopes and texts (ghl-facts.md 2.6 and 5). */
final class Errors {
  static final String UNKNOWN_ROUTE =
      "This route is not yet supported by the IAM Service. Please update your IAM config.";
  static final String INVALID_TOKEN = "Invalid token: access token is invalid";
  static final String NO_ACCESS = "The token does not have access to this location.";

  static final String NO_SCOPE = "The token is not authorized for this scope.";
  static final String NOT_ACTIVE = "Location is not active";

  private Errors() {}

  static Reply badRequest(String message) {
    return envelope(400, message, "Bad Request");
  }

  /** A 400 that names what it is about. */
  static Reply badRequest(String message, String code, JsonObjectBuilder meta) {
    return Reply.json(
        400,
        JsonText.object()
            .add("statusCode", 400)
            .add("message", message)
            .add("code", code)
            .add("meta", meta)
            .add("error", "Bad Request")
            .build());
  }

  static Reply unauthorized(String message) {
    return envelope(401, message, "Unauthorized");
  }

  static Reply forbidden() {
    return Reply.json(
        403, JsonText.object().add("statusCode", 403).add("message", NO_ACCESS).build());
  }

  static Reply notFound(int status, String message) {
    return envelope(status, message, status == 404 ? "Not Found" : "Bad Request");
  }

  static Reply unprocessable(List<String> messages) {
    return Reply.json(
        422,
        JsonText.object()
            .add("statusCode", 422)
            .add("message", JsonText.array(messages))
            .add("error", "Unprocessable Entity")
            .build());
  }

  /**
   * A 429, whose body GoHighLevel does not document.
   *
   * @param body envelope, text or empty
   */
  static Reply tooManyRequests(String body) {
    return switch (body) {
      case "text" -> Reply.text(429, "text/plain; charset=utf-8", "Too Many Requests");
      case "empty" -> new Reply(429, Map.of(), new byte[0]);
      default ->
          Reply.json(
              429,
              JsonText.object().add("statusCode", 429).add("message", "Too Many Requests").build());
    };
  }

  static Reply internal() {
    return envelope(500, "Internal server error in the sandbox; see its log", "Internal");
  }

  /** The same without its {@code error}, unless that is OAuth's. */
  static Reply withoutName(Reply reply) {
    JsonObject body =
        JsonText.parse(reply.body()).orElse(JsonValue.EMPTY_JSON_OBJECT).asJsonObject();
    return body.getString("error", "").equals("Unauthorized")
        ? Reply.json(reply.status(), JsonText.object(body).remove("error").build())
            .withHeaders(reply.headers())
        : reply;
  }

  /** Stops with 422 when there is any message. */
  static void refuseIfAny(List<String> messages) {
    if (!messages.isEmpty()) {
      throw new Refused(unprocessable(messages));
    }
  }

  private static Reply envelope(int status, String message, String error) {
    return Reply.json(
        status,
        JsonText.object()
            .add("statusCode", status)
            .add("message", message)
            .add("error", error)
            .build());
  }
}
