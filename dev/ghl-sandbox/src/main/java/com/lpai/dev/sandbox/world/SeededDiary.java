package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes the calendars, appointments and blocked slots of a seeding. */
final class SeededDiary {
  /** The first day with events. */
  private static final LocalDate FIRST_DAY = LocalDate.of(2025, 12, 1);

  private static final int DAYS = 730;
  private static final List<String> NAMES =
      List.of("Estimates", "Repairs", "Installations", "Maintenance", "Calls", "Inspections");
  private static final List<String> TYPES =
      List.of("round_robin", "event", "class_booking", "collective", "service_booking", "personal");

  /** Mostly what can be written; the last three are only read (ghl-facts.md 3.3). */
  private static final List<String> STATUSES =
      List.of(
          "confirmed",
          "confirmed",
          "confirmed",
          "confirmed",
          "confirmed",
          "confirmed",
          "showed",
          "showed",
          "showed",
          "showed",
          "noshow",
          "noshow",
          "cancelled",
          "cancelled",
          "new",
          "invalid",
          "active",
          "completed",
          "booked");

  private static final List<String> TITLES =
      List.of("Site visit", "Repair", "Quote", "Installation", "Yearly check");

  private record Calendar(String id, Optional<String> groupId, List<String> team) {}

  private final Seeding seeding;
  private final ZoneId zone;

  SeededDiary(Seeding seeding) {
    this.seeding = seeding;
    this.zone = ZoneId.of(seeding.place().timezone());
  }

  void into(World world, List<String> contactIds, List<String> userIds) {
    List<Calendar> calendars = calendars(world, userIds);
    appointments(world, calendars, contactIds);
    blockedSlots(world, calendars);
  }

  private List<Calendar> calendars(World world, List<String> userIds) {
    Chance chance = seeding.chanceOf("calendars");
    List<String> groups = List.of(chance.id(), chance.id());
    List<Calendar> made = new ArrayList<>();
    for (int i = 0; i < seeding.count(Kind.CALENDARS); i++) {
      Optional<String> group = i % 3 == 2 ? Optional.empty() : Optional.of(groups.get(i % 3));
      List<String> team =
          userIds.isEmpty()
              ? List.of()
              : List.of(userIds.get(i % userIds.size()), userIds.get((i + 1) % userIds.size()))
                  .stream()
                  .distinct()
                  .toList();
      Calendar calendar = new Calendar(chance.id(), group, team);
      world.of(Kind.CALENDARS, seeding.locationId()).putSettled(calendar(chance, calendar, i));
      made.add(calendar);
    }
    return made;
  }

  private JsonObject calendar(Chance chance, Calendar calendar, int index) {
    String name = NAMES.get(index % NAMES.size());
    String title = index < NAMES.size() ? name : name + " " + index;
    JsonArrayBuilder team = JsonText.array();
    for (String userId : calendar.team()) {
      team.add(
          JsonText.object()
              .add("userId", userId)
              .add("priority", 0.5)
              .add("meetingLocationType", "custom")
              .add("isPrimary", userId.equals(calendar.team().getFirst())));
    }
    JsonObjectBuilder json =
        JsonText.object()
            .add("id", calendar.id())
            .add("locationId", seeding.locationId())
            .add("name", title)
            .add("description", "")
            .add("slug", title.toLowerCase(Locale.ROOT).replace(' ', '-'))
            .add("widgetSlug", title.toLowerCase(Locale.ROOT).replace(' ', '-'))
            .add("calendarType", TYPES.get(index % TYPES.size()))
            .add("eventTitle", title)
            .add("eventColor", chance.pick(List.of("#039be5", "#33b679", "#8e24aa")))
            .add("isActive", index % 7 != 6)
            .add("teamMembers", team)
            .add("slotDuration", 60)
            .add("slotDurationUnit", "mins")
            .add("slotInterval", 30)
            .add("slotIntervalUnit", "mins")
            .add("appoinmentPerSlot", 1)
            .add("openHours", openHours())
            .add("availabilities", JsonText.array())
            .add("autoConfirm", true)
            .add("notes", "");
    calendar.groupId().ifPresent(it -> json.add("groupId", it));
    return json.build();
  }

  private static JsonArrayBuilder openHours() {
    JsonArrayBuilder days = JsonText.array();
    for (int day = 1; day <= 5; day++) {
      days.add(
          JsonText.object()
              .add("daysOfTheWeek", JsonText.array().add(day))
              .add(
                  "hours",
                  JsonText.array()
                      .add(
                          JsonText.object()
                              .add("openHour", 8)
                              .add("openMinute", 0)
                              .add("closeHour", 17)
                              .add("closeMinute", 0))));
    }
    return days;
  }

