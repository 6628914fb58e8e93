package com.lpai.dev.sandbox.control;

import com.lpai.dev.sandbox.ghl.Consent;
import com.lpai.dev.sandbox.ghl.Consent.Kind;
import com.lpai.dev.sandbox.http.StrictJson;
import com.lpai.dev.sandbox.world.App;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An install as a tester asks for it.
 *
 * @param repeat how often each INSTALL is sent
 * @param exchange whether the redirect to the app's callback is followed
 */
record InstallOrder(Consent consent, When when, int repeat, Copies copies, boolean exchange) {

  /** When the INSTALLs go out. */
  enum When {
    /** With the redirect; either may be first. */
    WITH,
    /** All have been tried before the redirect. */
    BEFORE,
    /** All after the callback has answered. */
    AFTER,
    /** Some before, some with, some after the redirect. */
    RANDOM,
    /** Not at all. */
    NONE
  }

  /** What a repeated INSTALL is. */
  enum Copies {
    /** By chance one or the other. */
    MIXED,
    /** The same event, byte for byte. */
    SAME,
    /** Another event about the same. */
    NEW
  }

  private static final int MOST_COPIES = 100;

  static InstallOrder ofLocation(World world, App app, String locationId) {
    return new InstallOrder(
        Consent.ofLocation(companyOf(world, locationId), locationId, allScopes(app)),
        When.WITH,
        1,
        Copies.MIXED,
        true);
  }

  /**
   * Reads an order.
   *
   * @throws IllegalArgumentException naming what is wrong with it
   */
  static InstallOrder of(StrictJson body, World world, App app) {
    Optional<String> companyId = body.optionalText("companyId");
    Optional<String> locationId = body.optionalText("locationId");
    if (companyId.isPresent() == locationId.isPresent()) {
      throw new IllegalArgumentException("send either locationId or companyId");
    }
    String scope = scope(body, app);
    Consent consent =
        companyId
            .map(it -> company(body, world, it, scope))
            .orElseGet(() -> location(world, locationId.orElseThrow(), scope));
    InstallOrder order =
        new InstallOrder(
            body.flag("withoutUserId", false) ? consent.withoutUser() : consent,
            When.valueOf(
                body.choice("webhooks", List.of("with", "before", "after", "random", "none"))
                    .toUpperCase(Locale.ROOT)),
            body.count("repeat", 1, MOST_COPIES),
            Copies.valueOf(
                body.choice("copies", List.of("mixed", "same", "new")).toUpperCase(Locale.ROOT)),
            body.flag("exchange", true));
    return order;
  }

  private static Consent location(World world, String locationId, String scope) {
    return Consent.ofLocation(companyOf(world, locationId), locationId, scope);
  }

  private static Consent company(StrictJson body, World world, String companyId, String scope) {
    List<String> all = world.locationsOf(companyId).stream().map(it -> it.getString("id")).toList();
    List<String> chosen = chosen(body, all);
    boolean bulk = body.flag("bulk", true);
    return new Consent(
        bulk ? Kind.BULK : Kind.AGENCY,
        companyId,
        chosen,
        chosen.size() == all.size(),
        body.flag("futureLocations", false),
        scope,
        true,
        body.choice("approvedLocations", List.of("", "absent", "present")));
  }

  private static List<String> chosen(StrictJson body, List<String> all) {
    Optional<JsonValue> locations = body.value("locations");
    if (locations.isEmpty()
        || (locations.get() instanceof JsonString text && text.getString().equals("all"))) {
      return all;
    }
    List<String> chosen = body.optionalTexts("locations").orElseThrow();
    List<String> foreign = chosen.stream().filter(it -> !all.contains(it)).toList();
    if (!foreign.isEmpty()) {
      throw new IllegalArgumentException(
          "not a location of this company: " + String.join(", ", foreign));
    }
    return chosen;
  }

  private static String scope(StrictJson body, App app) {
    return body.optionalTexts("scopes").map(it -> String.join(" ", it)).orElse(allScopes(app));
  }

  private static String allScopes(App app) {
    return String.join(" ", app.scopes());
  }

  private static String companyOf(World world, String locationId) {
    return world
        .location(locationId)
        .map((JsonObject it) -> it.getString("companyId"))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no location "
                        + locationId
                        + "; make it with POST /sandbox/locations"));
  }
}
