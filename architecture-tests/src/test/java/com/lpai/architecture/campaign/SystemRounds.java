package com.lpai.architecture.campaign;

import com.lpai.architecture.system.AcknowledgedWebhooks;
import com.lpai.architecture.system.HttpCalls;
import com.lpai.architecture.system.RunningSystem;
import com.lpai.architecture.system.Sandbox;
import jakarta.json.JsonObject;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * kill -9 of the server, and of the database under it, while both sides are edited in bad weather.
 * After each round everything that our API acknowledged must be here; at the end both sides must be
 * equal field by field.
 */
final class SystemRounds {
  private static final int LOCATIONS = 3;
  private static final int WORKERS_EACH = 3;
  private static final int CONTACTS_EACH = 60;
  private static final int QUIET_WITHIN_SECONDS = 300;

  private final int rounds;
  private final Random random;
  private final Findings findings;
  private final List<Worker> workers = new ArrayList<>();

  /** Workers read-lock it for each change; who write-locks it finds nobody at work. */
  private final ReadWriteLock gate = new ReentrantReadWriteLock(true);

  private final Map<String, HttpCalls> users = new TreeMap<>();
  private volatile boolean over;

  SystemRounds(int rounds, long seed, Findings findings) {
    this.rounds = rounds;
    this.random = new Random(seed);
    this.findings = findings;
  }

  /** Returns the part of the report. */
  List<String> run() {
    List<String> lines = new ArrayList<>();
    lines.add("## Server, and database under the server");
    lines.add("");
    lines.add(
        ("%d locations, %d people at work on both sides: edits, tags, creates, deletes. Weather:"
                + " latency, lost answers, 502, 503, 429, dropped connections, doubled and late"
                + " webhooks.")
            .formatted(LOCATIONS, LOCATIONS * WORKERS_EACH));
    lines.add("");
    try (RunningSystem system =
            RunningSystem.builder().setting("LPAI_LOOKUP_DELAY", "PT2S").start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      run(system, threads, lines);
    }
    return lines;
  }

  private void run(RunningSystem system, ExecutorService threads, List<String> lines) {
    HttpCalls server = system.server();
    Sandbox sandbox = new Sandbox(system);
    for (int i = 1; i <= LOCATIONS; i++) {
      install(system, sandbox, "kill" + i);
    }
    Persistent here =
        new Persistent(() -> server.withBearer(system.evaluationToken()), random.nextLong());
    users.forEach((locationId, user) -> employ(system, locationId, here, user));
    AcknowledgedWebhooks webhooks = new AcknowledgedWebhooks(system.sandbox());
    Weather weather = new Weather(sandbox, random.nextLong());
    workers.forEach(worker -> threads.execute(() -> work(worker)));
    threads.execute(() -> watch(webhooks, weather));

    lines.add("| round | killed | serving again after | changes acknowledged so far | compared |");
    lines.add("|---|---|---|---|---|");
    for (int round = 1; round <= rounds; round++) {
      lines.add(round(system, round, true));
      lines.add(round(system, round, false));
    }
    stopWork();
    weather.clears();

    long start = System.nanoTime();
    boolean quiet = awaitQuiet(system, webhooks);
    lines.add("");
    lines.add(
        quiet
            ? "Everything was synced %d s after the last change."
                .formatted(Pace.millisSince(start) / 1000)
            : "**It did not become quiet within %d s.**".formatted(QUIET_WITHIN_SECONDS));
    if (!quiet) {
      findings.add("the system did not become quiet: " + waiting(system, webhooks));
    }
    lines.add("");
    lines.addAll(atTheEnd(system, webhooks, here));
  }

  private void install(RunningSystem system, Sandbox sandbox, String locationId) {
    sandbox.hasLocation(locationId, CONTACTS_EACH);
    sandbox.installs(locationId);
    users.put(locationId, sandbox.asUserOf(locationId));
    await(
        60,
        () ->
            system
                .operator()
                .get("/api/locations/" + locationId + "/setup")
                .json()
                .getString("state", "")
                .equals("done"));
  }

