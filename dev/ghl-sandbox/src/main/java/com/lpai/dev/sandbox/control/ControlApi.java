package com.lpai.dev.sandbox.control;

import com.lpai.dev.sandbox.fault.Fault;
import com.lpai.dev.sandbox.fault.Faults;
import com.lpai.dev.sandbox.ghl.CallLog;
import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.http.Router;
import com.lpai.dev.sandbox.http.StrictJson;
import com.lpai.dev.sandbox.webhook.Webhooks;
import com.lpai.dev.sandbox.world.App;
import com.lpai.dev.sandbox.world.IsoTime;
import com.lpai.dev.sandbox.world.Seeding;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /sandbox/…}: described with examples in the module's README. */
public final class ControlApi {
  private static final int MOST_CONTACTS = 1_000_000;
  private static final int MOST_USERS = 1000;
  private static final int MOST_SENDS = 10_000;
  private static final List<String> KINDS_TO_COME =
      List.of("opportunities", "appointments", "conversations");

  /** An operation with the values of its path. */
  private interface Operation {
    Reply run(Request request, Map<String, String> variables);
  }

  private final World world;
  private final App app;
  private final Operator operator;
  private final CallLog callLog;
  private final Faults faults;
  private final Webhooks webhooks;
  private final Router<Operation> router = new Router<>();

  public ControlApi(
      World world, App app, Operator operator, CallLog callLog, Faults faults, Webhooks webhooks) {
    this.world = world;
    this.app = app;
    this.operator = operator;
    this.callLog = callLog;
    this.faults = faults;
    this.webhooks = webhooks;
    router.add("GET", "/", (request, path) -> IndexPage.of(this.world, this.app));
    router.add("POST", "/sandbox/locations", (request, path) -> createLocation(request));
    router.add("GET", "/sandbox/locations", (request, path) -> locations());
    router.add("GET", "/sandbox/locations/{id}/counts", (request, path) -> counts(path));
    router.add("POST", "/sandbox/installs", (request, path) -> install(request));
    router.add("DELETE", "/sandbox/installs/{id}", (request, path) -> uninstall(path));
    router.add("POST", "/sandbox/tokens", (request, path) -> token(request));
    router.add("GET", "/sandbox/calls", (request, path) -> calls(request));
    router.add("DELETE", "/sandbox/calls", (request, path) -> clearCalls());
    router.add("PUT", "/sandbox/faults", (request, path) -> putFaults(request));
    router.add("GET", "/sandbox/faults", (request, path) -> listFaults());
    router.add("DELETE", "/sandbox/faults", (request, path) -> clearFaults());
    router.add("POST", "/sandbox/webhooks", (request, path) -> sendWebhook(request));
    router.add("GET", "/sandbox/webhooks", (request, path) -> items(webhooks.list()));
    router.add("GET", "/sandbox/clock", (request, path) -> clock());
    router.add("POST", "/sandbox/clock", (request, path) -> advanceClock(request));
    router.add("GET", "/sandbox/keys", (request, path) -> keys());
  }

  /** Whether a path is ours rather than GoHighLevel's. */
  public static boolean serves(String path) {
    return path.equals("/") || path.equals("/sandbox") || path.startsWith("/sandbox/");
  }

  /** Answers a request; what is wrong with it is said in a 400. */
  public Reply answer(Request request) {
    try {
      return router
          .match(request.method(), request.path())
          .map(it -> it.target().run(request, it.variables()))
          .orElseGet(
              () -> error(404, "no such control call: " + request.method() + " " + request.path()));
    } catch (Refused refused) {
      return refused.reply();
    } catch (IllegalArgumentException mistake) {
      return error(400, message(mistake));
    } catch (IllegalStateException conflict) {
      return error(409, message(conflict));
    }
  }

