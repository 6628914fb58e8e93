package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.webhook.Webhooks;
import com.lpai.dev.sandbox.world.App;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;

/** What a person does with the app in GoHighLevel: installs it in a location, or removes it. */
public final class Marketplace {
  private final World world;
  private final App app;
  private final Webhooks webhooks;

  Marketplace(World world, App app, Webhooks webhooks) {
    this.world = world;
    this.app = app;
    this.webhooks = webhooks;
  }

  /**
   * Installs the app in a location with all its scopes, begun inside the Marketplace: no state
   * (ghl-facts.md 2.1).
   *
   * @return where the person's browser goes next
   */
  public URI install(String locationId) {
    return consent(locationId, String.join(" ", app.scopes()), Optional.empty());
  }

  /** Removes the app: its tokens end, and it is told. */
  public void uninstall(String locationId) {
    world.markUninstalled(locationId);
    webhooks.installation("UNINSTALL", locationId, JsonText.object().build());
  }

  /** The person agreed. The INSTALL webhook may well overtake the redirect. */
  URI consent(String locationId, String scope, Optional<String> state) {
    JsonObject location = world.location(locationId).orElseThrow();
    String companyId = location.getString("companyId");
    String userId = installer(locationId);
    world.markInstalled(locationId);
    String code = world.grants().newCode(locationId, companyId, userId, scope);
    webhooks.installation(
        "INSTALL",
        locationId,
        JsonText.object()
            .add("companyId", companyId)
            .add("userId", userId)
            .add("companyName", "Sandbox Agency")
            .add("isWhitelabelCompany", false)
            .add("whitelabelDetails", JsonText.object())
            .build());
    String withState = state.map(it -> "&state=" + encoded(it)).orElse("");
    return back("code=" + encoded(code) + withState);
  }

  /** The person refused. */
  URI refusal(Optional<String> state) {
    String withState = state.map(it -> "&state=" + encoded(it)).orElse("");
    return back("error=access_denied" + withState);
  }

  /** The user who acts for a location: an administrator where there is one. */
  public String installer(String locationId) {
    return world.usersOf(locationId).stream()
        .min(Comparator.comparing(user -> user.getJsonObject("roles").getString("role")))
        .map(user -> user.getString("id"))
        .orElse("sandboxUser");
  }

  private URI back(String query) {
    String target = app.redirectUri().toString();
    return URI.create(target + (target.contains("?") ? "&" : "?") + query);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
