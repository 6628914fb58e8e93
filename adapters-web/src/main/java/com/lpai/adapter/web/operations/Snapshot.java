package com.lpai.adapter.web.operations;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.api.LocationJson;
import com.lpai.application.health.LocationOverview;
import com.lpai.application.health.Overview;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A state of the overview. With hundreds of locations hardly any differs from one state to the
 * next, so a browser that has one state is told the differences only.
 *
 * @param number counts changes; 0 before the first look
 * @param common all but the locations
 * @param locations each location by its id, in their order
 */
record Snapshot(long number, JsonObject common, Map<String, JsonObject> locations) {
  static final Snapshot NOTHING = new Snapshot(0, JsonObject.EMPTY_JSON_OBJECT, Map.of());

  static Snapshot of(Overview overview) {
    Map<String, JsonObject> locations = new LinkedHashMap<>();
    for (LocationOverview location : overview.locations()) {
      locations.put(location.location().id().value(), LocationJson.of(location));
    }
    return new Snapshot(0, OverviewJson.common(overview), locations);
  }

  static Snapshot unavailable(String why) {
    return new Snapshot(0, JSON.createObjectBuilder().add("unavailable", why).build(), Map.of());
  }

  /** This one after another; the other one itself when nothing has changed. */
  Snapshot after(Snapshot before) {
    boolean isSame = common.equals(before.common) && locations.equals(before.locations);
    return isSame ? before : new Snapshot(before.number + 1, common, locations);
  }

  /** True when a browser that has the other state needs the differences only. */
  boolean continues(Snapshot seen) {
    return !seen.locations.isEmpty() && !locations.isEmpty();
  }

  String whole() {
    JsonArrayBuilder all = JSON.createArrayBuilder();
    locations.values().forEach(all::add);
    return JSON.createObjectBuilder(common).add("locations", all).build().toString();
  }

  /** What is new or different, and which locations are no more. */
  String changesSince(Snapshot seen) {
    JsonArrayBuilder changed = JSON.createArrayBuilder();
    locations.forEach(
        (id, location) -> {
          if (!location.equals(seen.locations.get(id))) {
            changed.add(location);
          }
        });
    JsonArrayBuilder gone = JSON.createArrayBuilder();
    seen.locations.keySet().stream().filter(id -> !locations.containsKey(id)).forEach(gone::add);
    return JSON.createObjectBuilder(common)
        .add("changed", changed)
        .add("gone", gone)
        .build()
        .toString();
  }
}
