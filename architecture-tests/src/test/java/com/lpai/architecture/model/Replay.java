package com.lpai.architecture.model;

import com.lpai.architecture.system.HttpCalls;
import com.lpai.architecture.system.MortalServers;
import com.lpai.architecture.system.ServerInstance;
import com.lpai.dev.wire.Match;
import com.lpai.dev.wire.Rule;
import com.lpai.dev.wire.Then;
import com.lpai.dev.wire.When;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import jakarta.json.Json;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** One seed on the processes of a {@link ModelReplay}. */
final class Replay {
  private static final int ROUNDS = 60;
  private static final int ROUNDS_OF_MINUTES = 5;
  private static final Duration LOOK = Duration.ofMillis(50);

  /** A server hears of what is due within a second. */
  private static final Duration SOON = Duration.ofMillis(2_500);

  /** Whoever holds a command of a server for a person, waits for other persons so long. */
  private static final Duration PATIENCE_OF_A_PERSON = Duration.ofMillis(500);

  private final ModelReplay on;
  private final LocationId location;
  private final Sides sides;
  private final Persons persons;
  private final Webhooks<Carrier.Letter> webhooks;
  private final List<String> story = Collections.synchronizedList(new ArrayList<>());
  private final List<String> troubles = Collections.synchronizedList(new ArrayList<>());
  private final Queue<Step> postponed = new ConcurrentLinkedQueue<>();
  private final AtomicInteger interruptions = new AtomicInteger();
  private final List<Step> steps;
  private Optional<MortalServers.Death> death = Optional.empty();
  private Optional<Rule> interruption = Optional.empty();
  private ServerInstance server;
  private int deaths;

  Replay(ModelReplay on, long seed) {
    this.on = on;
    location = new LocationId("model" + seed);
    steps = Steps.of(seed);
    webhooks = new Webhooks<>(new Random(seed));
    server = on.system.server(1);
    on.sandbox.control(
        "/sandbox/locations",
        """
        {"locationId":"%s","timezone":"%s","allowDuplicateOpportunity":true,"users":2,
         "contacts":2,"opportunities":1,"calendars":1,"pipelines":1,"customFields":4,
         "customValues":0,"lostReasons":0}
        """
            .formatted(location.value(), Ghl.ZONE));
    Ghl there =
        new GhlOverHttp(location.value(), on.control, on.sandbox.asUserOf(location.value()));
    Here here =
        new Here(location, on.mongo.contacts(), on.mongo.projects(), on.mongo.appointments());
    Instant firstHour = on.sandbox.now().truncatedTo(ChronoUnit.DAYS).plus(2, ChronoUnit.DAYS);
    sides = new Sides(here, there, firstHour);
    persons = new Persons(sides, story::add);
    on.carrier.collects(location.value(), webhooks::sent);
    on.road.passes(sides);
  }

  /** Takes the steps, lets everything come to rest, and has it judged. */
  ModelReplay.Outcome run() {
    try {
      install();
      sides.begin();
      take(steps);
      calmDown();
    } catch (RuntimeException | AssertionError thrown) {
      troubles.add("it broke off: " + thrown);
      for (StackTraceElement frame : thrown.getStackTrace()) {
        story.add("    at " + frame);
      }
      return outcome(troubles, 0, 0);
    }
    Verdict verdict = Verdict.of(sides);
    List<String> faults = new ArrayList<>(troubles);
    faults.addAll(verdict.faults());
    faults.addAll(RestRecords.faults(operator(), location, sides));
    return outcome(faults, verdict.conflicts(), verdict.replacedUnseen());
  }

  private ModelReplay.Outcome outcome(List<String> faults, int conflicts, int replacedUnseen) {
    int records = 0;
    for (ModelKind kind : ModelKind.values()) {
      records += sides.here.live(kind).size();
    }
    return new ModelReplay.Outcome(
        steps.size(),
        deaths,
        interruptions.get(),
        sides.tales.howManyEdits(),
        records,
        conflicts,
        replacedUnseen,
        faults,
        story);
  }

  /** Whatever comes of it, the next seed finds both servers at work, and this location at rest. */
  void end() {
    forgetPlans();
    on.road.isClear();
    on.servers.startTheDead();
    on.forgetOperators();
    on.carrier.collects("", letter -> {});
    on.control.delete("/sandbox/installs/" + location.value());
  }

  private void install() {
    on.sandbox.installs(location.value());
    for (int round = 0; round < ROUNDS && !isCopied(); round++) {
      hear(server, Step.Arrival.ALL);
      within(SOON, this::isCopied);
      if (!isCopied()) {
        turn(Duration.ofMinutes(3));
      }
    }
    requireCopied();
    hear(server, Step.Arrival.ALL);
    // Events are nearer to the setup's reads than they may be; each would cost a read of its own.
    turn(Duration.ofMinutes(15));
  }

