package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.World;
import java.util.List;
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
        new Gated("GET", "/locations/{locationId}", "locations.readonly", "2021-07-28", this::get));
  }

  private Reply get(Call call) {
    String locationId = call.variable("locationId");
    call.requireLocation(locationId);
    call.allowQuery(Set.of());
    return world
        .location(locationId)
        .map(it -> Reply.json(200, JsonText.object().add("location", it).build()))
        .orElseGet(
            () ->
                Errors.notFound(
                    world.quirks().notFoundStatus(),
                    "Location with id " + locationId + " not found"));
  }
}
