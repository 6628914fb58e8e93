package com.lpai.dev.sandbox;

import jakarta.json.JsonObject;
import java.util.List;

/** Each answer about calendars and events. */
final class CalendarAnswers {
  private static final String EVENTS = "/calendars/events/appointments";
  private static final String SLOTS = "/calendars/events/block-slots";
  private static final String WINDOW = "?locationId=location1&startTime=0&endTime=1900000000000";

  private final EveryAnswer all;
  private final Client client;

  private CalendarAnswers(EveryAnswer all) {
    this.all = all;
    this.client = all.user().withVersion("2021-04-15");
  }

  static void give(EveryAnswer all) {
    CalendarAnswers answers = new CalendarAnswers(all);
    List<String> ids = answers.calendars();
    ids.forEach(answers::lists);
    answers.appointment(ids.getFirst());
    answers.blockedSlot(ids.getFirst());
  }

  private List<String> calendars() {
    List<String> ids =
        all
            .get(client, "/calendars/?locationId=location1")
            .json()
            .getJsonArray("calendars")
            .getValuesAs(JsonObject.class)
            .stream()
            .map(it -> it.getString("id"))
            .toList();
    String id = ids.getFirst();
    all.get(client, "/calendars/");
    all.get(client, "/calendars/" + id);
    all.get(client, "/calendars/none");
    all.get(
        client, "/calendars/" + id + "/free-slots?startDate=1799000000000&endDate=1799600000000");
    all.get(client, "/calendars/" + id + "/free-slots?startDate=1&endDate=1799600000000");
    all.get(client, "/calendars/" + id + "/free-slots");
    return ids;
  }

  private void lists(String calendarId) {
    for (String times : List.of("offset", "none")) {
      all.set("\"eventTimes\":\"" + times + "\"");
      all.get(client, "/calendars/events" + WINDOW + "&calendarId=" + calendarId);
      all.get(client, "/calendars/blocked-slots" + WINDOW + "&calendarId=" + calendarId);
    }
    all.get(client, "/calendars/events" + WINDOW);
    all.get(client, "/calendars/events");
    all.get(client, "/calendars/blocked-slots");
  }

  private void appointment(String calendarId) {
    JsonObject contact =
        all.json(
                all.user(),
                "POST",
                "/contacts/search",
                "{\"locationId\":\"location1\",\"pageLimit\":1}")
            .json()
            .getJsonArray("contacts")
            .getJsonObject(0);
    String body =
        """
        {"locationId":"location1","calendarId":"%s","contactId":"%s",
         "startTime":"2027-03-01T10:00:00-06:00","address":"a","meetingLocationType":"custom"%s}""";
    String id =
        all.json(
                client,
                "POST",
                EVENTS,
                body.formatted(
                    calendarId,
                    contact.getString("id"),
                    ",\"ignoreFreeSlotValidation\":true,\"rrule\":\"FREQ=DAILY;COUNT=2\""))
            .json()
            .getString("id");
    all.json(client, "POST", EVENTS, "{}");
    all.json(client, "POST", EVENTS, body.formatted("none", contact.getString("id"), ""));
    all.get(client, EVENTS + "/" + id);
    all.get(client, EVENTS + "/none");
    all.json(client, "PUT", EVENTS + "/" + id, "{\"title\":\"t\"}");
    all.json(client, "PUT", EVENTS + "/" + id, "{\"foo\":\"t\"}");
    all.get(all.user(), "/contacts/" + contact.getString("id") + "/appointments");
    all.json(client, "DELETE", "/calendars/events/" + id, "{}");
    all.json(client, "DELETE", "/calendars/events/" + id, "{\"foo\":1}");
    all.call(client, "DELETE", "/calendars/events/" + id, "", "");
  }

  private void blockedSlot(String calendarId) {
    String body =
        """
        {"locationId":"location1","calendarId":"%s","startTime":"2027-03-01T10:00:00-06:00",
         "endTime":"2027-03-01T11:00:00-06:00"}"""
            .formatted(calendarId);
    String id = all.json(client, "POST", SLOTS, body).json().getString("id");
    all.json(client, "PUT", SLOTS + "/" + id, body);
    all.json(client, "POST", SLOTS, "{}");
    all.json(client, "PUT", SLOTS + "/" + id, "{\"foo\":1}");
    all.json(client, "POST", SLOTS, "{\"locationId\":\"location1\"}");
    all.get(client, "/calendars/blocked-slots" + WINDOW + "&calendarId=" + calendarId);
  }
}
