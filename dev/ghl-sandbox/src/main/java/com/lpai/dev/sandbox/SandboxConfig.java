package com.lpai.dev.sandbox;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.App;
import com.lpai.dev.sandbox.world.Setting;
import com.lpai.dev.sandbox.world.Settings;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How a sandbox is set up. Start from {@link #standard()} and change what matters.
 *
 * @param port of 127.0.0.1; 0 for a free one
 * @param app the Marketplace app it knows
 * @param dataDirectory where everything is kept; empty for memory only
 * @param seed of what GoHighLevel does not document, and of the webhooks' times
 * @param settings by name, in the place of what the seed decides
 * @param realTime the time its clock runs ahead of
 */
@SuppressWarnings("OptionalUsedAsFieldOrParameterType") // read once, at start
public record SandboxConfig(
    int port,
    App app,
    Optional<Path> dataDirectory,
    long seed,
    JsonObject settings,
    InstantSource realTime) {

  /** The app's id when nothing else is asked for. */
  public static final String CLIENT_ID = "sandboxapp-local";

  /** Its secret: no secret at all, good for this machine only. */
  public static final String CLIENT_SECRET = "sandbox-secret-for-this-machine-only";

  static final String REDIRECT_URI = "http://localhost:9080/api/oauth/callback";
  static final String WEBHOOK_URL = "http://localhost:9080/api/webhooks/ghl/native";

  /** A free port, in memory, documented limits, nothing random. */
  public static SandboxConfig standard() {
    return new SandboxConfig(
        0,
        new App(
            CLIENT_ID,
            CLIENT_SECRET,
            URI.create(REDIRECT_URI),
            URI.create(WEBHOOK_URL),
            App.ALL_SCOPES),
        Optional.empty(),
        0,
        JsonValue.EMPTY_JSON_OBJECT,
        InstantSource.system());
  }

  public SandboxConfig withPort(int newPort) {
    return new SandboxConfig(newPort, app, dataDirectory, seed, settings, realTime);
  }

  public SandboxConfig withClient(String id, String secret) {
    return withApp(new App(id, secret, app.redirectUri(), app.webhookUrl(), app.scopes()));
  }

  public SandboxConfig withRedirectUri(URI uri) {
    return withApp(
        new App(app.clientId(), app.clientSecret(), uri, app.webhookUrl(), app.scopes()));
  }

  public SandboxConfig withWebhookUrl(URI url) {
    return withApp(
        new App(app.clientId(), app.clientSecret(), app.redirectUri(), url, app.scopes()));
  }

  public SandboxConfig withApp(App newApp) {
    return new SandboxConfig(port, newApp, dataDirectory, seed, settings, realTime);
  }

  public SandboxConfig withDataDirectory(Path directory) {
    return new SandboxConfig(port, app, Optional.of(directory), seed, settings, realTime);
  }

  /** Takes what a seed decides. */
  public SandboxConfig withSeed(long newSeed) {
    return new SandboxConfig(port, app, dataDirectory, newSeed, settings, realTime);
  }

  /** Sets one thing, whatever the seed says. */
  public <T> SandboxConfig with(Setting<T> setting, T value) {
    JsonObject more = JsonText.object(settings).add(setting.name(), setting.write(value)).build();
    return new SandboxConfig(port, app, dataDirectory, seed, more, realTime);
  }

  /** Allows so many calls in ten seconds and in a day. */
  public SandboxConfig withRateLimits(int burst, int daily) {
    return with(Settings.RATE_BURST, burst).with(Settings.RATE_DAILY, daily);
  }

  /** Limits that nobody reaches. */
  public SandboxConfig withoutRateLimits() {
    return withRateLimits(1_000_000, 1_000_000_000);
  }

  public SandboxConfig withRealTime(InstantSource source) {
    return new SandboxConfig(port, app, dataDirectory, seed, settings, source);
  }
}
