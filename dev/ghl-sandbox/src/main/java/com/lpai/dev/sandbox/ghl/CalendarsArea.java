package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Calendars and their free slots (ghl-facts.md 3.3). */
final class CalendarsArea implements GhlArea {
  private static final String READ = "calendars.readonly";
  private static final String VERSION = "2021-04-15";
  private static final Duration LONGEST_RANGE = Duration.ofDays(31);

  private final World world;
  private final Finder finder;

  CalendarsArea(World world) {
    this.world = world;
    this.finder = new Finder(world);
  }

  @Override
  public List<Endpoint> endpoints() {
    String one = "/calendars/{calendarId}";
    return List.of(
        new Gated("GET", "/calendars/", READ, VERSION, Access.LOCATION, this::list),
        new Gated("GET", one, READ, VERSION, Access.LOCATION, this::get),
        new Gated("GET", one + "/free-slots", READ, VERSION, Access.LOCATION, this::freeSlots));
  }

  private Reply list(Call call) {
    call.allowQuery(Set.of("locationId", "groupId", "showDrafted"));
    String locationId = call.requiredLocation("locationId");
    Optional<String> groupId = call.request().queryValue("groupId");
    boolean drafts =
        call.request().queryValue("showDrafted").map(it -> !it.equals("false")).orElse(true);
    JsonArrayBuilder calendars = JsonText.array();
    world.of(Kind.CALENDARS, locationId).all().stream()
        .map(Item::json)
        .filter(it -> groupId.map(it.getString("groupId", "")::equals).orElse(true))
        .filter(it -> drafts || it.getBoolean("isActive", true))
        .forEach(calendars::add);
    return Reply.json(200, JsonText.object().add("calendars", calendars).build());
  }

  private Reply get(Call call) {
    call.allowQuery(Set.of());
    return Reply.json(200, JsonText.object().add("calendar", existing(call)).build());
  }

  /** The free slots by day; the time zone says how times are written and which day they are of. */
  private Reply freeSlots(Call call) {
    call.allowQuery(Set.of("startDate", "endDate", "timezone", "userId", "userIds"));
    List<String> complaints = new ArrayList<>();
    Optional<Instant> start = call.millis("startDate", complaints);
    Optional<Instant> end = call.millis("endDate", complaints);
    String locationId = call.grant().locationId();
    ZoneId zone = zone(call, complaints).orElse(EventTimes.zone(world, locationId));
    Errors.refuseIfAny(complaints);
    Instant from = start.orElseThrow();
    Instant to = end.orElseThrow();
    if (to.isBefore(from) || Duration.between(from, to).compareTo(LONGEST_RANGE) > 0) {
      return Errors.badRequest("Date range cannot be more than 31 days");
    }
    ZoneId home = EventTimes.zone(world, locationId);
    Map<LocalDate, List<String>> days = new TreeMap<>();
    new FreeSlots(world, locationId)
        .of(existing(call), from.atZone(home).toLocalDate(), to.atZone(home).toLocalDate()).stream()
            .filter(slot -> !slot.isBefore(from) && !slot.isAfter(to))
            .forEach(
                slot ->
                    days.computeIfAbsent(slot.atZone(zone).toLocalDate(), any -> new ArrayList<>())
                        .add(EventTimes.withOffset(slot, zone)));
    JsonObjectBuilder answer = JsonText.object();
    days.forEach(
        (day, slots) ->
            answer.add(day.toString(), JsonText.object().add("slots", JsonText.array(slots))));
    return Reply.json(200, answer.build());
  }

  private static Optional<ZoneId> zone(Call call, List<String> complaints) {
    try {
      return call.request().queryValue("timezone").map(ZoneId::of);
    } catch (DateTimeException unknown) {
      complaints.add("timezone must be an IANA time zone");
      return Optional.empty();
    }
  }

  private JsonObject existing(Call call) {
    return finder.require(call, Kind.CALENDARS, call.variable("calendarId"), "Calendar").json();
  }
}
