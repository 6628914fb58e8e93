package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** When a calendar can be booked: in its open hours, where nothing else is. */
final class FreeSlots {

  /** From the first moment up to the second, that not included. */
  private record Span(Instant from, Instant to) {
    boolean overlaps(Span other) {
      return from.isBefore(other.to) && other.from.isBefore(to);
    }
  }

  private final World world;
  private final String locationId;
  private final ZoneId zone;

  FreeSlots(World world, String locationId) {
    this.world = world;
    this.locationId = locationId;
    this.zone = EventTimes.zone(world, locationId);
  }

  /** How long an appointment of a calendar is. */
  static Duration length(JsonObject calendar) {
    return span(calendar, "slotDuration");
  }

  private static Duration span(JsonObject calendar, String field) {
    int amount =
        calendar.get(field) instanceof JsonNumber number ? Math.max(1, number.intValue()) : 30;
    return calendar.getString(field + "Unit", "mins").equals("hours")
        ? Duration.ofHours(amount)
        : Duration.ofMinutes(amount);
  }

  /** Whether an appointment can begin at a time; one that is being moved is not in its own way. */
  boolean isFree(JsonObject calendar, Instant start, Optional<String> moved) {
    LocalDate day = start.atZone(zone).toLocalDate();
    return of(calendar, day, taken(calendar, moved)).contains(start);
  }

  /** The free times of a day of the location. */
  List<Instant> of(JsonObject calendar, LocalDate from, LocalDate to) {
    List<Span> taken = taken(calendar, Optional.empty());
    return from.datesUntil(to.plusDays(1))
        .flatMap(day -> of(calendar, day, taken).stream())
        .toList();
  }

  private List<Instant> of(JsonObject calendar, LocalDate day, List<Span> taken) {
    Duration length = length(calendar);
    Duration step = span(calendar, "slotInterval");
    Instant now = world.clock().instant();
    List<Instant> free = new ArrayList<>();
    for (Span open : openHours(calendar, day)) {
      for (Instant start = open.from();
          !start.plus(length).isAfter(open.to());
          start = start.plus(step)) {
        Span slot = new Span(start, start.plus(length));
        if (start.isAfter(now) && taken.stream().noneMatch(slot::overlaps)) {
          free.add(start);
        }
      }
    }
    return free;
  }

  private List<Span> openHours(JsonObject calendar, LocalDate day) {
    // Sunday is 0 at GoHighLevel.
    int dayOfWeek = day.getDayOfWeek().getValue() % 7;
    JsonValue all = calendar.getOrDefault("openHours", JsonValue.EMPTY_JSON_ARRAY);
    return all.asJsonArray().getValuesAs(JsonObject.class).stream()
        .filter(it -> numbers(it.getJsonArray("daysOfTheWeek")).contains(dayOfWeek))
        .flatMap(it -> it.getJsonArray("hours").getValuesAs(JsonObject.class).stream())
        .map(
            it ->
                new Span(
                    at(day, it.getInt("openHour"), it.getInt("openMinute")),
                    at(day, it.getInt("closeHour"), it.getInt("closeMinute"))))
        .toList();
  }

  private static List<Integer> numbers(JsonArray array) {
    return array.getValuesAs(JsonNumber.class).stream().map(JsonNumber::intValue).toList();
  }

  private Instant at(LocalDate day, int hour, int minute) {
    return day.atTime(hour, minute).atZone(zone).toInstant();
  }

  private List<Span> taken(JsonObject calendar, Optional<String> moved) {
    String id = calendar.getString("id");
    Stream<JsonObject> appointments =
        world.of(Kind.APPOINTMENTS, locationId).allBy("calendarId", id).stream()
            .filter(it -> moved.map(other -> !other.equals(it.id())).orElse(true))
            .map(Item::json)
            .filter(it -> !it.getString("appointmentStatus").equals("cancelled"));
    Stream<JsonObject> blocked =
        world.of(Kind.BLOCKED_SLOTS, locationId).allBy("calendarId", id).stream().map(Item::json);
    return Stream.concat(appointments, blocked)
        .map(
            it ->
                new Span(
                    Instant.parse(it.getString("startTime")),
                    Instant.parse(it.getString("endTime"))))
        .toList();
  }
}