  private boolean isCopied() {
    HttpCalls.Answer answer = operator().get("/api/locations/" + location.value() + "/setup");
    return answer.status() == 200 && answer.json().getString("state", "").equals("done");
  }

  private void requireCopied() {
    if (!isCopied()) {
      throw new AssertionError(
          "the setup does not come to its end: "
              + operator().get("/api/locations/" + location.value() + "/setup").body());
    }
  }

  // ---- steps

  private void take(List<Step> all) {
    on.road.holds();
    for (Step step : all) {
      lookAfterTheDead();
      story.add(step.toString());
      attempt(step);
      while (!postponed.isEmpty()) {
        attempt(postponed.remove());
      }
    }
    lookAfterTheDead();
  }

  private void attempt(Step step) {
    try {
      take(server, step);
    } catch (UncheckedIOException noAnswer) {
      story.add("  no answer: " + noAnswer.getMessage());
      within(SOON, () -> isDead() || isReady(server));
      lookAfterTheDead();
    }
  }

  private void take(ServerInstance at, Step step) {
    switch (step) {
      case Step.ByPerson byPerson -> on.road.alone(() -> persons.take(hands(at), byPerson));
      case Step.Push push -> push();
      case Step.Hear(Step.Arrival arrival) -> {
        hear(at, arrival);
        awaitApplied();
      }
      case Step.Apply apply -> awaitApplied();
      case Step.Lose(int count) -> {
        collect();
        webhooks.lose(count);
      }
      case Step.Trouble(Step.Fault fault, int times) -> on.road.trouble(fault, times);
      case Step.ExpireTokens expire ->
          on.sandbox.control(
              "/sandbox/tokens/expire",
              Json.createObjectBuilder().add("locationId", location.value()).build().toString());
      case Step.Wait(Duration time) -> {
        push();
        turn(time);
      }
      case Step.CrashAt(int call, Outside.Moment moment) -> planDeath(call, moment);
      case Step.Meanwhile(int call, Outside.Moment moment, Step meanwhile) ->
          planInterruption(call, moment, meanwhile);
      case Step.Copy copy -> {
        requestCopy(at, false);
        within(SOON, this::isCopied);
      }
    }
  }

  private RestHands hands(ServerInstance at) {
    return new RestHands(location, () -> on.operator(at));
  }

  private HttpCalls operator() {
    return on.operator(server);
  }

  /** What was held goes on its way, and what follows from it, too. */
  private void push() {
    on.road.open();
    within(SOON, on.road::isQuiet);
    on.road.holds();
  }

  // ---- webhooks

  private void hear(ServerInstance at, Step.Arrival arrival) {
    collect();
    webhooks.arrive(arrival, letter -> Carrier.brings(letter, at.calls()));
  }

  /** What the sandbox has sent is with the carrier. */
  private void collect() {
    within(
        SOON,
        () ->
            on.control
                .get("/sandbox/webhooks?state=pending")
                .json()
                .getJsonArray("items")
                .isEmpty());
  }

  private void awaitApplied() {
    within(SOON, () -> openEvents() == 0);
  }

  private long openEvents() {
    return on.system
        .database()
        .getCollection("webhook_queue")
        .countDocuments(
            Filters.and(
                Filters.eq("locationId", location.value()),
                Filters.in("status", "pending", "waiting")));
  }

  // ---- deaths and interruptions

  private Match command(int call) {
    return Match.any().containing(location.value()).nth(call + 1);
  }

  private static Function<When, Then> at(Outside.Moment moment) {
    return switch (moment) {
      case BEFORE -> When::before;
      case AFTER -> When::afterReply;
    };
  }

  private void planDeath(int call, Outside.Moment moment) {
    forgetPlans();
    on.servers.awaitBoth();
    death = Optional.of(on.servers.next(server, command(call), at(moment)));
  }

  private void planInterruption(int call, Outside.Moment moment, Step meanwhile) {
    forgetPlans();
    // While the other one is starting, the same one does both.
    ServerInstance other = isReady(otherThan(server)) ? otherThan(server) : server;
    AtomicInteger times = new AtomicInteger();
    interruption =
        Optional.of(
            on.servers.interrupt(
                server,
                command(call),
                at(moment),
                () -> {
                  if (times.getAndIncrement() == 0) {
                    meanwhile(other, meanwhile);
                  }
                }));
  }

  private static boolean isReady(ServerInstance one) {
    try {
      return one.calls().get("/health/ready").status() == 200;
    } catch (UncheckedIOException starting) {
      return false;
    }
  }

