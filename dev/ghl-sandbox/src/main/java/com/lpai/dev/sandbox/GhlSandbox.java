package com.lpai.dev.sandbox;

import com.lpai.dev.sandbox.control.ControlApi;
import com.lpai.dev.sandbox.control.Operator;
import com.lpai.dev.sandbox.fault.Faults;
import com.lpai.dev.sandbox.ghl.CallLog;
import com.lpai.dev.sandbox.ghl.GhlApi;
import com.lpai.dev.sandbox.ghl.Marketplace;
import com.lpai.dev.sandbox.http.Answer;
import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.HttpDoor;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.webhook.Webhooks;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.Seeding;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * A GoHighLevel on this machine: OAuth, the API, signed webhooks, and a control API under {@code
 * /sandbox}. The typed methods do the same as the control API.
 */
@SuppressWarnings("OptionalUsedAsFieldOrParameterType") // in process there is no port
public final class GhlSandbox implements AutoCloseable {
  private final World world;
  private final Webhooks webhooks;
  private final Faults faults;
  private final GhlApi ghl;
  private final Operator operator;
  private final ControlApi control;
  private final Optional<HttpDoor> door;

  private GhlSandbox(
      SandboxConfig config,
      World world,
      BiFunction<World, Faults, Webhooks> webhooks,
      Optional<HttpDoor> door) {
    this.door = door;
    this.world = world;
    this.faults = new Faults(world.clock(), config.seed());
    this.webhooks = webhooks.apply(world, faults);
    this.ghl =
        new GhlApi(
            world,
            config.app(),
            faults,
            this.webhooks,
            time -> door.ifPresent(it -> it.pause(time)));
    this.operator = new Operator(world, config.app(), ghl.marketplace(), this.webhooks);
    this.control = new ControlApi(world, config.app(), operator, ghl, faults, this.webhooks);
    this.webhooks.start();
    door.ifPresent(it -> it.serve(this::answer));
  }

  /**
   * Starts a sandbox; it answers when this returns.
   *
   * @throws UncheckedIOException when the port is taken
   * @throws IllegalStateException when another process has the data directory
   */
  public static GhlSandbox start(SandboxConfig config) {
    HttpDoor door;
    try {
      door = HttpDoor.open(config.port());
    } catch (IOException taken) {
      throw new UncheckedIOException(
          "Port " + config.port() + " of 127.0.0.1 cannot be opened: it is taken or not allowed",
          taken);
    }
    try {
      World world =
          World.open(config.dataDirectory(), config.seed(), config.settings(), config.realTime());
      return new GhlSandbox(
          config,
          world,
          (its, faults) -> Webhooks.overHttp(its, faults, config.app()),
          Optional.of(door));
    } catch (RuntimeException failure) {
      door.close();
      throw failure;
    }
  }

  /**
   * A sandbox without a port and without threads, all in memory: calls go through {@link #answer},
   * webhooks are handed over unsigned as they are written, latency is left out, and the same calls
   * at the same times make the same ids.
   *
   * @param receiver takes the body of each webhook, while the call that caused it is under way
   */
  public static GhlSandbox inProcess(SandboxConfig config, Consumer<String> receiver) {
    return new GhlSandbox(
        config,
        World.repeatable(config.seed(), config.settings(), config.realTime()),
        (its, faults) -> Webhooks.handedOver(its, faults, config.app(), receiver),
        Optional.empty());
  }

  /** Answers a request of GoHighLevel's API or of the control API as the port does. */
  public Answer answer(Request request) {
    return ControlApi.serves(request.path()) ? control.answer(request) : ghl.answer(request);
  }

  /** Where GoHighLevel's API is, without a slash at the end. */
  public URI baseUri() {
    return URI.create("http://localhost:" + port());
  }

  /**
   * The port of 127.0.0.1 at which it answers.
   *
   * @throws java.util.NoSuchElementException when it has none
   */
  public int port() {
    return door.orElseThrow().port();
  }

