package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Locations (ghl-facts.md 3.5). */
final class LocationsArea implements GhlArea {
  private final World world;

  LocationsArea(World world) {
    this.world = world;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Gated(
            "GET",
            "/locations/{locationId}",
            "locations.readonly",
            "2021-07-28",
            Access.ANY,
            this::get));
  }

  private Reply get(Call call) {
    String locationId = call.variable("locationId");
    call.allowQuery(Set.of());
    Optional<JsonObject> location = world.location(locationId);
    if (call.grant().isOfCompany()) {
      location.filter(it -> !isOfCompany(call, it)).ifPresent(it -> refuse());
    } else {
      call.requireLocation(locationId);
    }
    return location
        .map(it -> Reply.json(200, JsonText.object().add("location", it).build()))
        .orElseGet(
            () ->
                Errors.notFound(
                    world.settings().get(Settings.NOT_FOUND_STATUS),
                    "Location with id " + locationId + " not found"));
  }

  private static boolean isOfCompany(Call call, JsonObject location) {
    return location.getString("companyId").equals(call.grant().companyId());
  }

  private static void refuse() {
    throw new Refused(Errors.forbidden());
  }
}
