package com.lpai.dev.sandbox.control;

import com.lpai.dev.sandbox.ghl.Marketplace;
import com.lpai.dev.sandbox.world.App;
import com.lpai.dev.sandbox.world.Seeding;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What a tester does to the sandbox; the same for HTTP and for tests in the same JVM. */
public final class Operator implements AutoCloseable {
  private static final Duration CALLBACK_WITHIN = Duration.ofSeconds(60);

  private final World world;
  private final Marketplace marketplace;
  private final HttpClient browser =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  public Operator(World world, Marketplace marketplace) {
    this.world = world;
    this.marketplace = marketplace;
  }

  /**
   * Makes a location.
   *
   * @throws IllegalStateException when it exists already
   */
  public void createLocation(Seeding seeding) {
    if (world.location(seeding.locationId()).isPresent()) {
      throw new IllegalStateException("location " + seeding.locationId() + " exists already");
    }
    world.seed(seeding);
  }

  /**
   * Installs the app from inside the Marketplace and follows the redirect to the app's callback.
   *
   * @return the callback's status
   * @throws IllegalArgumentException when there is no such location
   * @throws IOException when the callback cannot be reached
   */
  public int install(String locationId) throws IOException, InterruptedException {
    requireLocation(locationId);
    URI callback = marketplace.install(locationId);
    HttpRequest request =
        HttpRequest.newBuilder(callback)
            .timeout(CALLBACK_WITHIN)
            .header("Accept", "text/html")
            .GET()
            .build();
    return browser.send(request, BodyHandlers.discarding()).statusCode();
  }

  /** Removes the app from a location. */
  public void uninstall(String locationId) {
    requireLocation(locationId);
    marketplace.uninstall(locationId);
  }

  /** A token of a person who works in the location, with all scopes. */
  public String userToken(String locationId) {
    JsonObject location = requireLocation(locationId);
    return world
        .grants()
        .newUserToken(
            locationId,
            location.getString("companyId"),
            marketplace.installer(locationId),
            String.join(" ", App.ALL_SCOPES));
  }

  JsonObject requireLocation(String locationId) {
    return world
        .location(locationId)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no location "
                        + locationId
                        + "; make it with POST /sandbox/locations"));
  }

  @Override
  public void close() {
    browser.shutdownNow();
  }
}
