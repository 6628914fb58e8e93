package com.lpai.architecture.system;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;

/**
 * People change records of every kind in GoHighLevel, one after the other, while its webhooks come
 * twice, late, in another order and wrongly signed at first. Whatever is killed meanwhile: each
 * event that was answered 200 must be stored once and over, those of one record must have been
 * applied in their order, and in the end both sides must be equal, field by field: GoHighLevel's
 * own records are the model.
 */
@SuppressWarnings("JavaUtilDate") // the driver's
public final class WebhookStorm implements AutoCloseable {
  private static final List<String> LOCATIONS = List.of("storm1", "storm2");
  private static final int PERSONS_EACH = 3;
  private static final int WEATHER_MILLIS = 700;
  private static final int FAULTS_AT_A_TIME = 3;
  private static final int SOME = 3;

  /** So long an event may take until it is stored while the database is killed. */
  private static final Duration LONGEST_STORING = Duration.ofSeconds(15);

  private static final int CHANGES_A_NOTE = 5;
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
  private static final List<String> FAULTS =
      List.of(
          "{'kind':'webhookDuplicate','copies':3,'times':8}",
          "{'kind':'webhookDelay','delayMs':1500,'times':8}",
          "{'kind':'webhookReorder','windowMs':800,'times':8}",
          "{'kind':'webhookBadSignature','times':3}",
          "{'kind':'status','status':503,'times':3,'match':{'method':'GET'}}",
          "{'kind':'latency','latencyMs':300,'times':5,'match':{'method':'GET'}}");

  private final RunningSystem system;
  private final Sandbox sandbox;
  private final long seed;
  private final Duration rest;
  private final AcknowledgedWebhooks webhooks;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, AtomicLong> done = new ConcurrentHashMap<>();
  private final List<String> troubles = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean blowing;

  /**
   * A storm over two locations of its own, which are installed now.
   *
   * @param rest how long each person waits after a change: the less, the stronger it blows
   */
  public WebhookStorm(RunningSystem system, long seed, Duration rest) {
    this.system = system;
    this.seed = seed;
    this.rest = rest;
    sandbox = new Sandbox(system);
    webhooks = new AcknowledgedWebhooks(system.sandbox());
    BigLocation.withoutLimits(sandbox);
    sandbox.behaves("{\"webhookFirstRetrySeconds\":1,\"webhookLongestRetrySeconds\":4}");
    for (String location : LOCATIONS) {
      sandbox.control(
          "/sandbox/locations",
          """
          {"locationId":"%s","contacts":60,"opportunities":30,"appointments":12,"calendars":2,
           "conversations":12,"messages":40,"users":2,"seed":%d}
          """
              .formatted(location, seed));
      sandbox.installs(location);
    }
    for (String location : LOCATIONS) {
      until(
          "the setup of " + location,
          () -> BigLocation.setup(system, location).getString("state", "").equals("done"));
    }
    // Events are nearer to the setup's reads than they may be; each would cost a read of its own.
    sandbox.turnsClock("PT1H");
  }

  /** It begins to blow. */
  public void begin() {
    blowing = true;
    Random random = new Random(seed);
    for (String location : LOCATIONS) {
      for (int person = 0; person < PERSONS_EACH; person++) {
        Person works = new Person(location, person, new Random(random.nextLong()));
        threads.execute(() -> work(works));
      }
    }
    Random weather = new Random(random.nextLong());
    threads.execute(() -> changeWeather(weather));
  }

  private void work(Person person) {
    while (blowing) {
      try {
        person.changesSomething();
      } catch (UncheckedIOException | IllegalStateException trouble) {
        troubles.add("a person could not go on: " + trouble);
        return;
      }
      pause(rest);
    }
  }

  private void changeWeather(Random random) {
    for (int change = 0; blowing; change++) {
      List<String> faults = new ArrayList<>(FAULTS);
      Collections.shuffle(faults, random);
      sandbox.faults(
          "[" + String.join(",", faults.subList(0, FAULTS_AT_A_TIME)).replace('\'', '"') + "]");
      if (change % CHANGES_A_NOTE == 0) {
        webhooks.note();
      }
      pause(Duration.ofMillis(WEATHER_MILLIS));
    }
  }

