package com.lpai.architecture.model;

import com.lpai.application.connection.InstallAppUseCase;
import com.lpai.dev.sandbox.http.Answer;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.WebhookStatus;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * One run: a connected location, steps, and then quiet. Both sides and what persons did on either
 * are left to be judged.
 */
final class SyncRun implements AutoCloseable {
  static final LocationId LOCATION = new LocationId(ModelGhl.LOCATION);
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant FIRST_HOUR = Instant.parse("2026-11-24T00:00:00Z");
  private static final int ROUNDS = 60;

  final Stores stores = new Stores();
  final ModelGhl ghl;
  final Sides sides;
  private final Random chance;
  private final Duration skew;
  private final CallNotes notes;
  private final Function<Request, Answer> answers;
  private final Webhooks<String> webhooks;
  private final List<String> story = new ArrayList<>();
  private final Persons persons;
  private Server server;
  private Server other;
  private int tokens;

  private SyncRun(long seed, int contacts, boolean noting) {
    chance = new Random(seed);
    skew = Duration.ofSeconds(chance.nextInt(241) - 120L);
    webhooks = new Webhooks<>(chance);
    ghl = new ModelGhl(Math.floorMod(seed, 1000), START, contacts, webhooks::sent);
    sides =
        new Sides(
            new Here(LOCATION, stores.contacts, stores.projects, stores.appointments),
            ghl,
            FIRST_HOUR);
    persons = new Persons(sides, story::add);
    notes = new CallNotes(sides, ghl.sandbox::answer);
    answers = noting ? notes::noted : ghl.sandbox::answer;
    InProcessGhl.leadTo(ghl.sandbox, answers);
    server = process();
    other = process();
    install();
    sides.begin();
  }

  /** A small location that is connected and copied. */
  static SyncRun of(long seed) {
    return new SyncRun(seed, 2, true);
  }

  /** One with more contacts, whose calls are not looked at one by one. */
  static SyncRun ofMany(int contacts) {
    return new SyncRun(0, contacts, false);
  }

  private Server process() {
    return new Server(
        stores,
        "instance" + tokens++,
        () -> ghl.sandbox.clock().instant().plus(skew),
        () -> "token" + tokens++,
        chance::nextDouble,
        ghl.sandbox::advanceClock);
  }

  private void install() {
    Secret code = new Secret(ghl.sandbox.newAuthorizationCode(ModelGhl.LOCATION));
    InstallAppUseCase.Outcome outcome = server.connecting.installing().complete(code, "", "");
    if (!(outcome instanceof InstallAppUseCase.Outcome.Installed)) {
      throw new AssertionError("not installed: " + outcome);
    }
    for (int round = 0; round < 5; round++) {
      hear(Step.Arrival.ALL);
      server.doChores();
      server.runSetup();
      advance(Duration.ofMinutes(3));
    }
    requireCopied();
  }

  private void requireCopied() {
    var setup = stores.locations.find(LOCATION).orElseThrow().setup();
    if (setup.isAtWork()) {
      throw new AssertionError("the setup does not come to its end: " + setup);
    }
  }

  // ---- steps

  void take(List<Step> steps) {
    for (Step step : steps) {
      advance(Duration.ofSeconds(1));
      story.add(step.toString());
      notes.stepBegins();
      try {
        take(server, step);
      } catch (Crash crash) {
        story.add("  died");
        notes.died();
        server = process();
      }
    }
  }

  private void take(Server at, Step step) {
    switch (step) {
      case Step.ByPerson byPerson -> persons.take(at, byPerson);
      case Step.Push push -> at.push();
      case Step.Hear(Step.Arrival arrival) -> hear(at, arrival);
      case Step.Apply apply -> at.processWebhooks();
      case Step.Lose(int count) -> webhooks.lose(count);
      case Step.Trouble(Step.Fault fault, int times) -> InProcessGhl.trouble(fault.json(), times);
      case Step.ExpireTokens expire ->
          ghl.sandbox.control("POST", "/sandbox/tokens/expire", "{\"all\":true}");
      case Step.Wait(Duration time) -> advance(time);
      case Step.CrashAt(int call, Outside.Moment moment) -> at.outside.planCrash(call, moment);
      case Step.Meanwhile(int call, Outside.Moment moment, Step meanwhile) ->
          at.outside.plan(call, moment, () -> meanwhile(meanwhile));
      case Step.Copy copy -> {
        at.setup.request(LOCATION, false);
        at.runSetup();
      }
    }
  }

