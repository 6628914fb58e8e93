package com.lpai.adapter.ghl.location;

import com.lpai.adapter.ghl.call.GhlCalls;
import com.lpai.adapter.ghl.client.GhlLocationsClient;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.location.CrmLocations;
import com.lpai.domain.location.LocationDetails;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** GoHighLevel's locations over HTTP (ghl-facts.md 3.5). */
public final class GhlLocations implements CrmLocations {
  /** The cheapest call there is: it proves a token, too. */
  public static final Operation FIND =
      new Operation(
          "GET",
          "/locations/{locationId}",
          Operation.Effect.READ,
          "location",
          "locations.readonly");

  private final GhlLocationsClient client;
  private final GhlCalls<LocationId> calls;

  public GhlLocations(GhlLocationsClient client, GhlCalls<LocationId> calls) {
    this.client = client;
    this.calls = calls;
  }

  @Override
  public CrmResult<LocationDetails> details(LocationId locationId, CallPriority priority) {
    return calls.call(
        locationId,
        priority,
        FIND,
        token -> client.find(token, locationId.value()),
        answer -> read(JsonReads.child(answer.body(), "location"), locationId));
  }

  private static Optional<LocationDetails> read(JsonObject location, LocationId locationId) {
    if (location.isEmpty()) {
      return Optional.empty();
    }
    LocationDetails assumed = LocationDetails.assumed(locationId.value());
    JsonValue allows =
        JsonReads.child(location, "settings").getOrDefault("allowDuplicateContact", JsonValue.NULL);
    return Optional.of(
        new LocationDetails(
            orElse(JsonReads.text(location, "name"), assumed.name()),
            country(JsonReads.text(location, "country"), assumed.country()),
            zone(JsonReads.text(location, "timezone"), assumed.timezone()),
            JsonReads.flag(allows).orElse(assumed.allowsDuplicateContacts())));
  }

  private static String country(String given, String assumed) {
    String country = given.strip().toUpperCase(Locale.ROOT);
    return country.matches("[A-Z]{2}") ? country : assumed;
  }

  private static ZoneId zone(String given, ZoneId assumed) {
    try {
      return given.isBlank() ? assumed : ZoneId.of(given.strip());
    } catch (DateTimeException unknown) {
      return assumed;
    }
  }

  private static String orElse(String given, String assumed) {
    return given.isBlank() ? assumed : given.strip();
  }
}