  private void employ(RunningSystem system, String locationId, Persistent here, HttpCalls user) {
    Persistent there = new Persistent(() -> user, random.nextLong());
    List<Worker> employed = new ArrayList<>();
    for (int i = 1; i <= WORKERS_EACH; i++) {
      String name = locationId + "." + i;
      employed.add(new Worker(locationId, name, random.nextLong(), here, there, findings));
    }
    int next = 0;
    for (JsonObject contact : new BothSides(locationId, system::operator, user).ours()) {
      employed
          .get(next++ % WORKERS_EACH)
          .takes(
              new ContactUnderTest(
                  contact.getString("id"),
                  contact.getString("ghlContactId"),
                  contact.getString("ghlContactId")));
    }
    workers.addAll(employed);
  }

  private void work(Worker worker) {
    try {
      while (!over) {
        gate.readLock().lock();
        try {
          if (!over) {
            worker.work();
          }
        } finally {
          gate.readLock().unlock();
        }
        Pace.pause(20);
      }
    } catch (RuntimeException failure) {
      findings.add("a worker of " + worker.locationId() + " failed: " + failure);
    }
  }

  private void stopWork() {
    gate.writeLock().lock();
    try {
      over = true;
    } finally {
      gate.writeLock().unlock();
    }
  }

  private void watch(AcknowledgedWebhooks webhooks, Weather weather) {
    for (int second = 0; !over; second++) {
      webhooks.note();
      if (second % 3 == 0) {
        weather.changes();
      }
      Pace.pause(1_000);
    }
  }

  private String round(RunningSystem system, int round, boolean server) {
    Pace.pause(random.nextInt(2_000, 6_000));
    long start = System.nanoTime();
    if (server) {
      system.killServer();
      system.startServer();
    } else {
      system.killDatabase();
      Pace.pause(random.nextInt(0, 3_000));
      system.startDatabase();
    }
    awaitServing(system);
    long millis = Pace.millisSince(start);
    int compared = checkOurSide(system);
    String line =
        "| %d | %s | %.1f s | %d | %d contacts |"
            .formatted(
                round,
                server ? "server" : "database",
                millis / 1000.0,
                done().values().stream().mapToInt(Integer::intValue).sum(),
                compared);
    Pace.say(line);
    return line;
  }

  private static void awaitServing(RunningSystem system) {
    await(60, () -> system.operator().get("/api/locations").status() == 200);
  }

  /** All that our API has acknowledged is here, while nobody is at work. */
  private int checkOurSide(RunningSystem system) {
    gate.writeLock().lock();
    try {
      int compared = 0;
      for (Map.Entry<String, HttpCalls> user : users.entrySet()) {
        Map<String, JsonObject> stored = new HashMap<>();
        new BothSides(user.getKey(), system::operator, user.getValue())
            .ours()
            .forEach(contact -> stored.put(contact.getString("id"), contact));
        for (Worker worker : workers) {
          if (worker.locationId().equals(user.getKey())) {
            compared += checkOurs(worker, stored);
          }
        }
      }
      return compared;
    } finally {
      gate.writeLock().unlock();
    }
  }

  private int checkOurs(Worker worker, Map<String, JsonObject> stored) {
    int compared = 0;
    for (ContactUnderTest contact : worker.contacts()) {
      if (contact.isKnownHere()) {
        compared++;
        Optional<JsonObject> found = Optional.ofNullable(stored.get(contact.id()));
        String city = found.map(it -> it.getString("city", "")).orElse("");
        if (found.isEmpty()) {
          findings.add(
              worker.locationId() + ": " + contact.name() + " was acknowledged and is gone");
        } else if (contact.city().isPresent() && !contact.city().get().equals(city)) {
          findings.add(
              "%s: the city of %s is %s, acknowledged was %s"
                  .formatted(worker.locationId(), contact.name(), city, contact.city().get()));
        }
      }
    }
    return compared;
  }

  private static boolean awaitQuiet(RunningSystem system, AcknowledgedWebhooks webhooks) {
    return await(
        QUIET_WITHIN_SECONDS,
        () -> {
          if (waiting(system, webhooks).isEmpty()) {
            // Once more: what was just settled may have caused the next thing.
            Pace.pause(2_000);
            return waiting(system, webhooks).isEmpty();
          }
          return false;
        });
  }

