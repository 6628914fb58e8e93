package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.world.Grant.Actor;
import com.lpai.dev.sandbox.world.Ids;
import com.lpai.dev.sandbox.world.IsoTime;
import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Checks what is written of an appointment, and makes the new state of it. */
final class AppointmentEdit {
  private static final List<String> STATUSES =
      List.of("new", "confirmed", "cancelled", "showed", "noshow", "invalid");
  private static final List<String> PLACES =
      List.of("custom", "zoom", "gmeet", "phone", "address", "ms_teams", "google");

  /** What only says how to write. */
  private static final Set<String> NOT_STORED =
      Set.of(
          "ignoreDateRange",
          "toNotify",
          "ignoreFreeSlotValidation",
          "overrideLocationConfig",
          "startTime",
          "endTime");

  /** What an update of a series leaves alone in its other events. */
  private static final Set<String> OF_ONE_EVENT = Set.of("startTime", "endTime", "rrule");

  private final World world;
  private final Call call;
  private final String locationId;
  private final Instant now;

  AppointmentEdit(World world, Call call) {
    this.world = world;
    this.call = call;
    this.locationId = call.grant().locationId();
    this.now = world.clock().instant();
  }

  /** Reads {@code AppointmentCreateSchema}. */
  static JsonObject checkedCreate(JsonObject body) {
    return common(new BodyCheck(body))
        .required("calendarId", "locationId", "contactId", "startTime")
        .complain(timeComplaints(body))
        .checked();
  }

  /** Reads {@code AppointmentEditSchema}. */
  static JsonObject checkedUpdate(JsonObject body) {
    return common(new BodyCheck(body))
        .texts("calendarId", "startTime")
        .complain(timeComplaints(body))
        .checked();
  }

  private static BodyCheck common(BodyCheck check) {
    return check
        .texts(
            "title",
            "meetingLocationId",
            "assignedUserId",
            "description",
            "address",
            "rrule",
            "endTime")
        .oneOf("meetingLocationType", PLACES)
        .oneOf("appointmentStatus", STATUSES)
        .flags("overrideLocationConfig", "ignoreDateRange", "toNotify", "ignoreFreeSlotValidation");
  }

  private static List<String> timeComplaints(JsonObject body) {
    return Stream.of("startTime", "endTime")
        .filter(
            name ->
                JsonText.text(body, name).map(it -> EventTimes.read(it).isEmpty()).orElse(false))
        .map(name -> name + " must be a valid ISO 8601 date string")
        .toList();
  }

  /** A new appointment, and the others of its series behind it. */
  List<Item> created(JsonObject input) {
    JsonObject calendar = calendar(input.getString("calendarId"));
    requireContact(input.getString("contactId"));
    Instant start = time(input, "startTime").orElseThrow();
    Instant end = time(input, "endTime").orElse(start.plus(FreeSlots.length(calendar)));
    requireTime(calendar, input, start, end, Optional.empty());
    String user = assigned(calendar, input);
    String id = world.newId();
    JsonObjectBuilder event =
        JsonText.object()
            .add("id", id)
            .add("locationId", locationId)
            .add("title", calendar.getString("eventTitle", calendar.getString("name")))
            .add(
                "appointmentStatus", calendar.getBoolean("autoConfirm", true) ? "confirmed" : "new")
            .add("users", JsonText.array().add(user))
            .add("assignedResources", JsonText.array())
            .add("source", source())
            .add("createdBy", createdBy())
            .add("isRecurring", false)
            .add("dateAdded", IsoTime.of(now));
    JsonText.text(calendar, "groupId").ifPresent(it -> event.add("groupId", it));
    apply(input, event);
    JsonObject first = timed(event.add("assignedUserId", user).build(), start, end);
    return series(first, input, start, Duration.between(start, end));
  }

  private List<Item> series(JsonObject first, JsonObject input, Instant start, Duration length) {
    Optional<String> rule = JsonText.text(input, "rrule").filter(it -> !it.isEmpty());
    if (rule.isEmpty()) {
      return List.of(Item.of(Kind.APPOINTMENTS, first));
    }
    Recurrence recurrence =
        Recurrence.of(rule.get())
            .orElseThrow(() -> new Refused(Errors.badRequest("rrule is invalid")));
    String masterId = first.getString("id");
    JsonObject master =
        JsonText.object(first).add("isRecurring", true).add("masterEventId", masterId).build();
    boolean composite = world.settings().get(Settings.RECURRING_IDS_ARE_COMPOSITE);
    List<Item> all = new ArrayList<>();
    all.add(Item.of(Kind.APPOINTMENTS, master));
    for (Instant next : recurrence.startsAfter(start, EventTimes.zone(world, locationId))) {
      String id = composite ? Ids.ofInstance(masterId, next, length) : world.newId();
      JsonObject instance = JsonText.object(master).add("id", id).build();
      all.add(Item.of(Kind.APPOINTMENTS, timed(instance, next, next.plus(length))));
    }
    return all;
  }

  /** Only what is sent changes; moved without an end it is as long as before. */
  Item updated(Item event, JsonObject input) {
    JsonObject before = event.json();
    String calendarId = input.getString("calendarId", before.getString("calendarId"));
    JsonObject calendar = calendar(calendarId);
    Instant oldStart = Instant.parse(before.getString("startTime"));
    Instant oldEnd = Instant.parse(before.getString("endTime"));
    Instant start = time(input, "startTime").orElse(oldStart);
    Instant end = time(input, "endTime").orElse(start.plus(Duration.between(oldStart, oldEnd)));
    if (input.containsKey("startTime") || input.containsKey("calendarId")) {
      requireTime(calendar, input, start, end, Optional.of(event.id()));
    } else {
      requireOrder(start, end);
    }
    JsonObjectBuilder after = JsonText.object(before);
    apply(input, after);
    if (input.containsKey("assignedUserId")) {
      String user = assigned(calendar, input);
      after.add("assignedUserId", user).add("users", JsonText.array().add(user));
    }
    if (input.containsKey("calendarId")) {
      after.remove("groupId");
      JsonText.text(calendar, "groupId").ifPresent(it -> after.add("groupId", it));
    }
    return Item.of(Kind.APPOINTMENTS, timed(after.build(), start, end));
  }

