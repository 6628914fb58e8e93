package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.ghl.Consent.Kind;
import com.lpai.dev.sandbox.webhook.Webhooks;
import com.lpai.dev.sandbox.world.App;
import com.lpai.dev.sandbox.world.CompanyInstall;
import com.lpai.dev.sandbox.world.Grant;
import com.lpai.dev.sandbox.world.Grant.Actor;
import com.lpai.dev.sandbox.world.Ids;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** What people do with the app in GoHighLevel: install it in locations or companies, remove it. */
public final class Marketplace {
  /** Webhook type of an install. */
  public static final String INSTALL = "INSTALL";

  /** Webhook type of an uninstall. */
  public static final String UNINSTALL = "UNINSTALL";

  /** Scopes that only an agency's token can use (ghl-facts.md 2.5). */
  private static final Set<String> FOR_AGENCIES =
      Set.of("oauth.readonly", "oauth.write", "locations.write");

  /**
   * An agreement that GoHighLevel has taken down, with nobody told yet.
   *
   * @param code for the app's callback
   * @param events the INSTALLs
   */
  public record Agreed(String code, List<JsonObject> events) {
    public Agreed {
      events = List.copyOf(events);
    }
  }

  private final World world;
  private final App app;
  private final Webhooks webhooks;
  private final InstallEvents events;

  Marketplace(World world, App app, Webhooks webhooks) {
    this.world = world;
    this.app = app;
    this.webhooks = webhooks;
    this.events = new InstallEvents(world);
  }

  /** A person agreed: from now on the locations have the app. */
  public Agreed agree(Consent consent) {
    consent.locationIds().forEach(world.installs()::add);
    return consent.kind() == Kind.LOCATION ? agreeForLocation(consent) : agreeForCompany(consent);
  }

  /**
   * A person agreed in a browser. The events may well overtake the redirect.
   *
   * @return where the browser goes next
   */
  URI consent(Consent consent, String redirectUri, Optional<String> state) {
    Agreed agreed = agree(consent);
    agreed.events().forEach(event -> webhooks.send(INSTALL, event));
    return URI.create(back(redirectUri, "code=" + encoded(agreed.code())) + echoed(state));
  }

  /** Where a browser goes with a code after an install that was begun inside the Marketplace. */
  public URI callback(String code) {
    return URI.create(back(app.redirectUri().toString(), "code=" + encoded(code)));
  }

  /** The person refused. */
  URI refusal(String redirectUri, Optional<String> state) {
    return URI.create(back(redirectUri, "error=access_denied") + echoed(state));
  }

  /** Whether the app may be called back there. */
  boolean isRegistered(String redirectUri) {
    return app.redirectUri().toString().equals(redirectUri)
        || world.settings().get(Settings.REDIRECT_URIS).contains(redirectUri);
  }

  /**
   * Removes the app from a location: its tokens end.
   *
   * @return the event, not yet sent
   */
  public JsonObject uninstall(String locationId) {
    world.installs().remove(locationId);
    world.grants().revoke(grant -> grant.locationId().equals(locationId));
    return InstallEvents.uninstalledLocation(locationId);
  }

  /**
   * Removes the app from a company and all its locations: all tokens end.
   *
   * @return the events, not yet sent; the first is the company's
   */
  public List<JsonObject> uninstallCompany(String companyId) {
    List<JsonObject> gone = new ArrayList<>();
    gone.add(InstallEvents.uninstalledCompany(companyId));
    for (JsonObject location : world.locationsOf(companyId)) {
      String locationId = location.getString("id");
      if (world.installs().has(locationId)) {
        world.installs().remove(locationId);
        if (world.settings().get(Settings.UNINSTALL_PER_LOCATION)) {
          gone.add(InstallEvents.uninstalledLocation(locationId));
        }
      }
    }
    world.installs().removeCompany(companyId);
    world.grants().revoke(grant -> grant.companyId().equals(companyId));
    return List.copyOf(gone);
  }

