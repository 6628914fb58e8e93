package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** The shapes in which GoHighLevel shows appointments and blocked slots (ghl-facts.md 3.3, 6.7). */
final class EventViews {
  private static final List<String> EVENT =
      List.of(
          "id",
          "address",
          "title",
          "calendarId",
          "locationId",
          "contactId",
          "groupId",
          "appointmentStatus",
          "assignedUserId",
          "users",
          "notes",
          "description",
          "isRecurring",
          "rrule",
          "dateAdded",
          "dateUpdated",
          "assignedResources",
          "createdBy",
          "masterEventId");
  private static final List<String> WRITTEN =
      List.of(
          "id",
          "calendarId",
          "locationId",
          "contactId",
          "title",
          "meetingLocationType",
          "appointmentStatus",
          "assignedUserId",
          "address",
          "isRecurring",
          "rrule");
  private static final List<String> WEBHOOK =
      List.of(
          "id",
          "address",
          "title",
          "calendarId",
          "contactId",
          "groupId",
          "appointmentStatus",
          "assignedUserId",
          "users",
          "notes",
          "source");
  private static final List<String> OF_CONTACT =
      List.of(
          "id",
          "address",
          "title",
          "calendarId",
          "locationId",
          "contactId",
          "groupId",
          "appointmentStatus",
          "assignedUserId",
          "users",
          "notes",
          "assignedResources");
  private static final List<String> SLOT =
      List.of("id", "locationId", "title", "calendarId", "assignedUserId");

  private final World world;

  EventViews(World world) {
    this.world = world;
  }

  /** {@code CalendarEventDTO}: of lists, and of one within {@code event}. */
  JsonObject event(Item item) {
    JsonObject json = item.json();
    JsonObjectBuilder view = copy(json, EVENT);
    boolean withOffset = world.settings().get(Settings.EVENT_TIMES).equals("offset");
    return times(view, json, withOffset).build();
  }

  /** {@code AppointmentSchemaResponse} of a write: flat, and without the times of the record. */
  JsonObject written(Item item) {
    JsonObject json = item.json();
    return times(copy(json, WRITTEN), json, true).build();
  }

  /** {@code BlockedSlotSuccessfulResponseDto} of a write. */
  JsonObject slotWritten(Item item) {
    JsonObject json = item.json();
    return times(copy(json, SLOT), json, true).build();
  }

  /** {@code GetEventSchema} of a contact's appointments: no time has an offset. */
  JsonObject ofContact(Item item) {
    JsonObject json = item.json();
    ZoneId zone = EventTimes.zone(world, item.locationId());
    JsonObjectBuilder view = copy(json, OF_CONTACT);
    for (String field : List.of("startTime", "endTime", "dateAdded", "dateUpdated")) {
      view.add(field, EventTimes.withoutOffset(Instant.parse(json.getString(field)), zone));
    }
    return view.add("status", "booked").build();
  }

  /** The nested {@code appointment} of a webhook. */
  JsonObject webhook(Item item) {
    JsonObject json = item.json();
    ZoneId zone = EventTimes.zone(world, item.locationId());
    JsonObjectBuilder view = times(copy(json, WEBHOOK), json, true);
    for (String field : List.of("dateAdded", "dateUpdated")) {
      view.add(field, EventTimes.withOffset(Instant.parse(json.getString(field)), zone));
    }
    return JsonText.object().add("appointment", view).build();
  }

  private JsonObjectBuilder times(JsonObjectBuilder view, JsonObject json, boolean withOffset) {
    ZoneId zone = EventTimes.zone(world, json.getString("locationId"));
    for (String field : List.of("startTime", "endTime")) {
      Instant time = Instant.parse(json.getString(field));
      view.add(
          field,
          withOffset ? EventTimes.withOffset(time, zone) : EventTimes.withoutOffset(time, zone));
    }
    return view;
  }

  private static JsonObjectBuilder copy(JsonObject json, List<String> fields) {
    JsonObjectBuilder view = JsonText.object();
    for (String field : fields) {
      JsonValue value = json.get(field);
      if (value != null) {
        view.add(field, value);
      }
    }
    return view;
  }
}