  /** What a change of the first event does to another of its series. */
  Item updatedInSeries(Item event, JsonObject input) {
    JsonObjectBuilder shared = JsonText.object(input);
    OF_ONE_EVENT.forEach(shared::remove);
    return updated(event, shared.add("ignoreFreeSlotValidation", true).build());
  }

  /** A blocked slot is of a calendar or of a user, not of both (#23). */
  JsonObject blockedSlot(JsonObject body, Optional<Item> before) {
    JsonObject input =
        new BodyCheck(body)
            .required("locationId")
            .texts("title", "calendarId", "assignedUserId", "startTime", "endTime")
            .complain(timeComplaints(body))
            .checked();
    JsonObject old = before.map(Item::json).orElse(JsonValue.EMPTY_JSON_OBJECT);
    boolean ofCalendar = input.containsKey("calendarId");
    if (ofCalendar == input.containsKey("assignedUserId")) {
      throw new Refused(Errors.badRequest("Send either calendarId or assignedUserId"));
    }
    Optional<Instant> start = time(input, "startTime").or(() -> stored(old, "startTime"));
    Optional<Instant> end = time(input, "endTime").or(() -> stored(old, "endTime"));
    if (start.isEmpty() || end.isEmpty()) {
      throw new Refused(Errors.badRequest("startTime and endTime are required"));
    }
    requireOrder(start.get(), end.get());
    JsonObjectBuilder slot =
        JsonText.object()
            .add("id", before.map(Item::id).orElseGet(world::newId))
            .add("locationId", locationId)
            .add("title", input.getString("title", old.getString("title", "Blocked")))
            .add("users", JsonText.array())
            .add("dateAdded", old.getString("dateAdded", IsoTime.of(now)));
    if (ofCalendar) {
      JsonObject calendar = calendar(input.getString("calendarId"));
      slot.add("calendarId", calendar.getString("id"));
      JsonText.text(calendar, "groupId").ifPresent(it -> slot.add("groupId", it));
    } else {
      slot.add("assignedUserId", input.getString("assignedUserId"));
    }
    return timed(slot.build(), start.get(), end.get());
  }

  private static void apply(JsonObject input, JsonObjectBuilder event) {
    input.forEach(
        (name, value) -> {
          if (NOT_STORED.contains(name)) {
            return;
          }
          if (value instanceof JsonString text && text.getString().isEmpty()) {
            event.remove(name);
          } else {
            event.add(name, value);
          }
        });
  }

  private JsonObject timed(JsonObject event, Instant start, Instant end) {
    return JsonText.object(event)
        .add("startTime", IsoTime.of(start))
        .add("endTime", IsoTime.of(end))
        .add("dateUpdated", IsoTime.of(now))
        .build();
  }

  private JsonObject calendar(String id) {
    return world
        .of(Kind.CALENDARS, locationId)
        .find(id)
        .map(Item::json)
        .orElseThrow(() -> new Refused(Errors.badRequest("The calendar is not found.")));
  }

  private void requireContact(String id) {
    if (world.of(Kind.CONTACTS, locationId).find(id).isEmpty()) {
      throw new Refused(Errors.badRequest("The contact is not found."));
    }
  }

  private void requireTime(
      JsonObject calendar, JsonObject input, Instant start, Instant end, Optional<String> moved) {
    requireOrder(start, end);
    if (!input.getBoolean("ignoreFreeSlotValidation", false)
        && !new FreeSlots(world, locationId).isFree(calendar, start, moved)) {
      throw new Refused(Errors.badRequest("The slot you have selected is no longer available."));
    }
  }

  private static void requireOrder(Instant start, Instant end) {
    if (!start.isBefore(end)) {
      throw new Refused(Errors.badRequest("endTime must be after startTime"));
    }
  }

  /** Somebody of the calendar's team; the first of it when nobody is named. */
  private static String assigned(JsonObject calendar, JsonObject input) {
    JsonValue team = calendar.getOrDefault("teamMembers", JsonValue.EMPTY_JSON_ARRAY);
    List<String> users =
        ((JsonArray) team)
            .getValuesAs(JsonObject.class).stream().map(it -> it.getString("userId")).toList();
    Optional<String> asked = JsonText.text(input, "assignedUserId").filter(it -> !it.isEmpty());
    if (asked.isEmpty() && users.isEmpty()) {
      throw new Refused(Errors.badRequest("assignedUserId is required for this calendar"));
    }
    if (asked.isPresent() && !users.isEmpty() && !users.contains(asked.get())) {
      throw new Refused(Errors.badRequest("The user id is not part of the calendar team."));
    }
    return asked.orElseGet(users::getFirst);
  }

  private String source() {
    return call.grant().actor() == Actor.USER ? "calendar_page" : "third_party";
  }

  private JsonObject createdBy() {
    return JsonText.object().add("userId", call.grant().userId()).add("source", source()).build();
  }

  private static Optional<Instant> time(JsonObject input, String name) {
    return JsonText.text(input, name).flatMap(EventTimes::read);
  }

  private static Optional<Instant> stored(JsonObject event, String name) {
    return JsonText.text(event, name).map(Instant::parse);
  }
}
