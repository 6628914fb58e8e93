package com.lpai.adapter.ghl.webhook;

import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.domain.tenant.CrmIds;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.Envelope;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where each type of event says whose it is and what it is about (ghl-facts.md 6.7; trap 24). Ids
 * that cannot be ids count as absent.
 */
final class EventRoutes {
  private EventRoutes() {}

  /** The tenant of an event, {@link Envelope#NO_LOCATION} when it names none. */
  static LocationId location(String type, JsonObject event) {
    String named = locationText(type, event);
    return named.isEmpty() ? Envelope.NO_LOCATION : new LocationId(named);
  }

  private static String locationText(String type, JsonObject event) {
    String plain = id(event, "locationId");
    if (!plain.isEmpty()) {
      return plain;
    }
    if (type.equals("LocationCreate") || type.equals("LocationUpdate")) {
      return id(event, "id");
    }
    if (type.startsWith("Appointment")) {
      return id(JsonReads.child(event, "appointment"), "locationId");
    }
    if (type.startsWith("User")) {
      return onlyLocation(event);
    }
    return JsonReads.text(event, "altType").equals("location") ? id(event, "altId") : "";
  }

  /** A user of several locations belongs to none of them alone. */
  private static String onlyLocation(JsonObject event) {
    JsonArray locations = JsonReads.list(event, "locations");
    return locations.size() == 1 && locations.getFirst() instanceof JsonString only
        ? usable(only.getString())
        : "";
  }

  /** All locations that a user's event names. */
  static Set<LocationId> locations(JsonObject event) {
    return JsonReads.list(event, "locations").stream()
        .filter(JsonString.class::isInstance)
        .map(location -> usable(((JsonString) location).getString()))
        .filter(location -> !location.isEmpty())
        .map(LocationId::new)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The key by which events are put in order: kind and id of the record. */
  static String entityKey(String type, JsonObject event, LocationId location, String webhookId) {
    String key =
        switch (type) {
          case "INSTALL", "UNINSTALL" -> key("app", owner(event, location));
          case "InboundMessage", "OutboundMessage", "ProviderOutboundMessage" ->
              key("conversation", id(event, "conversationId"));
          case "ConversationUnreadUpdate", "ConversationUpdate" ->
              key("conversation", id(event, "id"));
          // Each leads to the same: everybody of the location is read again.
          case "UserCreate", "UserUpdate", "UserDelete" ->
              location.equals(Envelope.NO_LOCATION) ? "" : key("users", location.value());
          default -> byPrefix(type, event, location);
        };
    return key.isEmpty() ? "event/" + webhookId : key;
  }

  private static String byPrefix(String type, JsonObject event, LocationId location) {
    if (type.startsWith("Appointment")) {
      return key("appointment", id(JsonReads.child(event, "appointment"), "id"));
    }
    if (type.startsWith("Location")) {
      return location.equals(Envelope.NO_LOCATION) ? "" : key("location", location.value());
    }
    for (String kind : List.of("Contact", "Opportunity", "Note", "Task")) {
      if (type.startsWith(kind)) {
        return key(kind.toLowerCase(Locale.ROOT), id(event, "id"));
      }
    }
    return type.startsWith("Invoice")
        ? key("invoice", firstOf(id(event, "_id"), id(event, "id")))
        : "";
  }

  private static String owner(JsonObject event, LocationId location) {
    return location.equals(Envelope.NO_LOCATION) ? id(event, "companyId") : location.value();
  }

  private static String key(String kind, String id) {
    return id.isEmpty() ? "" : kind + "/" + id;
  }

  private static String firstOf(String... ids) {
    return Stream.of(ids).filter(id -> !id.isEmpty()).findFirst().orElse("");
  }

  /** The id under this key; empty when there is none that can be one. */
  static String id(JsonObject object, String key) {
    return usable(JsonReads.text(object, key));
  }

  private static String usable(String id) {
    return CrmIds.isOpaque(id) ? id : "";
  }
}
