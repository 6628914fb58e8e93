package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.fault.Fault;
import com.lpai.dev.sandbox.fault.Faults;
import com.lpai.dev.sandbox.ghl.GhlArea.Endpoint;
import com.lpai.dev.sandbox.ghl.GhlArea.Gated;
import com.lpai.dev.sandbox.ghl.GhlArea.Open;
import com.lpai.dev.sandbox.http.Answer;
import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.http.Router;
import com.lpai.dev.sandbox.webhook.Webhooks;
import com.lpai.dev.sandbox.world.App;
import com.lpai.dev.sandbox.world.Grant;
import com.lpai.dev.sandbox.world.Grant.Actor;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * GoHighLevel's API as a whole: the gate that each call passes (token, version, rate, scope), the
 * areas behind it, and the faults in front of it.
 */
public final class GhlApi {
  private static final System.Logger LOG = System.getLogger(GhlApi.class.getName());
  private static final String UNKNOWN = "(unknown)";

  private final World world;
  private final Faults faults;
  private final Consumer<Duration> pause;
  private final RateLimits rateLimits;
  private final CallLog callLog;
  private final Marketplace marketplace;
  private final Router<Endpoint> router = new Router<>();

  /**
   * @param pause waits in real time
   */
  public GhlApi(World world, App app, Faults faults, Webhooks webhooks, Consumer<Duration> pause) {
    this.world = world;
    this.faults = faults;
    this.pause = pause;
    this.rateLimits = new RateLimits(world.settings(), world.clock());
    this.callLog = new CallLog(world.clock());
    this.marketplace = new Marketplace(world, app, webhooks);
    List<GhlArea> areas =
        List.of(
            new ConsentArea(world, app, marketplace),
            new TokenArea(world, app, marketplace),
            new CompanyArea(world, app),
            new ContactsArea(world, webhooks),
            new OpportunitiesArea(world, webhooks),
            new PipelinesArea(world),
            new CalendarsArea(world),
            new ConversationsArea(world, webhooks),
            new MessagesArea(world, webhooks),
            new CustomFieldsArea(world),
            new CustomValuesArea(world),
            new EventsArea(world, webhooks),
            new UsersArea(world),
            new LocationsArea(world));
    areas.forEach(
        area -> area.endpoints().forEach(it -> router.add(it.method(), it.template(), it)));
  }

  public CallLog callLog() {
    return callLog;
  }

  /** Records as the API shows them, without any token. */
  public RecordViews recordViews() {
    return new RecordViews(world);
  }

  public Marketplace marketplace() {
    return marketplace;
  }

  /** Answers a call, and remembers it. */
  public Answer answer(Request request) {
    Instant begun = world.clock().instant();
    Optional<Router.Match<Endpoint>> match = router.match(request.method(), request.path());
    String template = match.map(Router.Match::template).orElse(UNKNOWN);
    Optional<Grant> grant =
        template.equals(TokenArea.TOKEN)
            ? world.grants().peek(TokenArea.proof(request))
            : bearer(request).flatMap(world.grants()::find);
    Caller caller = Caller.of(request, template, grant);
    Optional<Fault> fault =
        faults.forCall(
            request.method(), template, request.path(), caller.locationId(), caller.companyId());
    Answer answer = withFault(fault, () -> effect(request, match, grant));
    int status = answer instanceof Reply reply ? reply.status() : CallLog.UNANSWERED;
    callLog.add(
        begun, request, template, status, caller, fault.map(it -> it.source().getString("kind")));
    return answer;
  }

  private interface Effect {
    Reply reply();
  }

  private Answer withFault(Optional<Fault> fault, Effect effect) {
    if (fault.isEmpty()) {
      return effect.reply();
    }
    Fault it = fault.get();
    return switch (it.kind()) {
      case TIMEOUT_AFTER_EFFECT -> {
        effect.reply();
        yield new Answer.Silence(it.time());
      }
      case TIMEOUT -> new Answer.Silence(it.time());
      case DROP -> new Answer.Silence(Duration.ZERO);
      case STATUS -> faultReply(it);
      case STATUS_AFTER_EFFECT -> {
        effect.reply();
        yield faultReply(it);
      }
      case LATENCY -> {
        pause.accept(it.time());
        yield effect.reply();
      }
      default ->
          throw new IllegalStateException("a webhook fault was taken for a call: " + it.kind());
    };
  }

  private Reply faultReply(Fault fault) {
    if (fault.status() == 429 && fault.body().isEmpty()) {
      return Errors.tooManyRequests(world.settings().get(Settings.TOO_MANY_REQUESTS_BODY))
          .withHeaders(fault.headers());
    }
    JsonValue body =
        fault
            .body()
            .orElseGet(
                () ->
                    JsonText.object()
                        .add("statusCode", fault.status())
                        .add("message", "Fault on demand")
                        .build());
    Reply reply =
        body instanceof JsonString text
            ? Reply.text(fault.status(), "text/html; charset=utf-8", text.getString())
            : Reply.json(fault.status(), body);
    return reply.withHeaders(fault.headers());
  }

