package com.lpai.adapter.ghl.directory;

import com.lpai.adapter.ghl.call.GhlCalls;
import com.lpai.adapter.ghl.client.GhlCalendarsClient;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.adapter.ghl.record.Records;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.CrmCalendars;
import com.lpai.domain.directory.GhlCalendarId;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** GoHighLevel's calendars over HTTP (ghl-facts.md 3.3). */
public final class GhlCalendars implements CrmCalendars {
  private static final Operation LIST =
      new Operation("GET", "/calendars/", Operation.Effect.READ, "calendar", "calendars.readonly");

  private final GhlCalendarsClient client;
  private final GhlCalls<LocationId> calls;

  public GhlCalendars(GhlCalendarsClient client, GhlCalls<LocationId> calls) {
    this.client = client;
    this.calls = calls;
  }

  @Override
  public CrmResult<List<Calendar>> list(LocationId locationId, CallPriority priority) {
    return calls.call(
        locationId,
        priority,
        LIST,
        token -> client.calendars(token, locationId.value()),
        answer -> Records.listed(locationId, answer, "calendars", GhlCalendars::calendar));
  }

  private static Optional<Calendar> calendar(JsonObject calendar) {
    return Records.id(calendar, "id", GhlCalendarId::new)
        .map(
            id ->
                new Calendar(
                    id,
                    JsonReads.text(calendar, "name"),
                    JsonReads.text(calendar, "description"),
                    JsonReads.text(calendar, "groupId"),
                    JsonReads.text(calendar, "calendarType"),
                    isActive(calendar),
                    JsonReads.count(calendar, "slotDuration").orElse(0),
                    JsonReads.text(calendar, "slotDurationUnit"),
                    JsonReads.text(calendar, "eventColor"),
                    teamMembers(calendar)));
  }

  /** A calendar that does not tell is taken for one in use. */
  private static boolean isActive(JsonObject calendar) {
    return JsonReads.flag(calendar.getOrDefault("isActive", JsonValue.NULL)).orElse(true);
  }

  private static List<String> teamMembers(JsonObject calendar) {
    return JsonReads.objects(calendar, "teamMembers").stream()
        .map(member -> JsonReads.text(member, "userId"))
        .filter(userId -> !userId.isBlank())
        .toList();
  }
}
