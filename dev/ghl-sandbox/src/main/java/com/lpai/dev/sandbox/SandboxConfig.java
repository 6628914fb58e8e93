package com.lpai.dev.sandbox;

import com.lpai.dev.sandbox.ghl.RateLimits.Limits;
import com.lpai.dev.sandbox.world.App;
import com.lpai.dev.sandbox.world.Quirks;
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
 * @param seed of what GoHighLevel does not document and of the retries' jitter
 * @param limits how many calls it takes
 * @param realTime the time its clock runs ahead of
 */
@SuppressWarnings("OptionalUsedAsFieldOrParameterType") // read once, at start
public record SandboxConfig(
    int port,
    App app,
    Optional<Path> dataDirectory,
    long seed,
    Quirks quirks,
    Limits limits,
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
        Quirks.plain(),
        Limits.documented(),
        InstantSource.system());
  }

  public SandboxConfig withPort(int newPort) {
    return new SandboxConfig(newPort, app, dataDirectory, seed, quirks, limits, realTime);
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
    return new SandboxConfig(port, newApp, dataDirectory, seed, quirks, limits, realTime);
  }

  public SandboxConfig withDataDirectory(Path directory) {
    return new SandboxConfig(port, app, Optional.of(directory), seed, quirks, limits, realTime);
  }

  /** Takes the quirks of a seed, its rate window included. */
  public SandboxConfig withSeed(long newSeed) {
    Quirks newQuirks = Quirks.of(newSeed);
    Limits newLimits = new Limits(limits.burst(), limits.daily(), newQuirks.slidingRateWindow());
    return new SandboxConfig(port, app, dataDirectory, newSeed, newQuirks, newLimits, realTime);
  }

  public SandboxConfig withQuirks(Quirks newQuirks) {
    return new SandboxConfig(port, app, dataDirectory, seed, newQuirks, limits, realTime);
  }

  public SandboxConfig withLimits(Limits newLimits) {
    return new SandboxConfig(port, app, dataDirectory, seed, quirks, newLimits, realTime);
  }

  public SandboxConfig withoutRateLimits() {
    return withLimits(Limits.off());
  }

  public SandboxConfig withRealTime(InstantSource source) {
    return new SandboxConfig(port, app, dataDirectory, seed, quirks, limits, source);
  }
}
