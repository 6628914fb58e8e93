package com.lpai.architecture.system;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Map;

/** A location with everything in it, in the proportions of a large one. */
final class BigLocation {
  /** Made-up appointments lie at fixed times, whenever this runs. */
  static final Map<String, String> SETTINGS =
      Map.of("LPAI_APPOINTMENTS_PAST", "P7300D", "LPAI_APPOINTMENTS_AHEAD", "P7300D");

  /** Every seventh is not active. */
  private static final int SOME_CALENDARS = 7;

  private BigLocation() {}

  /** GoHighLevel allows more calls than anybody makes. */
  static void withoutLimits(Sandbox sandbox) {
    sandbox.behaves("{\"rateBurst\":1000000,\"rateDaily\":100000000}");
  }

  /** One with so many contacts; opportunities, appointments and the rest in proportion. */
  static void makes(Sandbox sandbox, String locationId, int contacts) {
    sandbox.control(
        "/sandbox/locations",
        Json.createObjectBuilder()
            .add("locationId", locationId)
            .add("companyId", "company-" + locationId)
            .add("seed", 7)
            .add("users", 10)
            .add("contacts", contacts)
            .add("opportunities", contacts * 2 / 5)
            .add("appointments", contacts / 5)
            .add("calendars", Math.max(SOME_CALENDARS, contacts * 60 / 100_000))
            .add("conversations", contacts / 20)
            .add("messages", contacts / 2)
            .build()
            .toString());
  }

  /** How far its setup is, as the operator sees it. */
  static JsonObject setup(RunningSystem system, String locationId) {
    return system.operator().get("/api/locations/" + locationId + "/setup").json();
  }
}
