package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.IsoTime;
import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Kind;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns checked input into a contact. */
final class ContactEdit {
  private ContactEdit() {}

  static Item created(String id, String locationId, Map<String, JsonValue> input, Instant now) {
    JsonObject blank =
        JsonText.object()
            .add("id", id)
            .add("locationId", locationId)
            .add("type", "lead")
            .add("dnd", false)
            .add("tags", JsonText.array())
            .add("customFields", JsonText.array())
            .add("dateAdded", IsoTime.of(now))
            .add("dateUpdated", IsoTime.of(now))
            .build();
    return applied(blank, input, now);
  }

  /** Custom fields and dnd channels are merged one by one, all else is replaced. */
  static Item updated(Item contact, Map<String, JsonValue> input, Instant now) {
    return applied(contact.json(), input, now);
  }

  private static Item applied(JsonObject before, Map<String, JsonValue> input, Instant now) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(before);
    input.forEach(
        (name, value) -> {
          switch (name) {
            case "customFields" ->
                fields.put(
                    name,
                    mergedFields(before.getOrDefault(name, JsonValue.NULL), value.asJsonArray()));
            case "dndSettings", "inboundDndSettings" ->
                fields.put(
                    name,
                    mergedChannels(
                        before.getOrDefault(name, JsonValue.NULL), value.asJsonObject()));
            default -> fields.put(name, value);
          }
        });
    nameParts(fields, input.keySet());
    fields.put("dateUpdated", JsonText.string(IsoTime.of(now)));
    JsonObjectBuilder after = JsonText.object();
    fields.forEach(
        (name, value) -> {
          if (!JsonValue.NULL.equals(value)) {
            after.add(name, value);
          }
        });
    return Item.of(Kind.CONTACTS, after.build());
  }

  /** A full name alone is split; else the full name follows its parts. */
  private static void nameParts(Map<String, JsonValue> fields, Set<String> sent) {
    boolean parts = sent.contains("firstName") || sent.contains("lastName");
    if (parts) {
      String full =
          Stream.of("firstName", "lastName")
              .flatMap(part -> text(fields, part).stream())
              .collect(Collectors.joining(" "));
      fields.put("name", full.isEmpty() ? JsonValue.NULL : JsonText.string(full));
      return;
    }
    if (!sent.contains("name")) {
      return;
    }
    String full = text(fields, "name").orElse("").strip();
    int space = full.indexOf(' ');
    String first = space < 0 ? full : full.substring(0, space);
    String last = space < 0 ? "" : full.substring(space + 1).strip();
    fields.put("firstName", first.isEmpty() ? JsonValue.NULL : JsonText.string(first));
    fields.put("lastName", last.isEmpty() ? JsonValue.NULL : JsonText.string(last));
  }

  private static Optional<String> text(Map<String, JsonValue> fields, String name) {
    return fields.get(name) instanceof JsonString found
        ? Optional.of(found.getString())
        : Optional.empty();
  }

  private static JsonArray mergedFields(JsonValue before, JsonArray sent) {
    Map<String, JsonValue> byId = new LinkedHashMap<>();
    if (before instanceof JsonArray old) {
      old.getValuesAs(JsonObject.class).forEach(it -> byId.put(it.getString("id"), it));
    }
    for (JsonObject item : sent.getValuesAs(JsonObject.class)) {
      JsonValue value = item.get("value");
      boolean cleared = JsonValue.NULL.equals(value) || JsonText.string("").equals(value);
      if (cleared) {
        byId.remove(item.getString("id"));
      } else {
        byId.put(item.getString("id"), item);
      }
    }
    JsonArrayBuilder merged = JsonText.array();
    byId.values().forEach(merged::add);
    return merged.build();
  }

  private static JsonObject mergedChannels(JsonValue before, JsonObject sent) {
    JsonObjectBuilder merged =
        before instanceof JsonObject old ? JsonText.object(old) : JsonText.object();
    sent.forEach(merged::add);
    return merged.build();
  }
}
