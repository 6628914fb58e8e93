package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A person who changes everything that can be changed in one location of GoHighLevel. */
final class CrmPerson {
  private static final String APPOINTMENTS = "/calendars/events/appointments";
  private static final String MESSAGES = "/conversations/messages/";

  private final String locationId;
  private final Hand control;
  private final Hand api;
  private final Hand olderApi;

  CrmPerson(RunningSystem system, String locationId) {
    this.locationId = locationId;
    HttpCalls user = new Sandbox(system).asUserOf(locationId);
    control = new Hand(system.sandbox());
    api = new Hand(user);
    olderApi = new Hand(user.with("Version", "2021-04-15"));
  }

  /** Calls that must succeed. */
  private record Hand(HttpCalls calls) {
    JsonObject send(String method, String path, JsonObjectBuilder body) {
      HttpCalls.Answer answer =
          calls.send(
              method, path, BodyPublishers.ofString(body.build().toString()), "application/json");
      assertThat(answer.status()).as("%s %s: %s", method, path, answer.body()).isBetween(200, 299);
      return answer.body().isBlank() ? JsonValue.EMPTY_JSON_OBJECT : answer.json();
    }

    JsonObject post(String path, JsonObjectBuilder body) {
      return send("POST", path, body);
    }

    JsonObject put(String path, JsonObjectBuilder body) {
      return send("PUT", path, body);
    }

    void delete(String list, JsonObject record) {
      send("DELETE", list + record.getString("id"), Json.createObjectBuilder());
    }
  }