  private void meanwhile(Step step) {
    story.add("  meanwhile");
    other.whileOthersCall(() -> take(other, step));
  }

  /** Calls of ours that the sandbox got since they were counted last. */
  Map<String, Integer> callsSince() {
    Map<String, Integer> calls = new HashMap<>();
    ghl.sandbox
        .control("GET", "/sandbox/calls?actor=app", "")
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .forEach(
            call ->
                calls.merge(
                    call.getString("method") + " " + call.getInt("status"),
                    call.getInt("count"),
                    Integer::sum));
    ghl.sandbox.clearCalls();
    return calls;
  }

  void advance(Duration time) {
    ghl.sandbox.advanceClock(time);
  }

  // ---- webhooks

  private void hear(Step.Arrival arrival) {
    hear(server, arrival);
  }

  private void hear(Server at, Step.Arrival arrival) {
    webhooks.arrive(
        arrival,
        body -> {
          at.receive(body);
          return true;
        });
    at.processWebhooks();
  }

  // ---- quiet

  /**
   * Nothing goes wrong any more, time passes, and all that is due is done, until nothing is left;
   * persons try again what failed, and do as they are told where that does not help. At last
   * everything is compared, since a lost webhook is noticed by nothing else.
   */
  void calmDown() {
    server.outside.forgetPlan();
    other.outside.forgetPlan();
    InProcessGhl.leadTo(ghl.sandbox, answers);
    settle();
    copyAll();
    settle();
  }

  private void settle() {
    for (int round = 0; round < ROUNDS; round++) {
      advance(round < 5 ? Duration.ofMinutes(1) : Duration.ofMinutes(16));
      server.doChores();
      hear(Step.Arrival.ALL);
      server.push();
      server.runSetup();
      if (isQuiet()) {
        return;
      }
      if (round % 4 == 3) {
        goOnAsPerson(round > ROUNDS / 2);
      }
    }
    throw new AssertionError("it does not come to rest: " + restless());
  }

  private boolean isQuiet() {
    return webhooks.areAllOver() && restless().isEmpty();
  }

  private List<String> restless() {
    List<String> found = new ArrayList<>(sides.here.restless());
    Map<WebhookStatus, Long> depth = stores.queue.depth();
    long open = depth.getOrDefault(WebhookStatus.PENDING, 0L);
    if (open > 0) {
      found.add(open + " events open");
    }
    if (stores.locations.find(LOCATION).orElseThrow().setup().isAtWork()) {
      found.add("setup");
    }
    return found;
  }

  private void goOnAsPerson(boolean hasTriedOften) {
    installAgainIfRefused();
    persons.goOn(server, hasTriedOften);
  }

  /**
   * Where the answer with the new tokens died with the process that asked, one installs again.
   *
   * @return whether that was needed
   */
  private boolean installAgainIfRefused() {
    boolean isRefused =
        stores
            .connections
            .find(LOCATION)
            .filter(connection -> connection.state() instanceof ConnectionState.NeedsReauth)
            .isPresent();
    if (isRefused) {
      story.add("  installed again");
      install();
    }
    return isRefused;
  }

  /** The copy may be the first to find out that the connection is refused. */
  private void copyAll() {
    runCopy();
    if (installAgainIfRefused()) {
      runCopy();
    }
    requireCopied();
  }

  private void runCopy() {
    server.setup.request(LOCATION, true);
    for (int round = 0; round < 5; round++) {
      server.runSetup();
      advance(Duration.ofMinutes(2));
    }
  }

  List<? extends Mirrored<?, ?, ?>> live(ModelKind kind) {
    return sides.here.live(kind);
  }

  String valueHere(Mirrored<?, ?, ?> record, ModelField field) {
    return sides.valueHere(record, field);
  }

  /** What happened, a line each. */
  String story() {
    return String.join("\n", story);
  }

  @Override
  public void close() {
    ghl.close();
  }
}
