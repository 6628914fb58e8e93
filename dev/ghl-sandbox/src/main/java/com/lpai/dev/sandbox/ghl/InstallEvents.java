package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.IsoTime;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** The fields of INSTALL and UNINSTALL as the official samples have them (ghl-facts.md 6.7). */
final class InstallEvents {
  private static final String PLAN = "66a0419a0dffa47fb5f8b22f";

  private final World world;

  InstallEvents(World world) {
    this.world = world;
  }

  static String planId() {
    return PLAN;
  }

  /** The event for one location. */
  JsonObject installed(String companyId, String locationId, String userId) {
    return installed(companyId, Optional.of(locationId), userId);
  }

  /** The event for a company as a whole: no location in it. */
  JsonObject installed(String companyId, String userId) {
    return installed(companyId, Optional.empty(), userId);
  }

  static JsonObject uninstalledLocation(String locationId) {
    return JsonText.object().add("locationId", locationId).build();
  }

  static JsonObject uninstalledCompany(String companyId) {
    return JsonText.object().add("companyId", companyId).build();
  }

  /**
   * {@code LocationCreate} and {@code LocationUpdate}: the location is its {@code id}, and there is
   * no locationId.
   */
  static JsonObject locationMade(JsonObject location) {
    return JsonText.object()
        .add("id", location.getString("id"))
        .add("companyId", location.getString("companyId"))
        .add("name", location.getString("name"))
        .add("email", location.getString("email"))
        .add("stripeProductId", "prod_sandbox")
        .build();
  }

  /** {@code UserCreate} of a location: its role is not within {@code roles}. */
  static JsonObject userWritten(JsonObject user) {
    JsonObjectBuilder event = JsonText.object();
    for (String field :
        List.of("id", "firstName", "lastName", "email", "phone", "extension", "permissions")) {
      JsonValue value = user.get(field);
      if (value != null) {
        event.add(field, value);
      }
    }
    return event.add("role", user.getJsonObject("roles").getString("role")).build();
  }

  private JsonObject installed(String companyId, Optional<String> locationId, String userId) {
    JsonObjectBuilder event = JsonText.object();
    locationId.ifPresent(id -> event.add("locationId", id));
    event.add("companyId", companyId);
    if (!userId.isEmpty()) {
      event.add("userId", userId);
    }
    if (locationId.isPresent() && world.settings().get(Settings.INSTALL_TYPE_SENT)) {
      event.add("installType", "Location");
    }
    boolean whiteLabel = world.settings().get(Settings.WHITE_LABEL);
    JsonObjectBuilder label = JsonText.object();
    if (whiteLabel) {
      label.add("domain", "example.com").add("logoUrl", "https://example.com/logo.png");
    }
    return event
        .add("planId", PLAN)
        .add(
            "trial",
            JsonText.object()
                .add("onTrial", true)
                .add("trialDuration", 10)
                .add("trialStartDate", IsoTime.of(world.clock().instant())))
        .add("isWhitelabelCompany", whiteLabel)
        .add("whitelabelDetails", label)
        .add("companyName", "Sandbox Agency")
        .build();
  }
}