  private Reply effect(
      Request request, Optional<Router.Match<Endpoint>> match, Optional<Grant> grant) {
    try {
      return finished(
          match
              .map(it -> dispatch(request, it, grant))
              .orElseGet(() -> Errors.unauthorized(Errors.UNKNOWN_ROUTE)));
    } catch (Refused refused) {
      return finished(refused.reply());
    } catch (RuntimeException failure) {
      LOG.log(
          System.Logger.Level.ERROR,
          "the sandbox failed at " + request.method() + " " + request.path(),
          failure);
      return finished(Errors.internal());
    }
  }

  private Reply dispatch(Request request, Router.Match<Endpoint> match, Optional<Grant> grant) {
    return switch (match.target()) {
      case Open open -> open.operation().apply(request);
      case Gated gated -> passGate(request, gated, match.variables(), grant);
    };
  }

  private Reply passGate(
      Request request, Gated endpoint, Map<String, String> variables, Optional<Grant> found) {
    Optional<String> token = bearer(request);
    if (found.isEmpty()) {
      boolean isJwt = token.map(it -> it.split("\\.", -1).length == 3).orElse(true);
      return Errors.unauthorized(isJwt ? Errors.INVALID_TOKEN : "Invalid JWT");
    }
    Grant grant = found.get();
    if (!world.grants().isLive(grant)) {
      return Errors.unauthorized(world.settings().get(Settings.EXPIRED_TOKEN_TEXT));
    }
    if (grant.actor() == Actor.USER) {
      return afterGate(request, endpoint, variables, grant);
    }
    RateLimits.Permit permit = rateLimits.take(resource(grant));
    Reply reply =
        permit.allowed()
            ? ofApp(request, endpoint, variables, grant)
            : Errors.tooManyRequests(world.settings().get(Settings.TOO_MANY_REQUESTS_BODY));
    return reply.withHeaders(permit.headers());
  }

  /** One app in one location or company; a private integration is another app. */
  private static String resource(Grant grant) {
    return grant.actor()
        + "/"
        + grant.userType()
        + "/"
        + grant.companyId()
        + "/"
        + grant.locationId();
  }

  private Reply ofApp(Request request, Gated endpoint, Map<String, String> variables, Grant grant) {
    if (world.installs().isSuspended(grant.locationId())) {
      return switch (world.settings().get(Settings.SUSPENDED_CALL_STATUS)) {
        case 401 -> Errors.unauthorized(world.settings().get(Settings.EXPIRED_TOKEN_TEXT));
        case 403 -> Errors.forbidden();
        default -> Errors.badRequest(Errors.NOT_ACTIVE);
      };
    }
    return afterGate(request, endpoint, variables, grant);
  }

  private Reply afterGate(
      Request request, Gated endpoint, Map<String, String> variables, Grant grant) {
    Optional<String> version = request.header("Version");
    if (version.isEmpty()) {
      return Errors.unauthorized("version header was not found.");
    }
    if (!version.get().equals(endpoint.version())) {
      return Errors.badRequest("version header is invalid");
    }
    boolean rightType =
        switch (endpoint.access()) {
          case LOCATION -> !grant.isOfCompany();
          case ANY -> true;
          case COMPANY -> grant.isOfCompany() && grant.actor() == Actor.APP;
        };
    if (!rightType) {
      return Errors.unauthorized(world.settings().get(Settings.USER_TYPE_TEXT));
    }
    if (!grant.scopes().contains(endpoint.scope())) {
      return Errors.unauthorized(Errors.NO_SCOPE);
    }
    try {
      return endpoint.operation().apply(new Call(request, variables, grant));
    } catch (Refused refused) {
      return refused.reply();
    }
  }

  private static Optional<String> bearer(Request request) {
    return request
        .header("Authorization")
        .filter(value -> value.startsWith("Bearer "))
        .map(value -> value.substring("Bearer ".length()).strip());
  }

  private Reply finished(Reply reply) {
    boolean bare =
        reply.status() == 401
            && !world.settings().get(Settings.UNAUTHORIZED_NAMES_ERROR)
            && reply.headers().getOrDefault("Content-Type", "").startsWith("application/json");
    return withTraceId(bare ? Errors.withoutName(reply) : reply);
  }

  /** Every answer carries a trace id (ghl-facts.md 1); put in without parsing the body again. */
  private static Reply withTraceId(Reply reply) {
    boolean isJson =
        reply.headers().getOrDefault("Content-Type", "").startsWith("application/json");
    if (!isJson) {
      return reply;
    }
    String body = new String(reply.body(), StandardCharsets.UTF_8);
    String separator = body.equals("{}") ? "" : ",";
    String traced =
        body.substring(0, body.length() - 1)
            + separator
            + "\"traceId\":\""
            + UUID.randomUUID()
            + "\"}";
    return new Reply(reply.status(), reply.headers(), traced.getBytes(StandardCharsets.UTF_8));
  }
}