  /** Reads a list of faults; a tester may send the bare list or {@code {"faults": […]}}. */
  public static List<Fault> faultsOf(JsonValue body) {
    JsonValue list = body;
    if (body instanceof JsonObject object) {
      StrictJson reader = new StrictJson(object);
      list = reader.value("faults").orElse(JsonValue.NULL);
      reader.nothingElse();
    }
    if (!(list instanceof JsonArray items)) {
      throw new IllegalArgumentException("send a list of faults");
    }
    return items.stream()
        .map(
            item -> {
              if (item instanceof JsonObject fault) {
                return Fault.of(fault);
              }
              throw new IllegalArgumentException("each fault must be an object");
            })
        .toList();
  }

  private Reply createLocation(Request request) {
    StrictJson body = body(request);
    Seeding plain = Seeding.of(body.text("locationId"));
    Seeding seeding =
        new Seeding(
            plain.locationId(),
            body.optionalText("companyId").orElse(plain.companyId()),
            body.optionalText("name").orElse(plain.name()),
            timezone(body.optionalText("timezone").orElse(plain.timezone())),
            body.optionalText("country").orElse(plain.country()),
            body.flag("allowDuplicateContact", false),
            body.count("users", plain.users(), MOST_USERS),
            body.count("contacts", 0, MOST_CONTACTS),
            body.optionalCount("seed").orElse(plain.seed()));
    for (String kind : KINDS_TO_COME) {
      if (body.count(kind, 0, Integer.MAX_VALUE) > 0) {
        throw new IllegalArgumentException(
            kind + " are not served by this sandbox yet: leave the property out or send 0");
      }
    }
    body.nothingElse();
    operator.createLocation(seeding);
    return Reply.json(201, describe(seeding.locationId()));
  }

  private static String timezone(String name) {
    try {
      return ZoneId.of(name).getId();
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException("property timezone must be an IANA time zone", unknown);
    }
  }

  private Reply locations() {
    return items(world.locations().stream().map(it -> describe(it.getString("id"))).toList());
  }

  private Reply counts(Map<String, String> path) {
    String locationId = path.getOrDefault("id", "");
    if (world.location(locationId).isEmpty()) {
      return error(404, "there is no location " + locationId);
    }
    return Reply.json(200, countsOf(locationId).build());
  }

  private JsonObject describe(String locationId) {
    JsonObject location = operator.requireLocation(locationId);
    return JsonText.object()
        .add("locationId", locationId)
        .add("companyId", location.getString("companyId"))
        .add("name", location.getString("name"))
        .add("installed", world.isInstalled(locationId))
        .add("counts", countsOf(locationId))
        .build();
  }

  private JsonObjectBuilder countsOf(String locationId) {
    JsonObjectBuilder counts =
        JsonText.object()
            .add("contacts", world.contacts().of(locationId).size())
            .add("users", world.usersOf(locationId).size());
    KINDS_TO_COME.forEach(kind -> counts.add(kind, 0));
    return counts;
  }

  private Reply install(Request request) {
    StrictJson body = body(request);
    if (body.optionalText("companyId").isPresent()) {
      throw new IllegalArgumentException(
          "companyId: company installs are not served by this sandbox yet, send locationId");
    }
    String locationId = body.text("locationId");
    body.nothingElse();
    try {
      int status = operator.install(locationId);
      return Reply.json(
          200,
          JsonText.object().add("locationId", locationId).add("callbackStatus", status).build());
    } catch (IOException unreachable) {
      return error(
          502,
          "The app's callback "
              + app.redirectUri()
              + " gave no answer ("
              + unreachable
              + "). Is the app running?");
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return error(503, "the sandbox is closing");
    }
  }

  private Reply uninstall(Map<String, String> path) {
    String locationId = path.getOrDefault("id", "");
    operator.uninstall(locationId);
    return Reply.json(200, JsonText.object().add("locationId", locationId).build());
  }