  /** What is still to be done, in words; empty when nothing is. */
  private static String waiting(RunningSystem system, AcknowledgedWebhooks webhooks) {
    List<String> waiting = new ArrayList<>();
    int undelivered = webhooks.note();
    if (undelivered > 0) {
      waiting.add(undelivered + " webhooks to be delivered");
    }
    JsonObject queue =
        system.operator().get("/api/operations/overview").json().getJsonObject("queue");
    if (queue.getInt("pending") + queue.getInt("waiting") > 0) {
      waiting.add("the queue " + queue);
    }
    for (int i = 1; i <= LOCATIONS; i++) {
      JsonObject contacts =
          system
              .operator()
              .get("/api/locations/kill" + i + "/sync-health")
              .json()
              .getJsonObject("contacts");
      if (contacts.getInt("pending") + contacts.getInt("blocked") > 0) {
        waiting.add("kill" + i + " " + contacts);
      }
    }
    return String.join(", ", waiting);
  }

  private Map<String, Integer> done() {
    Map<String, Integer> done = new TreeMap<>();
    workers.forEach(
        worker ->
            Map.copyOf(worker.done())
                .forEach((what, times) -> done.merge(what, times, Integer::sum)));
    return done;
  }

  private List<String> atTheEnd(
      RunningSystem system, AcknowledgedWebhooks webhooks, Persistent here) {
    webhooks.check(system.database(), findings::add);
    int contacts = 0;
    for (Map.Entry<String, HttpCalls> user : users.entrySet()) {
      BothSides sides = new BothSides(user.getKey(), system::operator, user.getValue());
      contacts += sides.compare(findings);
      checkExpected(user.getKey(), sides.theirs());
    }
    checkOurSide(system);
    List<String> lines = new ArrayList<>();
    lines.add("| at the end | |");
    lines.add("|---|---|");
    done().forEach((what, times) -> lines.add("| %s, acknowledged | %d |".formatted(what, times)));
    lines.add(
        "| REST calls without an answer, or answered \"again\" | %d |"
            .formatted(here.unanswered()));
    lines.add(
        "| webhooks acknowledged, each stored once and over | %d |".formatted(webhooks.count()));
    lines.add("| contacts equal on both sides, field by field | %d |".formatted(contacts));
    lines.add("");
    return lines;
  }

  /** What each side acknowledged is in GoHighLevel, and what was deleted is not. */
  private void checkExpected(String locationId, List<JsonObject> theirs) {
    Map<String, JsonObject> byName = new HashMap<>();
    for (JsonObject contact : theirs) {
      byName.put(contact.getString("id"), contact);
      if (contact.containsKey("email") && byName.put(contact.getString("email"), contact) != null) {
        findings.add(locationId + ": " + contact.getString("email") + " is there twice");
      }
    }
    for (Worker worker : workers) {
      if (worker.locationId().equals(locationId)) {
        worker.contacts().forEach(contact -> checkThere(locationId, contact, byName));
        worker.deleted().stream()
            .filter(byName::containsKey)
            .forEach(name -> findings.add(locationId + ": " + name + " was deleted and is there"));
      }
    }
  }

  private void checkThere(
      String locationId, ContactUnderTest contact, Map<String, JsonObject> byName) {
    JsonObject there = byName.get(contact.name());
    if (there == null) {
      findings.add(locationId + ": " + contact.name() + " was acknowledged and is not there");
      return;
    }
    checkField(locationId, contact.name(), "city", contact.city(), there);
    checkField(locationId, contact.name(), "state", contact.state(), there);
  }

  private void checkField(
      String locationId, String name, String field, Optional<String> expected, JsonObject there) {
    if (expected.isPresent() && !expected.get().equals(there.getString(field, ""))) {
      findings.add(
          "%s: the %s of %s is %s there, acknowledged was %s"
              .formatted(locationId, field, name, there.getString(field, ""), expected.get()));
    }
  }

  /** A look twice a second; a server that is starting may not answer. */
  private static boolean await(int seconds, java.util.function.BooleanSupplier condition) {
    for (int look = 0; look < seconds * 2; look++) {
      try {
        if (condition.getAsBoolean()) {
          return true;
        }
      } catch (UncheckedIOException notYet) {
        Pace.say("waiting: " + notYet.getMessage());
      }
      Pace.pause(500);
    }
    return false;
  }
}