  /** A location was made: where its company wants it so, it gets the app by itself. */
  public void locationMade(String locationId) {
    JsonObject location = world.location(locationId).orElseThrow();
    Optional<CompanyInstall> company = world.installs().ofCompany(location.getString("companyId"));
    if (company.isEmpty()) {
      return;
    }
    webhooks.send("LocationCreate", InstallEvents.locationMade(location));
    if (company.get().futureLocations()) {
      world.installs().add(locationId);
      boolean namesUser = world.settings().get(Settings.FUTURE_INSTALL_NAMES_USER);
      String userId = namesUser ? company.get().userId() : "";
      webhooks.send(INSTALL, events.installed(company.get().companyId(), locationId, userId));
    }
  }

  /** A location's details were changed by a person. */
  public void locationChanged(String locationId) {
    JsonObject location = world.location(locationId).orElseThrow();
    boolean hasApp =
        world.installs().has(locationId)
            || world.installs().ofCompany(location.getString("companyId")).isPresent();
    if (hasApp) {
      webhooks.send("LocationUpdate", InstallEvents.locationMade(location));
    }
  }

  /** A person of a location was made or changed; no official sample shows the change. */
  public void userWritten(String locationId, JsonObject user, boolean isNew) {
    webhooks.happened(
        isNew ? "UserCreate" : "UserUpdate", locationId, InstallEvents.userWritten(user));
  }

  /** The user who acts for a location: an administrator where there is one. */
  public String installer(String locationId) {
    return world.usersOf(locationId).stream()
        .min(Comparator.comparing(user -> user.getJsonObject("roles").getString("role")))
        .map(user -> user.getString("id"))
        .orElse("sandboxUser");
  }

  /** What of a company's scopes a Location token has. */
  static String withoutAgencyScopes(String scope) {
    return List.of(scope.split(" ", -1)).stream()
        .filter(it -> !FOR_AGENCIES.contains(it))
        .collect(Collectors.joining(" "));
  }

  private Agreed agreeForLocation(Consent consent) {
    String locationId = consent.locationIds().getFirst();
    String userId = consent.namesUser() ? installer(locationId) : "";
    String scope =
        world.settings().get(Settings.AGENCY_SCOPES_FOR_LOCATIONS)
            ? consent.scope()
            : withoutAgencyScopes(consent.scope());
    Grant grant = Grant.ofLocation(Actor.APP, locationId, consent.companyId(), userId, scope);
    return new Agreed(
        world.grants().newCode(grant),
        List.of(events.installed(consent.companyId(), locationId, userId)));
  }

  private Agreed agreeForCompany(Consent consent) {
    String companyId = consent.companyId();
    String userId = consent.namesUser() ? agencyUser(companyId) : "";
    boolean bulk = consent.kind() == Kind.BULK;
    world
        .installs()
        .add(
            new CompanyInstall(
                companyId,
                userId,
                consent.scope(),
                bulk,
                consent.allLocations(),
                consent.futureLocations(),
                consent.locationIds(),
                consent.approvedLocations()));
    List<JsonObject> told =
        bulk
            ? consent.locationIds().stream()
                .map(locationId -> events.installed(companyId, locationId, userId))
                .toList()
            : List.of(events.installed(companyId, userId));
    Grant grant = Grant.ofCompany(Actor.APP, companyId, userId, consent.scope());
    return new Agreed(world.grants().newCode(grant), told);
  }

  /** A user of the agency: no location's token sees such users (ghl-facts.md 3.4). */
  private static String agencyUser(String companyId) {
    return Ids.from(new SplittableRandom(companyId.hashCode()));
  }

  private String echoed(Optional<String> state) {
    return state
        .filter(any -> world.settings().get(Settings.STATE_ECHOED))
        .map(it -> "&state=" + encoded(it))
        .orElse("");
  }

  private static String back(String redirectUri, String query) {
    return redirectUri + (redirectUri.contains("?") ? "&" : "?") + query;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
