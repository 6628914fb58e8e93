package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.webhook.Webhooks;
import com.lpai.dev.sandbox.world.Book;
import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Events by time, appointments, blocked slots (ghl-facts.md 3.3). */
final class EventsArea implements GhlArea {
  private static final String READ = "calendars/events.readonly";
  private static final String WRITE = "calendars/events.write";
  private static final String VERSION = "2021-04-15";
  private static final Map<String, String> CHOICES =
      Map.of("userId", "assignedUserId", "calendarId", "calendarId", "groupId", "groupId");

  private record Window(Instant from, Instant to) {}

  private record Timed(Item item, Instant start, Instant end) {
    static Timed of(Item item) {
      JsonObject json = item.json();
      return new Timed(
          item,
          Instant.parse(json.getString("startTime")),
          Instant.parse(json.getString("endTime")));
    }
  }

  private final World world;
  private final Finder finder;
  private final EventViews views;
  private final Webhooks webhooks;

  EventsArea(World world, Webhooks webhooks) {
    this.world = world;
    this.finder = new Finder(world);
    this.views = new EventViews(world);
    this.webhooks = webhooks;
  }

  @Override
  public List<Endpoint> endpoints() {
    String appointments = "/calendars/events/appointments";
    String slots = "/calendars/events/block-slots";
    return List.of(
        read("/calendars/events", call -> list(call, Kind.APPOINTMENTS)),
        read("/calendars/blocked-slots", call -> list(call, Kind.BLOCKED_SLOTS)),
        read(appointments + "/{eventId}", this::get),
        write("POST", appointments, this::create),
        write("PUT", appointments + "/{eventId}", this::update),
        write("POST", slots, this::block),
        write("PUT", slots + "/{eventId}", this::moveBlock),
        write("DELETE", "/calendars/events/{eventId}", this::delete),
        new Gated(
            "GET",
            "/contacts/{contactId}/appointments",
            "contacts.readonly",
            "2021-07-28",
            Access.LOCATION,
            this::ofContact));
  }

  private static Endpoint read(String path, Function<Call, Reply> operation) {
    return new Gated("GET", path, READ, VERSION, Access.LOCATION, operation);
  }

  private static Endpoint write(String method, String path, Function<Call, Reply> operation) {
    return new Gated(method, path, WRITE, VERSION, Access.LOCATION, operation);
  }

  /** All that are in the window, however many: there are no pages. */
  private Reply list(Call call, Kind kind) {
    call.allowQuery(
        Set.of("locationId", "startTime", "endTime", "userId", "calendarId", "groupId"));
    String locationId = call.requiredLocation("locationId");
    List<String> complaints = new ArrayList<>();
    Optional<Instant> from = call.millis("startTime", complaints);
    Optional<Instant> to = call.millis("endTime", complaints);
    Errors.refuseIfAny(complaints);
    List<String> chosen =
        CHOICES.keySet().stream()
            .filter(name -> call.request().queryValue(name).isPresent())
            .toList();
    if (chosen.size() != 1) {
      return Errors.badRequest("Exactly one of userId, calendarId or groupId is required");
    }
    String name = chosen.getFirst();
    Window window = new Window(from.orElseThrow(), to.orElseThrow());
    JsonArrayBuilder events = JsonText.array();
    world
        .of(kind, locationId)
        .allBy(CHOICES.getOrDefault(name, name), call.request().queryValue(name).orElseThrow())
        .stream()
        .map(Timed::of)
        .filter(event -> isInside(event, window))
        .sorted(Comparator.comparing(Timed::start))
        .forEach(event -> events.add(views.event(event.item())));
    return Reply.json(200, JsonText.object().add("events", events).build());
  }

  private boolean isInside(Timed event, Window window) {
    Instant counted =
        world.settings().get(Settings.EVENTS_OVERLAP_WINDOW) ? event.end() : event.start();
    return !counted.isBefore(window.from()) && !event.start().isAfter(window.to());
  }

  private Reply get(Call call) {
    call.allowQuery(Set.of());
    return Reply.json(200, JsonText.object().add("event", views.event(existing(call))).build());
  }

