package com.lpai.dev.sandbox.fault;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.StrictJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One thing that goes wrong.
 *
 * @param match what it happens to
 * @param times how often; empty for always
 * @param lasting how long it is switched on, on the sandbox's clock; empty for always
 * @param chance from 0 to 1 that it happens to what fits
 * @param time latency, how long a silent connection is held, a webhook's delay or window
 * @param status of an answer
 * @param body of such an answer
 * @param headers of such an answer
 * @param copies of a webhook
 * @param bytes of a webhook that is too large
 * @param source as it was asked for
 */
public record Fault(
    Kind kind,
    Match match,
    Optional<Long> times,
    Optional<Duration> lasting,
    double chance,
    Duration time,
    int status,
    Optional<JsonValue> body,
    Map<String, String> headers,
    int copies,
    int bytes,
    JsonObject source) {

  /** What goes wrong. */
  public enum Kind {
    /** The call is done, its answer never comes. */
    TIMEOUT_AFTER_EFFECT("timeoutAfterEffect"),
    /** The call is not done and gets no answer. */
    TIMEOUT("timeout"),
    /** The call is not done and gets another status. */
    STATUS("status"),
    /** The call is done and gets another status. */
    STATUS_AFTER_EFFECT("statusAfterEffect"),
    /** The call is done later. */
    LATENCY("latency"),
    /** The connection is closed at once, the call is not done. */
    DROP("drop"),
    /** The webhook is lost. */
    WEBHOOK_DROP("webhookDrop"),
    /** The webhook comes several times. */
    WEBHOOK_DUPLICATE("webhookDuplicate"),
    /** The webhook comes late. */
    WEBHOOK_DELAY("webhookDelay"),
    /** The webhooks of a while come in the reverse order. */
    WEBHOOK_REORDER("webhookReorder"),
    /** The webhook's signature is wrong at the first attempt. */
    WEBHOOK_BAD_SIGNATURE("webhookBadSignature"),
    /** The webhook is signed with the next keys. */
    WEBHOOK_NEXT_KEY("webhookNextKey"),
    /** The webhook is larger than anybody takes. */
    WEBHOOK_OVERSIZED("webhookOversized");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    boolean isOfWebhooks() {
      return wireName.startsWith("webhook");
    }

    /** The names by which testers ask for them. */
    public static List<String> names() {
      return Arrays.stream(values()).map(kind -> kind.wireName).toList();
    }

    static Kind of(String name) {
      return Arrays.stream(values())
          .filter(kind -> kind.wireName.equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "unknown kind " + name + "; known are " + String.join(", ", names())));
    }
  }

  /** What a fault happens to; an empty condition fits everything. */
  public record Match(
      Optional<String> method,
      Optional<String> path,
      Optional<String> locationId,
      Optional<String> companyId,
      Optional<String> type) {

    boolean fitsCall(
        String callMethod,
        String template,
        String callPath,
        String callLocation,
        String callCompany) {
      return method.map(callMethod::equalsIgnoreCase).orElse(true)
          && path.map(wanted -> fitsPath(wanted, template) || fitsPath(wanted, callPath))
              .orElse(true)
          && fitsOwner(callLocation, callCompany);
    }

    boolean fitsWebhook(String webhookType, String webhookLocation, String webhookCompany) {
      return type.map(webhookType::equals).orElse(true)
          && fitsOwner(webhookLocation, webhookCompany);
    }

    private boolean fitsOwner(String actualLocation, String actualCompany) {
      return locationId.map(actualLocation::equals).orElse(true)
          && companyId.map(actualCompany::equals).orElse(true);
    }

    private static boolean fitsPath(String wanted, String actual) {
      return wanted.endsWith("*")
          ? actual.startsWith(wanted.substring(0, wanted.length() - 1))
          : actual.equals(wanted);
    }
  }

  private static final int LONGEST_MILLIS = 3_600_000;
  private static final int LARGEST_WEBHOOK = 1024 * 1024;

  /**
   * Reads a fault as the control API takes it.
   *
   * @throws IllegalArgumentException naming what is wrong with it
   */
  public static Fault of(JsonObject json) {
    StrictJson reader = new StrictJson(json);
    Kind kind = Kind.of(reader.text("kind"));
    Match match = match(reader.optionalObject("match").orElse(JsonValue.EMPTY_JSON_OBJECT));
    Optional<Long> times = reader.optionalCount("times");
    int latency = reader.count("latencyMs", 0, LONGEST_MILLIS);
    int hold = reader.count("holdMs", 30_000, LONGEST_MILLIS);
    long delay = reader.optionalCount("delayMs").orElse(0L);
    int window = reader.count("windowMs", 2000, LONGEST_MILLIS);
    int status = reader.count("status", 503, 599);
    if (status < 200) {
      throw new IllegalArgumentException("property status must be from 200 to 599");
    }
    Fault fault =
        new Fault(
            kind,
            match,
            times,
            reader.optionalCount("forMs").map(Duration::ofMillis),
            reader.share("chance", 1),
            Duration.ofMillis(
                switch (kind) {
                  case LATENCY -> latency;
                  case WEBHOOK_DELAY -> delay;
                  case WEBHOOK_REORDER -> Math.max(1, window);
                  default -> hold;
                }),
            status,
            reader.value("body"),
            headers(reader.optionalObject("headers").orElse(JsonValue.EMPTY_JSON_OBJECT)),
            reader.count("copies", 2, 1000),
            reader.count("bytes", LARGEST_WEBHOOK + 1, 64 * LARGEST_WEBHOOK),
            json);
    reader.nothingElse();
    return fault;
  }

  JsonObject describe(long used) {
    return JsonText.object(source).add("used", used).build();
  }

  private static Match match(JsonObject json) {
    StrictJson reader = new StrictJson(json);
    Match match =
        new Match(
            reader.optionalText("method"),
            reader.optionalText("path"),
            reader.optionalText("locationId"),
            reader.optionalText("companyId"),
            reader.optionalText("type"));
    reader.nothingElse();
    return match;
  }

  private static Map<String, String> headers(JsonObject json) {
    Map<String, String> headers = new TreeMap<>();
    json.forEach(
        (name, value) ->
            headers.put(name, value instanceof JsonString s ? s.getString() : value.toString()));
    return headers;
  }
}
