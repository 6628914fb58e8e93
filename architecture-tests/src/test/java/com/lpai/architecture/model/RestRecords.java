package com.lpai.architecture.model;

import com.lpai.architecture.system.HttpCalls;
import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the REST API shows of a location: it must be what is kept. */
final class RestRecords {
  private static final String EVER = "&from=1970-01-01T00:00:00Z&to=2100-01-01T00:00:00Z";

  private final HttpCalls server;
  private final String location;
  private final List<String> faults = new ArrayList<>();

  private RestRecords(HttpCalls server, LocationId location) {
    this.server = server;
    this.location = "/api/locations/" + location.value() + "/";
  }

  /** Our API's word for many of them. */
  static String plural(ModelKind kind) {
    return switch (kind) {
      case CONTACT -> "contacts";
      case PROJECT -> "projects";
      case APPOINTMENT -> "appointments";
    };
  }

  /**
   * Where the lists of records and of conflicts do not show what is kept, a line each.
   *
   * @param server calls as the operator
   */
  static List<String> faults(HttpCalls server, LocationId location, Sides sides) {
    RestRecords rest = new RestRecords(server, location);
    Set<String> kept = new TreeSet<>();
    for (ModelKind kind : ModelKind.values()) {
      rest.compare(kind, sides);
      for (Mirrored<?, ?, ?> record : sides.here.live(kind)) {
        record.conflicts().forEach(conflict -> kept.add(told(record, conflict)));
      }
    }
    Set<String> told = new TreeSet<>();
    for (JsonObject conflict : rest.all("conflicts", "&state=open,decided,resolved")) {
      told.add(
          told(
              conflict.getString("recordId"),
              conflict.getString("field"),
              text(conflict.get("ours")),
              text(conflict.get("theirs"))));
    }
    if (!told.equals(kept)) {
      rest.faults.add("the list of conflicts tells " + told + ", kept are " + kept);
    }
    return List.copyOf(rest.faults);
  }

  private static String told(Mirrored<?, ?, ?> record, Conflict conflict) {
    return told(
        record.id().toString(),
        conflict.field().value(),
        Sides.shown(conflict.ours()),
        Sides.shown(conflict.theirs()));
  }

  private static String told(String record, String field, String ours, String theirs) {
    return record + " " + field + ": ours " + ours + ", theirs " + theirs;
  }

  private void compare(ModelKind kind, Sides sides) {
    Map<String, JsonObject> shown = new HashMap<>();
    all(plural(kind), kind == ModelKind.APPOINTMENT ? EVER : "")
        .forEach(record -> shown.put(record.getString("id"), record));
    for (Mirrored<?, ?, ?> record : sides.here.live(kind)) {
      JsonObject json = shown.remove(record.id().toString());
      if (json == null) {
        faults.add(kind + " " + record.id() + " is not in the list");
        continue;
      }
      for (ModelField field : ModelField.of(kind)) {
        String told = shown(json, sides.name(field));
        String kept = sides.valueHere(record, field);
        if (!told.equals(kept)) {
          faults.add(
              kind + " " + record.id() + " " + field + " is shown as " + told + ", kept " + kept);
        }
      }
    }
    if (!shown.isEmpty()) {
      faults.add(kind + "s are shown and not kept: " + shown.keySet());
    }
  }

  private List<JsonObject> all(String list, String query) {
    List<JsonObject> all = new ArrayList<>();
    String cursor = "";
    do {
      HttpCalls.Answer answer = server.get(location + list + "?limit=200" + query + cursor);
      if (answer.status() != 200) {
        throw new AssertionError(list + " was answered " + answer.status() + " " + answer.body());
      }
      JsonObject page = answer.json();
      all.addAll(page.getJsonArray("items").getValuesAs(JsonObject.class));
      cursor = page.isNull("nextCursor") ? "" : "&cursor=" + page.getString("nextCursor");
    } while (!cursor.isEmpty());
    return all;
  }

  /** The value of a field as the model writes it. */
  static String shown(JsonObject record, FieldName name) {
    if (name.isIn("tags")) {
      return record.getJsonArray("tags").getValuesAs(JsonString.class).stream()
              .anyMatch(tag -> tag.getString().equals(name.element()))
          ? "true"
          : "";
    }
    if (name.isIn("customFields")) {
      return record.getJsonArray("customFields").getValuesAs(JsonObject.class).stream()
          .filter(field -> field.getString("id").equals(name.element()))
          .map(field -> text(field.get("value")))
          .findFirst()
          .orElse("");
    }
    return text(record.getOrDefault(name.value(), JsonValue.NULL));
  }

  private static String text(JsonValue value) {
    return switch (value) {
      case JsonString string -> string.getString();
      case JsonNumber number -> Ghl.plain(number.bigDecimalValue());
      default -> value.equals(JsonValue.NULL) ? "" : value.toString();
    };
  }
}