  private Reply ofContact(Call call) {
    call.allowQuery(Set.of());
    Item contact = finder.require(call, Kind.CONTACTS, call.variable("contactId"), "Contact");
    JsonArrayBuilder events = JsonText.array();
    book(call).allBy("contactId", contact.id()).forEach(it -> events.add(views.ofContact(it)));
    return Reply.json(200, JsonText.object().add("events", events).build());
  }

  private Reply create(Call call) {
    call.allowQuery(Set.of());
    JsonObject body = call.body();
    JsonText.text(body, "locationId").filter(it -> !it.isEmpty()).ifPresent(call::requireLocation);
    JsonObject input = AppointmentEdit.checkedCreate(body);
    Book book = book(call);
    List<Item> made =
        book.exclusively(() -> edit(call).created(input).stream().map(book::put).toList());
    made.forEach(it -> send("AppointmentCreate", it));
    return Reply.json(200, views.written(made.getFirst()));
  }

  /** A series is changed as a whole by the id of its first event, an instance by its own. */
  private Reply update(Call call) {
    call.allowQuery(Set.of());
    JsonObject input = AppointmentEdit.checkedUpdate(call.body());
    Book book = book(call);
    List<Item> changed =
        book.exclusively(
            () -> {
              Item before = existing(call);
              List<Item> after = new ArrayList<>();
              after.add(edit(call).updated(before, input));
              others(book, before).stream()
                  .map(it -> edit(call).updatedInSeries(it, input))
                  .forEach(after::add);
              after.forEach(book::put);
              return after;
            });
    changed.forEach(it -> send("AppointmentUpdate", it));
    return Reply.json(200, views.written(changed.getFirst()));
  }

  private static List<Item> others(Book book, Item event) {
    return book.allBy("masterEventId", event.id()).stream()
        .filter(it -> !it.id().equals(event.id()))
        .toList();
  }

  private Reply delete(Call call) {
    call.allowQuery(Set.of());
    if (!call.hasJson()) {
      return Errors.badRequest("Request body must be a JSON object");
    }
    new BodyCheck(call.body()).checked();
    String id = call.variable("eventId");
    Book slots = world.of(Kind.BLOCKED_SLOTS, call.grant().locationId());
    Optional<Item> slot = slots.find(id);
    if (slot.isPresent()) {
      slots.remove(slot.get());
    } else {
      removeAppointment(call);
    }
    return Reply.json(201, JsonText.object().add("succeeded", true).build());
  }

  private void removeAppointment(Call call) {
    Book book = book(call);
    List<Item> gone =
        book.exclusively(
            () -> {
              Item event = existing(call);
              List<Item> all = new ArrayList<>(others(book, event));
              all.addFirst(event);
              all.forEach(book::remove);
              return all;
            });
    gone.forEach(it -> send("AppointmentDelete", it));
  }

  private Reply block(Call call) {
    call.allowQuery(Set.of());
    return blocked(call, Optional.empty());
  }

  private Reply moveBlock(Call call) {
    call.allowQuery(Set.of());
    return blocked(
        call,
        Optional.of(finder.require(call, Kind.BLOCKED_SLOTS, call.variable("eventId"), "Event")));
  }

  private Reply blocked(Call call, Optional<Item> before) {
    JsonObject body = call.body();
    JsonText.text(body, "locationId").filter(it -> !it.isEmpty()).ifPresent(call::requireLocation);
    JsonObject slot = edit(call).blockedSlot(body, before);
    Item made = world.of(Kind.BLOCKED_SLOTS, call.grant().locationId()).put(slot);
    return Reply.json(201, views.slotWritten(made));
  }

  private void send(String type, Item event) {
    webhooks.happened(type, event.locationId(), views.webhook(event));
  }

  private AppointmentEdit edit(Call call) {
    return new AppointmentEdit(world, call);
  }

  private Item existing(Call call) {
    return finder.require(call, Kind.APPOINTMENTS, call.variable("eventId"), "Event");
  }

  private Book book(Call call) {
    return world.of(Kind.APPOINTMENTS, call.grant().locationId());
  }
}
