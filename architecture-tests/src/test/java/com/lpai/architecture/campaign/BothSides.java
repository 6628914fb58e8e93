package com.lpai.architecture.campaign;

import com.lpai.architecture.system.HttpCalls;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** All contacts of a location as our REST API and GoHighLevel's API show them. */
final class BothSides {
  private static final int OUR_PAGE = 200;
  private static final int THEIR_PAGE = 100;
  private static final List<String> FIELDS =
      List.of(
          "firstName",
          "lastName",
          "email",
          "phone",
          "address1",
          "city",
          "state",
          "postalCode",
          "country",
          "website",
          "timezone",
          "source",
          "dateOfBirth",
          "assignedTo",
          "dnd");

  private final String locationId;
  private final Supplier<HttpCalls> here;
  private final HttpCalls there;

  BothSides(String locationId, Supplier<HttpCalls> here, HttpCalls there) {
    this.locationId = locationId;
    this.here = here;
    this.there = there;
  }

  List<JsonObject> ours() {
    List<JsonObject> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonObject page =
          here.get()
              .get("/api/locations/%s/contacts?limit=%d%s".formatted(locationId, OUR_PAGE, cursor))
              .json();
      all.addAll(page.getJsonArray("items").getValuesAs(JsonObject.class));
      cursor = page.isNull("nextCursor") ? "" : "&cursor=" + page.getString("nextCursor");
    } while (!cursor.isEmpty());
    return all;
  }

  List<JsonObject> theirs() {
    List<JsonObject> all = new ArrayList<>();
    List<JsonObject> page = search(Json.createObjectBuilder().add("page", 1));
    while (!page.isEmpty()) {
      for (JsonObject found : page) {
        all.add(there.get("/contacts/" + found.getString("id")).json().getJsonObject("contact"));
      }
      JsonArray after = page.getLast().getJsonArray("searchAfter");
      page = search(Json.createObjectBuilder().add("searchAfter", after));
    }
    return all;
  }

  private List<JsonObject> search(JsonObjectBuilder from) {
    JsonObject sort =
        Json.createObjectBuilder().add("field", "dateAdded").add("direction", "asc").build();
    JsonObject body =
        from.add("locationId", locationId)
            .add("pageLimit", THEIR_PAGE)
            .add("sort", Json.createArrayBuilder().add(sort))
            .build();
    return there
        .post("/contacts/search", body)
        .json()
        .getJsonArray("contacts")
        .getValuesAs(JsonObject.class);
  }

  /** Compares all fields of all contacts, and returns how many contacts there are. */
  int compare(Findings findings) {
    List<JsonObject> ours = ours();
    Map<String, JsonObject> theirs = new HashMap<>();
    theirs().forEach(contact -> theirs.put(contact.getString("id"), contact));
    Map<String, Integer> emails = new TreeMap<>();
    for (JsonObject contact : ours) {
      String ghlId = contact.getString("ghlContactId", "");
      String name = locationId + ": " + contact.getString("email", ghlId);
      emails.merge(contact.getString("email", "none " + ghlId), 1, Integer::sum);
      if (!contact.getJsonObject("sync").getString("state").equals("synced")) {
        findings.add(name + " is not synced: " + contact.getJsonObject("sync"));
      }
      if (theirs.containsKey(ghlId)) {
        compare(name, contact, theirs.remove(ghlId), findings);
      } else {
        findings.add(name + " is only here: " + contact.getJsonObject("sync"));
      }
    }
    theirs
        .values()
        .forEach(
            contact ->
                findings.add(
                    locationId + ": " + contact.getString("email", "") + " is only there"));
    emails.forEach(
        (email, times) -> {
          if (times > 1) {
            findings.add(locationId + ": " + email + " is here " + times + " times");
          }
        });
    return ours.size();
  }

  private static void compare(String name, JsonObject ours, JsonObject theirs, Findings findings) {
    for (String field : FIELDS) {
      same(name, field, value(ours, field), value(theirs, field), findings);
    }
    same(name, "tags", tags(ours), tags(theirs), findings);
    same(name, "customFields", customFields(ours), customFields(theirs), findings);
    same(name, "dndSettings", channels(ours), channels(theirs), findings);
  }

  private static void same(
      String name, String field, Object ours, Object theirs, Findings findings) {
    if (!ours.equals(theirs)) {
      findings.add("%s: %s is %s here, %s there".formatted(name, field, ours, theirs));
    }
  }

  /** An absent value, null and an empty text are the same. */
  private static String value(JsonObject contact, String field) {
    JsonValue value = contact.getOrDefault(field, JsonValue.NULL);
    return value instanceof JsonString text
        ? text.getString()
        : value.equals(JsonValue.NULL) ? "" : value.toString();
  }

  private static Set<String> tags(JsonObject contact) {
    Set<String> tags = new TreeSet<>();
    if (contact.containsKey("tags")) {
      contact
          .getJsonArray("tags")
          .getValuesAs(JsonString.class)
          .forEach(tag -> tags.add(tag.getString()));
    }
    return tags;
  }

  private static Map<String, JsonValue> customFields(JsonObject contact) {
    Map<String, JsonValue> fields = new TreeMap<>();
    if (contact.containsKey("customFields")) {
      contact
          .getJsonArray("customFields")
          .getValuesAs(JsonObject.class)
          .forEach(field -> fields.put(field.getString("id"), field.get("value")));
    }
    return fields;
  }

  private static Map<String, String> channels(JsonObject contact) {
    Map<String, String> channels = new TreeMap<>();
    if (contact.containsKey("dndSettings")) {
      contact
          .getJsonObject("dndSettings")
          .forEach(
              (channel, setting) -> channels.put(channel, value(setting.asJsonObject(), "status")));
    }
    return channels;
  }
}