  /** Lets it blow for so long. */
  public static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** It stops, and everything is given the time to come to its end; says what does not. */
  public List<String> endsAndIsFoundOut(Duration patience) {
    blowing = false;
    sandbox.noFaults();
    List<String> findings = new ArrayList<>(troubles);
    long end = System.nanoTime() + patience.toNanos();
    while (!isQuiet()) {
      if (System.nanoTime() > end) {
        findings.add("it did not become quiet: " + waiting());
        break;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    webhooks.check(system.database(), findings::add);
    checkOrder(findings);
    for (String location : LOCATIONS) {
      FieldByField.Result result = FieldByField.compared(system, location);
      if (result.different() > 0) {
        findings.add(location + ": " + result);
        result.differences().forEach(difference -> findings.addAll(story(location, difference)));
      }
    }
    return findings;
  }

  /** Nothing waits, and a moment later nothing does either: what was settled may cause more. */
  private boolean isQuiet() {
    if (!waiting().isEmpty()) {
      return false;
    }
    pause(Duration.ofSeconds(2));
    return waiting().isEmpty();
  }

  private String waiting() {
    int undelivered = webhooks.note();
    long unsettled = queue().countDocuments(Filters.in("status", "pending", "waiting"));
    return undelivered + unsettled == 0
        ? ""
        : "%d to be delivered, %d in the queue".formatted(undelivered, unsettled);
  }

  private MongoCollection<Document> queue() {
    return system.database().getCollection("webhook_queue");
  }

  /**
   * The events of one record ended in the order in which they were acknowledged: one that came
   * while another was still being stored may be applied before it. What is over has the time of its
   * end where a waiting one has the time it waits for.
   */
  private void checkOrder(List<String> findings) {
    Map<String, List<Document>> lines = new HashMap<>();
    for (Document event :
        queue()
            .find(Filters.in("locationId", LOCATIONS))
            .projection(
                Projections.include(
                    "locationId", "entityKey", "receivedAt", "processAfter", "type"))) {
      lines
          .computeIfAbsent(
              event.getString("locationId") + " " + event.getString("entityKey"),
              any -> new ArrayList<>())
          .add(event);
    }
    lines.forEach(
        (record, events) -> {
          events.sort(
              Comparator.<Document, Date>comparing(event -> event.getDate("receivedAt"))
                  .thenComparing(event -> event.getString("_id")));
          for (int i = 1; i < events.size(); i++) {
            Document before = events.get(i - 1);
            Document after = events.get(i);
            Instant stored = before.getDate("receivedAt").toInstant().plus(LONGEST_STORING);
            if (stored.isBefore(after.getDate("receivedAt").toInstant())
                && before.getDate("processAfter").after(after.getDate("processAfter"))) {
              findings.add(
                  "events of %s were applied in another order than accepted".formatted(record));
            }
          }
        });
  }

  /** What became of the events of the record that a difference is about. */
  private List<String> story(String location, String difference) {
    List<String> story = new ArrayList<>();
    String[] words = difference.split("[ ,]", 3);
    for (Document event :
        queue()
            .find(
                Filters.and(
                    Filters.eq("locationId", location),
                    Filters.regex("entityKey", words.length > 1 ? "/" + words[1] + "$" : "^$")))
            .sort(Sorts.ascending("receivedAt", "_id"))) {
      story.add(
          "  %s %s sent %s received %s ended %s: %s"
              .formatted(
                  event.getString("entityKey"),
                  event.getString("type"),
                  event.getDate("sentAt").toInstant(),
                  event.getDate("receivedAt").toInstant(),
                  event.getDate("processAfter").toInstant(),
                  event.getString("outcome")));
    }
    return story;
  }

  /** How many webhooks were answered 200. */
  public int acknowledged() {
    return webhooks.count();
  }

  /** What people did, and how often. */
  public Map<String, Long> done() {
    Map<String, Long> counts = new TreeMap<>();
    done.forEach((what, times) -> counts.put(what, times.get()));
    return counts;
  }

  @Override
  public void close() {
    blowing = false;
    threads.shutdownNow();
  }

  private static void until(String what, java.util.function.BooleanSupplier condition) {
    org.awaitility.Awaitility.await(what)
        .atMost(Duration.ofMinutes(3))
        .until(condition::getAsBoolean);
  }

  // ---- people

  /** One of those who change records; nobody else changes theirs. */
  private final class Person {
    private final String location;
    private final Random random;
    private final HttpCalls api;
    private final HttpCalls olderApi;
    private final List<String> contacts;
    private final List<String> made = new ArrayList<>();
    private final List<String> opportunities;
    private final List<JsonObject> appointments;
    private final List<JsonObject> conversations;
    private final JsonObject pipeline;
    private int number;

    private Person(String location, int place, Random random) {
      this.location = location;
      this.random = random;
      api = sandbox.asUserOf(location);
      olderApi = api.with("Version", "2021-04-15");
      contacts =
          new ArrayList<>(mine("contacts", place).stream().map(it -> it.getString("id")).toList());
      opportunities =
          new ArrayList<>(
              mine("opportunities", place).stream().map(it -> it.getString("id")).toList());
      appointments = mine("appointments", place);
      conversations = mine("conversations", place);
      pipeline = records("pipelines").getFirst();
    }

    private List<JsonObject> records(String kind) {
      return system
          .sandbox()
          .get("/sandbox/locations/%s/records/%s".formatted(location, kind))
          .json()
          .getJsonArray("items")
          .getValuesAs(JsonObject.class);
    }

    private List<JsonObject> mine(String kind, int place) {
      List<JsonObject> all = records(kind);
      List<JsonObject> mine = new ArrayList<>();
      for (int i = place; i < all.size(); i += PERSONS_EACH) {
        mine.add(all.get(i));
      }
      return mine;
    }

    private void changesSomething() {
      number++;
      int dice = random.nextInt(100);
      if (dice < 35) {
        edits("/contacts/" + one(contacts), with("city", "City " + number));
      } else if (dice < 45) {
        send(api, "POST", "/contacts/" + one(contacts) + "/tags", tag("tag " + number));
      } else if (dice < 60) {
        edits(
            "/opportunities/" + one(opportunities),
            Json.createObjectBuilder().add("monetaryValue", number));
      } else if (dice < 70) {
        edits(
            "/opportunities/" + one(opportunities) + "/status",
            with("status", number % 2 == 0 ? "won" : "open"));
      } else if (dice < 80) {
        JsonObject appointment = appointments.get(random.nextInt(appointments.size()));
        send(
            olderApi,
            "PUT",
            "/calendars/events/appointments/" + appointment.getString("id"),
            with("title", "Visit " + number));
      } else if (dice < 90) {
        says(conversations.get(random.nextInt(conversations.size())));
      } else {
        makesOrDeletes(dice);
      }
    }

    private void makesOrDeletes(int dice) {
      switch (dice % 5) {
        case 0 ->
            made.add(
                send(
                        api,
                        "POST",
                        "/contacts/",
                        inLocation().add("firstName", "New " + number).add("lastName", "Storm"))
                    .getJsonObject("contact")
                    .getString("id"));
        case 1 -> {
          JsonObject answer =
              send(
                  api,
                  "POST",
                  "/opportunities/",
                  inLocation()
                      .add("name", "Idea " + number)
                      .add("pipelineId", pipeline.getString("id"))
                      .add("status", "open")
                      .add("contactId", one(contacts)));
          if (answer.containsKey("opportunity")) {
            opportunities.add(answer.getJsonObject("opportunity").getString("id"));
          }
        }
        case 2 -> deletes("/contacts/", made);
        case 3 -> deletes("/opportunities/", opportunities);
        default ->
            edits(
                "/contacts/" + one(contacts),
                with("lastName", "Name " + number).add("dnd", number % 2 == 0));
      }
    }

    /** Some remain. A contact with opportunities would take them along without an event. */
    private void deletes(String list, List<String> ids) {
      if (ids.size() > SOME) {
        send(api, "DELETE", list + ids.removeLast(), Json.createObjectBuilder());
      }
    }

    private void says(JsonObject conversation) {
      send(
          olderApi,
          "POST",
          "/conversations/messages/inbound",
          with("type", "SMS")
              .add("conversationId", conversation.getString("id"))
              .add("contactId", conversation.getString("contactId"))
              .add("conversationProviderId", "provider1")
              .add("message", "Message " + number));
    }

    private String one(List<String> ids) {
      return ids.get(random.nextInt(ids.size()));
    }

    private void edits(String path, JsonObjectBuilder change) {
      send(api, "PUT", path, change);
    }

    private static JsonObjectBuilder tag(String tag) {
      return Json.createObjectBuilder().add("tags", Json.createArrayBuilder().add(tag));
    }

    private static JsonObjectBuilder with(String name, String value) {
      return Json.createObjectBuilder().add(name, value);
    }

    private JsonObjectBuilder inLocation() {
      return with("locationId", location);
    }

    /** The weather is between GoHighLevel and us: what a person does succeeds. */
    private JsonObject send(HttpCalls calls, String method, String path, JsonObjectBuilder body) {
      HttpCalls.Answer answer =
          calls.send(
              method, path, BodyPublishers.ofString(body.build().toString()), "application/json");
      if (answer.status() == 404 || answer.body().contains("NO_DUPLICATE")) {
        // Somebody else did it before, or there is one like it.
        return JsonValue.EMPTY_JSON_OBJECT;
      }
      if (answer.status() >= 300) {
        throw new IllegalStateException(
            method + " " + path + ": " + answer.status() + " " + answer.body());
      }
      done.computeIfAbsent(
              method + " " + path.replaceAll("[A-Za-z0-9]{16,}", "…"), any -> new AtomicLong())
          .incrementAndGet();
      return answer.body().isBlank() ? JsonValue.EMPTY_JSON_OBJECT : answer.json();
    }
  }
}