  private List<JsonObject> records(String kind) {
    return control
        .calls()
        .get("/sandbox/locations/%s/records/%s".formatted(locationId, kind))
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class);
  }

  private static JsonObjectBuilder with(String name, String value) {
    return Json.createObjectBuilder().add(name, value);
  }

  private JsonObjectBuilder inLocation() {
    return with("locationId", locationId);
  }

  private static String idOf(JsonObject record) {
    return record.getString("id");
  }

  /** Makes what is deleted later, so that nothing else rests on it. */
  void makesSpares() {
    for (String kind : List.of("pipelines", "calendars")) {
      putCopy(kind, "Spare");
    }
  }

  private void putCopy(String kind, String name) {
    control.put(
        list(kind) + locationId + name,
        Json.createObjectBuilder(records(kind).get(0)).add("name", name));
  }

  private String list(String kind) {
    return "/sandbox/locations/" + locationId + "/records/" + kind + "/";
  }

  /** Makes, edits and deletes one record at least of every kind; users cannot be deleted. */
  void changesEverything() {
    String contact = changesContacts();
    changesOpportunities(contact);
    changesAppointments(contact);
    changesConversations(contact);
    changesFieldsAndValues();
    changesPipelinesAndCalendars();
    String place = "/sandbox/locations/" + locationId;
    control.put(place, with("name", "Acme & Sons").add("timezone", "Europe/Rome"));
    control.put(place + "/users/" + locationId + "Late", with("name", "Zoë Late"));
  }

  private String changesContacts() {
    List<JsonObject> contacts = records("contacts");
    String made =
        idOf(
            api.post("/contacts/", inLocation().add("firstName", "Late")).getJsonObject("contact"));
    String edited = "/contacts/" + idOf(contacts.get(0));
    api.put(edited, with("city", "Reykjavik").add("lastName", JsonValue.NULL));
    api.post(
        "/contacts/" + idOf(contacts.get(1)) + "/tags",
        Json.createObjectBuilder().add("tags", Json.createArrayBuilder().add("late")));
    api.delete("/contacts/", contacts.get(2));
    api.delete("/contacts/", contacts.getLast());
    return made;
  }

  private void changesOpportunities(String contact) {
    List<JsonObject> opportunities = records("opportunities");
    api.post(
        "/opportunities/",
        inLocation()
            .add("name", "A late idea")
            .add("pipelineId", idOf(records("pipelines").getFirst()))
            .add("status", "open")
            .add("contactId", contact)
            .add("monetaryValue", 1234.5));
    String edited = "/opportunities/" + idOf(opportunities.get(0));
    api.put(edited, with("name", "Renamed").add("monetaryValue", 17));
    api.put("/opportunities/" + idOf(opportunities.get(1)) + "/status", with("status", "lost"));
    api.delete("/opportunities/", opportunities.get(2));
    api.delete("/opportunities/", opportunities.getLast());
  }

  private void changesAppointments(String contact) {
    List<JsonObject> appointments = records("appointments");
    JsonObject model = appointments.get(0);
    Instant soon = Instant.parse("2026-12-24T10:00:00Z");
    olderApi.post(
        APPOINTMENTS,
        at(soon, model)
            .add("locationId", locationId)
            .add("title", "A late visit")
            .add("calendarId", model.getString("calendarId"))
            .add("contactId", contact));
    olderApi.put(
        APPOINTMENTS + "/" + idOf(model),
        at(soon.plus(40, ChronoUnit.DAYS), model).add("title", "Moved"));
    olderApi.delete("/calendars/events/", appointments.get(1));
    olderApi.delete("/calendars/events/", appointments.getLast());
  }

  private static JsonObjectBuilder at(Instant start, JsonObject model) {
    return with("startTime", start.toString())
        .add("endTime", start.plus(1, ChronoUnit.HOURS).toString())
        .add("ignoreFreeSlotValidation", true)
        .add("assignedUserId", model.getString("assignedUserId"));
  }

  private void changesConversations(String contact) {
    List<JsonObject> conversations = records("conversations");
    String made =
        idOf(
            olderApi
                .post("/conversations/", inLocation().add("contactId", contact))
                .getJsonObject("conversation"));
    String message =
        olderApi
            .post(
                MESSAGES + "inbound",
                with("type", "SMS")
                    .add("conversationId", made)
                    .add("contactId", contact)
                    .add("conversationProviderId", "provider1")
                    .add("message", "Am I late?"))
            .getString("messageId");
    olderApi.put(MESSAGES + message + "/status", with("status", "read"));
    JsonObject edited = conversations.get(0);
    olderApi.put(
        "/conversations/" + idOf(edited),
        inLocation()
            .add("unreadCount", edited.getInt("unreadCount") + 3)
            .add("starred", !edited.getBoolean("starred")));
    olderApi.delete("/conversations/", conversations.get(1));
    olderApi.delete("/conversations/", conversations.getLast());
  }

  private void changesFieldsAndValues() {
    String fields = "/locations/" + locationId + "/customFields/";
    List<JsonObject> present =
        records("customFields").stream()
            .filter(field -> field.getString("model").equals("contact"))
            .toList();
    api.post(
        "/locations/" + locationId + "/customFields",
        with("name", "Late field").add("dataType", "TEXT").add("model", "contact"));
    api.put(fields + idOf(present.get(0)), with("name", "Renamed"));
    api.delete(fields, present.getLast());

    String values = "/locations/" + locationId + "/customValues/";
    api.post(
        "/locations/" + locationId + "/customValues",
        with("name", "Late value").add("value", "Good evening"));
    api.put(
        values + idOf(records("customValues").get(0)),
        with("name", "Renamed").add("value", "Other"));
    api.delete(values, records("customValues").getLast());
  }

  /** No API of GoHighLevel's does this. */
  private void changesPipelinesAndCalendars() {
    for (String kind : List.of("pipelines", "calendars")) {
      JsonObject old =
          records(kind).stream()
              .filter(record -> !idOf(record).startsWith(locationId))
              .findFirst()
              .orElseThrow();
      putCopy(kind, "Late");
      control.put(list(kind) + idOf(old), with("name", "Renamed"));
      control.delete(list(kind), with("id", locationId + "Spare").build());
    }
  }
}