  private Reply token(Request request) {
    StrictJson body = body(request);
    String locationId = body.text("locationId");
    body.nothingElse();
    return Reply.json(
        201,
        JsonText.object()
            .add("access_token", operator.userToken(locationId))
            .add("token_type", "Bearer")
            .build());
  }

  private Reply calls(Request request) {
    boolean detail = request.queryValue("detail").map("true"::equals).orElse(false);
    return Reply.json(
        200,
        callLog.describe(request.queryValue("locationId"), request.queryValue("actor"), detail));
  }

  private Reply clearCalls() {
    callLog.clear();
    return noContent();
  }

  private Reply putFaults(Request request) {
    faults.replaceBy(
        faultsOf(
            JsonText.parse(request.body())
                .orElseThrow(() -> new IllegalArgumentException("the body is not JSON"))));
    return listFaults();
  }

  private Reply listFaults() {
    return items(faults.describe());
  }

  private Reply clearFaults() {
    faults.clear();
    return noContent();
  }

  private Reply sendWebhook(Request request) {
    StrictJson body = body(request);
    String type = body.text("type");
    JsonObject payload = body.optionalObject("payload").orElse(JsonValue.EMPTY_JSON_OBJECT);
    int times = body.count("times", 1, MOST_SENDS);
    Duration delay = Duration.ofMillis(body.optionalCount("delayMs").orElse(0L));
    String sign = body.optionalText("sign").orElse("good");
    body.nothingElse();
    Optional<String> webhookId = webhooks.sendByHand(type, payload, times, delay, sign);
    JsonObjectBuilder answer = JsonText.object().add("queued", times);
    webhookId.ifPresent(id -> answer.add("webhookId", id));
    return Reply.json(202, answer.build());
  }

  private Reply clock() {
    return Reply.json(
        200,
        JsonText.object()
            .add("now", IsoTime.of(world.clock().instant()))
            .add("offsetMillis", world.clock().offset().toMillis())
            .build());
  }

  private Reply advanceClock(Request request) {
    StrictJson body = body(request);
    JsonValue advance =
        body.value("advance")
            .orElseThrow(() -> new IllegalArgumentException("property advance is required"));
    body.nothingElse();
    world.advanceClock(duration(advance));
    return clock();
  }

  private static Duration duration(JsonValue value) {
    try {
      Duration duration =
          switch (value) {
            case JsonNumber seconds ->
                Duration.ofMillis(seconds.bigDecimalValue().movePointRight(3).longValueExact());
            case JsonString text when text.getString().matches("\\d+") ->
                Duration.ofSeconds(Long.parseLong(text.getString()));
            case JsonString text -> Duration.parse(text.getString());
            default -> throw new IllegalArgumentException("not a duration");
          };
      if (duration.isNegative() || duration.toDays() > 36_500) {
        throw new IllegalArgumentException("out of range");
      }
      return duration;
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException mistake) {
      throw new IllegalArgumentException(
          "property advance must be an ISO 8601 duration such as PT1H, or seconds; from 0 on",
          mistake);
    }
  }

  private Reply keys() {
    return Reply.text(200, "application/x-pem-file", webhooks.publicKeys());
  }

  private static StrictJson body(Request request) {
    return JsonText.parse(request.body())
        .filter(JsonObject.class::isInstance)
        .map(it -> new StrictJson(it.asJsonObject()))
        .orElseThrow(() -> new IllegalArgumentException("the body must be a JSON object"));
  }

  private static Reply items(List<JsonObject> items) {
    JsonArrayBuilder array = JsonText.array();
    items.forEach(array::add);
    return Reply.json(200, JsonText.object().add("items", array).build());
  }

  private static Reply noContent() {
    return new Reply(204, Map.of(), new byte[0]);
  }

  private static Reply error(int status, String message) {
    return Reply.json(
        status, JsonText.object().add("statusCode", status).add("message", message).build());
  }

  private static String message(RuntimeException failure) {
    return Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
  }
}