  /** The sandbox's time. */
  public InstantSource clock() {
    return world.clock();
  }

  /** Moves the sandbox's time forward. */
  public void advanceClock(Duration by) {
    world.advanceClock(by);
  }

  /** Makes a location with people in it. */
  public void createLocation(Seeding seeding) {
    operator.createLocations(List.of(seeding));
  }

  /** Makes a location unless it is there. */
  public void ensureLocation(Seeding seeding) {
    if (world.location(seeding.locationId()).isEmpty()) {
      operator.createLocations(List.of(seeding));
    }
  }

  /** How many contacts a location has. */
  public int contactCount(String locationId) {
    return world.of(Kind.CONTACTS, locationId).size();
  }

  /** A contact as it is stored, without any token. */
  public Optional<JsonObject> contact(String locationId, String contactId) {
    return world.of(Kind.CONTACTS, locationId).find(contactId).map(it -> it.json());
  }

  /**
   * Installs the app in a location as a Marketplace user does, callback and INSTALL webhook
   * included.
   *
   * @return the callback's status
   */
  public int install(String locationId) throws IOException, InterruptedException {
    return operator.install(locationId);
  }

  /** Removes the app from a location, and tells it. */
  public void uninstall(String locationId) {
    operator.send(operator.write(Marketplace.UNINSTALL, operator.uninstall(locationId)));
  }

  /**
   * Consents like {@link #install}, but leaves the redirect alone.
   *
   * @return the code that the callback would have got
   */
  public String newAuthorizationCode(String locationId) {
    return operator.agree(locationId);
  }

  /**
   * Does what a call of the control API does, such as {@code control("POST",
   * "/sandbox/tokens/expire", "{\"all\":true}")}.
   *
   * @param target path and query
   * @param body JSON, or empty
   * @return the answer, an empty object where it has no body
   * @throws IllegalArgumentException with the message, when the call is refused
   */
  public JsonObject control(String method, String target, String body) {
    Reply reply = control.answer(Request.of(method, target, body));
    JsonObject answer =
        JsonText.parse(reply.body()).orElse(JsonValue.EMPTY_JSON_OBJECT).asJsonObject();
    if (reply.status() >= 400) {
      throw new IllegalArgumentException(answer.getString("message"));
    }
    return answer;
  }

  /** A token of a person who works in the location. */
  public String userToken(String locationId) {
    return operator.userToken(locationId);
  }

  /** All calls so far, as {@code GET /sandbox/calls?detail=true} shows them. */
  public JsonObject calls() {
    return ghl.callLog().describe(CallLog.Question.everything());
  }

  public void clearCalls() {
    ghl.callLog().clear();
  }

  /**
   * Switches faults on in the place of all others.
   *
   * @param json a list as {@code PUT /sandbox/faults} takes it
   */
  public void putFaults(String json) {
    faults.replaceBy(
        ControlApi.faultsOf(
            JsonText.parse(json.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalArgumentException("the faults are not JSON"))));
  }

  public void clearFaults() {
    faults.clear();
  }

  /**
   * Sends a webhook by hand, once and at once.
   *
   * @param sign good, bad or none
   * @return its webhookId, empty when the payload leaves it out by null
   */
  public Optional<String> sendWebhook(String type, JsonObject payload, String sign) {
    return webhooks.sendByHand(type, payload, 1, Duration.ZERO, sign);
  }

  /** Webhooks that wait or have ended, as {@code GET /sandbox/webhooks} shows them. */
  public List<JsonObject> webhooks() {
    return webhooks.list(Optional.empty(), Optional.empty());
  }

  /** The public webhook keys: one PEM text with two blocks. */
  public String publicKeys() {
    return webhooks.publicKeys(false);
  }

  @Override
  public void close() {
    door.ifPresent(HttpDoor::close);
    operator.close();
    webhooks.close();
    world.close();
  }
}