  private ServerInstance otherThan(ServerInstance one) {
    return on.system.servers().stream().filter(it -> it != one).findFirst().orElseThrow();
  }

  /**
   * Runs while a command of a server is held. Where that server works for a person at this moment,
   * nobody else can do anything: it is done a moment later.
   */
  private void meanwhile(ServerInstance by, Step step) {
    try {
      if (step instanceof Step.ByPerson byPerson) {
        boolean isDone =
            on.road.aloneWithin(
                PATIENCE_OF_A_PERSON,
                () -> {
                  story.add("  meanwhile");
                  persons.take(hands(by), byPerson);
                });
        if (!isDone) {
          postponed.add(step);
          return;
        }
      } else {
        story.add("  meanwhile");
        take(by, step);
      }
      interruptions.incrementAndGet();
    } catch (UncheckedIOException noAnswer) {
      story.add("  no answer: " + noAnswer.getMessage());
    } catch (RuntimeException | AssertionError thrown) {
      troubles.add("meanwhile: " + thrown);
    }
  }

  /** What was planned and has not happened does not happen any more. */
  private void forgetPlans() {
    if (death.isPresent()) {
      death.ifPresent(MortalServers.Death::averted);
      // One that is about to die has not died yet.
      ModelReplay.pause(LOOK);
      within(SOON, () -> isDead() || isReady(server));
    }
    lookAfterTheDead();
    death = Optional.empty();
    interruption.ifPresent(Rule::remove);
    interruption = Optional.empty();
  }

  private boolean isDead() {
    return death.filter(MortalServers.Death::hasHappened).isPresent();
  }

  /** Who died begins to start again; what comes next is done through the other one. */
  private void lookAfterTheDead() {
    if (!isDead()) {
      return;
    }
    story.add("  died");
    deaths++;
    death.ifPresent(MortalServers.Death::startAgain);
    death = Optional.empty();
    server = otherThan(server);
    on.forgetOperators();
  }

  // ---- quiet

  private void calmDown() {
    forgetPlans();
    on.servers.startTheDead();
    on.forgetOperators();
    on.road.isClear();
    settle();
    copyAll();
    settle();
  }

  private void settle() {
    for (int round = 0; round < ROUNDS; round++) {
      turn(round < ROUNDS_OF_MINUTES ? Duration.ofMinutes(1) : Duration.ofMinutes(16));
      hear(server, Step.Arrival.ALL);
      if (within(SOON, this::isQuiet)) {
        return;
      }
      if (round % 4 == 3) {
        goOnAsPerson(round > ROUNDS / 2);
      }
    }
    throw new AssertionError("it does not come to rest: " + restless());
  }

  /** Nothing is left to do, and a moment later nothing is either. */
  private boolean isQuiet() {
    if (!restless().isEmpty() || !on.road.isQuiet()) {
      return false;
    }
    collect();
    return webhooks.areAllOver() && restless().isEmpty();
  }

  private List<String> restless() {
    List<String> found = new ArrayList<>(sides.here.restless());
    long open = openEvents();
    if (open > 0) {
      found.add(open + " events open");
    }
    if (!isCopied()) {
      found.add("setup");
    }
    return found;
  }

  /** Where the answer with the new tokens died with the server that asked, one installs again. */
  private void goOnAsPerson(boolean hasTriedOften) {
    String connection =
        operator()
            .get("/api/locations/" + location.value())
            .json()
            .getJsonObject("connection")
            .getString("state");
    if (connection.equals("needsReauth")) {
      story.add("  installed again");
      install();
    }
    on.road.alone(() -> persons.goOn(hands(server), hasTriedOften));
  }

  private void copyAll() {
    requestCopy(server, true);
    for (int round = 0; round < ROUNDS && !within(SOON, this::isCopied); round++) {
      turn(Duration.ofMinutes(2));
    }
    requireCopied();
  }

  private void requestCopy(ServerInstance at, boolean everything) {
    HttpCalls.Answer answer =
        on.operator(at)
            .post(
                "/api/locations/setup-location",
                Json.createObjectBuilder()
                    .add("locationId", location.value())
                    .add("fullSync", everything)
                    .build());
    if (answer.status() != 202) {
      throw new AssertionError("a copy was answered " + answer.status() + " " + answer.body());
    }
  }

  /**
   * While no call is at GoHighLevel: one that it took after its clock was turned, and of which a
   * server learns before it follows, would seem to be that much older to the server than it is.
   */
  private void turn(Duration time) {
    on.road.alone(() -> on.sandbox.turnsClock(time.toString()));
  }

  /** Whether it came true within this time. */
  private static boolean within(Duration time, BooleanSupplier condition) {
    long end = System.nanoTime() + time.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      ModelReplay.pause(LOOK);
    }
    return true;
  }
}