  private void appointments(World world, List<Calendar> calendars, List<String> contactIds) {
    Chance chance = seeding.chanceOf("appointments");
    Book book = world.of(Kind.APPOINTMENTS, seeding.locationId());
    boolean composite = world.settings().get(Settings.RECURRING_IDS_ARE_COMPOSITE);
    int count = seeding.count(Kind.APPOINTMENTS);
    int made = 0;
    while (made < count) {
      Calendar calendar = calendars.get(made % calendars.size());
      Instant start = start(chance);
      JsonObjectBuilder event = appointment(chance, calendar, start);
      if (!contactIds.isEmpty() && chance.percent(97)) {
        event.add("contactId", chance.pick(contactIds));
      }
      int copies = chance.percent(2) ? Math.min(3, count - made) : 1;
      List<JsonObject> series = series(event.build(), start, copies, composite);
      series.forEach(book::putSettled);
      made += series.size();
    }
  }

  /** Weekly from the first on: that one's id names the series. */
  private List<JsonObject> series(JsonObject first, Instant start, int count, boolean composite) {
    if (count == 1) {
      return List.of(first);
    }
    String masterId = first.getString("id");
    Duration length = Duration.between(start, Instant.parse(first.getString("endTime")));
    List<JsonObject> series = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Instant next = start.atZone(zone).plusWeeks(i).toInstant();
      String other =
          composite ? Ids.ofInstance(masterId, next, length) : masterId.substring(2) + "W" + i;
      series.add(
          JsonText.object(first)
              .add("id", i == 0 ? masterId : other)
              .add("isRecurring", true)
              .add("rrule", "RRULE:FREQ=WEEKLY;INTERVAL=1;COUNT=" + count)
              .add("masterEventId", masterId)
              .add("startTime", IsoTime.of(next))
              .add("endTime", IsoTime.of(next.plus(length)))
              .build());
    }
    return series;
  }

  private JsonObjectBuilder appointment(Chance chance, Calendar calendar, Instant start) {
    Instant added = start.minusSeconds(86_400L + chance.below(20 * 86_400L));
    JsonObjectBuilder event =
        JsonText.object()
            .add("id", chance.id())
            .add("locationId", seeding.locationId())
            .add("calendarId", calendar.id())
            .add("title", chance.pick(TITLES) + " " + chance.pick(SeededPeople.LAST_NAMES))
            .add("appointmentStatus", chance.pick(STATUSES))
            .add("users", JsonText.array(calendar.team()))
            .add("assignedResources", JsonText.array())
            .add("source", chance.pick(List.of("booking_widget", "calendar_page")))
            .add("createdBy", JsonText.object().add("source", "booking_widget"))
            .add("isRecurring", false)
            .add("startTime", IsoTime.of(start))
            .add("endTime", IsoTime.of(start.plusSeconds(1800L * (1 + chance.below(4)))))
            .add("dateAdded", IsoTime.of(added))
            .add("dateUpdated", IsoTime.of(added.plusSeconds(chance.below(86_400))));
    calendar.groupId().ifPresent(it -> event.add("groupId", it));
    if (!calendar.team().isEmpty()) {
      event.add("assignedUserId", chance.pick(calendar.team()));
    }
    if (chance.percent(30)) {
      event.add("notes", "Ring twice");
    }
    if (chance.percent(50)) {
      event.add("address", chance.below(900) + " Main St");
    }
    return event;
  }

  private void blockedSlots(World world, List<Calendar> calendars) {
    Chance chance = seeding.chanceOf("blockedSlots");
    Book book = world.of(Kind.BLOCKED_SLOTS, seeding.locationId());
    for (int i = 0; i < seeding.count(Kind.BLOCKED_SLOTS); i++) {
      Calendar calendar = calendars.get(i % calendars.size());
      Instant start = start(chance);
      JsonObjectBuilder slot =
          JsonText.object()
              .add("id", chance.id())
              .add("locationId", seeding.locationId())
              .add("calendarId", calendar.id())
              .add("title", "Closed")
              .add("users", JsonText.array())
              .add("startTime", IsoTime.of(start))
              .add("endTime", IsoTime.of(start.plusSeconds(3600)))
              .add("dateAdded", IsoTime.of(SeededPeople.FIRST_DAY))
              .add("dateUpdated", IsoTime.of(SeededPeople.FIRST_DAY));
      calendar.groupId().ifPresent(it -> slot.add("groupId", it));
      book.putSettled(slot.build());
    }
  }

  private Instant start(Chance chance) {
    return FIRST_DAY
        .plusDays(chance.below(DAYS))
        .atTime(8 + chance.below(9), 30 * chance.below(2))
        .atZone(zone)
        .toInstant();
  }
}
