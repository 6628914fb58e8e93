package com.lpai.dev.sandbox.control;

import com.lpai.dev.sandbox.control.InstallOrder.Copies;
import com.lpai.dev.sandbox.control.InstallOrder.When;
import com.lpai.dev.sandbox.ghl.Marketplace;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.webhook.Webhooks;
import com.lpai.dev.sandbox.world.App;
import com.lpai.dev.sandbox.world.Grant;
import com.lpai.dev.sandbox.world.Grant.Actor;
import com.lpai.dev.sandbox.world.Seeding;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What a tester does to the sandbox; the same for HTTP and for tests in the same JVM. */
public final class Operator implements AutoCloseable {
  private static final Duration CALLBACK_WITHIN = Duration.ofSeconds(60);
  private static final Duration WEBHOOKS_WITHIN = Duration.ofSeconds(30);
  private static final int NOT_CALLED = 0;

  /**
   * What came of an install.
   *
   * @param callbackStatus 0 when the callback was left alone
   * @param webhooks how many INSTALLs were sent
   */
  record Installed(String code, URI callback, int callbackStatus, int webhooks) {}

  private final World world;
  private final App app;
  private final Marketplace marketplace;
  private final Webhooks webhooks;
  private final Random chance;
  private final HttpClient browser =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  public Operator(World world, App app, Marketplace marketplace, Webhooks webhooks) {
    this.world = world;
    this.app = app;
    this.marketplace = marketplace;
    this.webhooks = webhooks;
    this.chance = new Random(world.settings().seed());
  }

  /**
   * Makes locations; one of a company that wants its new locations to have the app gets it.
   *
   * @throws IllegalStateException when one exists already; none is made then
   */
  public void createLocations(List<Seeding> seedings) {
    for (Seeding seeding : seedings) {
      if (world.location(seeding.locationId()).isPresent()) {
        throw new IllegalStateException("location " + seeding.locationId() + " exists already");
      }
    }
    world.seed(seedings);
    seedings.forEach(seeding -> marketplace.locationMade(seeding.locationId()));
  }

  /**
   * Installs the app in a location from inside the Marketplace and follows the redirect to the
   * app's callback.
   *
   * @return the callback's status
   * @throws IllegalArgumentException when there is no such location
   * @throws IOException when the callback cannot be reached
   */
  public int install(String locationId) throws IOException, InterruptedException {
    return install(InstallOrder.ofLocation(world, app, locationId)).callbackStatus();
  }

  /**
   * Consents as {@link #install} does, but leaves the redirect alone.
   *
   * @return the code that the callback would have got
   */
  public String agree(String locationId) {
    InstallOrder order = InstallOrder.ofLocation(world, app, locationId);
    Marketplace.Agreed agreed = marketplace.agree(order.consent());
    agreed.events().forEach(event -> webhooks.send(Marketplace.INSTALL, event));
    return agreed.code();
  }

  /**
   * Changes a location as a person does.
   *
   * @param changes properties with their new values
   */
  void changeLocation(String locationId, JsonObject changes) {
    JsonObjectBuilder location = JsonText.object(requireLocation(locationId));
    changes.forEach(location::add);
    world.putLocation(location.add("id", locationId).build());
    marketplace.locationChanged(locationId);
  }

  /**
   * Makes or changes a user of a location as a person does.
   *
   * @param changes properties with their new values
   * @return the user
   */
  JsonObject writeUser(String locationId, String userId, JsonObject changes) {
    requireLocation(locationId);
    Optional<JsonObject> before = world.user(userId);
    JsonObjectBuilder user = JsonText.object(before.orElseGet(() -> newUser(locationId)));
    changes.forEach(user::add);
    JsonObject after = user.add("id", userId).build();
    world.putUser(after);
    marketplace.userWritten(locationId, after, before.isEmpty());
    return after;
  }

  private static JsonObject newUser(String locationId) {
    return JsonText.object()
        .add("name", "New User")
        .add("firstName", "New")
        .add("lastName", "User")
        .add("email", "new.user@example.com")
        .add("phone", "+12055550300")
        .add("extension", "")
        .add("permissions", JsonText.object().add("contactsEnabled", true))
        .add("scopes", "contacts.write")
        .add(
            "roles",
            JsonText.object()
                .add("type", "account")
                .add("role", "user")
                .add("locationIds", JsonText.array().add(locationId))
                .add("restrictSubAccount", false))
        .add("deleted", false)
        .add("platformLanguage", "en_US")
        .build();
  }

  Installed install(InstallOrder order) throws IOException, InterruptedException {
    Marketplace.Agreed agreed = marketplace.agree(order.consent());
    URI callback = marketplace.callback(agreed.code());
    List<JsonObject> events = written(agreed.events(), order);
    Split split = split(events.size(), order.when());
    awaitAnswers(send(events.subList(0, split.before())));
    events.subList(split.before(), split.early()).forEach(webhooks::sendWritten);
    try {
      int status = order.exchange() ? call(callback) : NOT_CALLED;
      return new Installed(agreed.code(), callback, status, events.size());
    } finally {
      // GoHighLevel does not care whether the app's callback answers.
      events.subList(split.early(), events.size()).forEach(webhooks::sendWritten);
    }
  }

  /**
   * Which INSTALLs go out when.
   *
   * @param before so many are answered before the redirect
   * @param early so many are sent by then
   */
  private record Split(int before, int early) {}

  private Split split(int events, When when) {
    return switch (when) {
      case WITH, NONE -> new Split(0, events);
      case BEFORE -> new Split(events, events);
      case AFTER -> new Split(0, 0);
      case RANDOM -> {
        int one = chance.nextInt(events + 1);
        int other = chance.nextInt(events + 1);
        yield new Split(Math.min(one, other), Math.max(one, other));
      }
    };
  }

  private void awaitAnswers(List<String> deliveries) throws InterruptedException {
    if (!webhooks.awaitFirstAttempts(deliveries, WEBHOOKS_WITHIN)) {
      throw new IllegalStateException("the app did not answer all INSTALLs in time");
    }
  }

  /** The INSTALLs with their copies, in the order in which they go out. */
  private List<JsonObject> written(List<JsonObject> events, InstallOrder order) {
    if (order.when() == When.NONE) {
      return List.of();
    }
    List<JsonObject> all = new ArrayList<>();
    for (JsonObject event : events) {
      JsonObject first = webhooks.written(Marketplace.INSTALL, event);
      all.add(first);
      for (int copy = 1; copy < order.repeat(); copy++) {
        boolean same =
            order.copies() == Copies.SAME
                || (order.copies() == Copies.MIXED && chance.nextBoolean());
        all.add(same ? first : webhooks.written(Marketplace.INSTALL, event));
      }
    }
    Collections.shuffle(all, chance);
    return all;
  }

  private List<String> send(List<JsonObject> events) {
    return events.stream().flatMap(event -> webhooks.sendWritten(event).stream()).toList();
  }

  private int call(URI callback) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(callback)
            .timeout(CALLBACK_WITHIN)
            .header("Accept", "text/html")
            .GET()
            .build();
    return browser.send(request, BodyHandlers.discarding()).statusCode();
  }

  /**
   * Removes the app from a location.
   *
   * @return the event, not yet sent
   */
  public JsonObject uninstall(String locationId) {
    requireLocation(locationId);
    return marketplace.uninstall(locationId);
  }

  /**
   * Removes the app from a company and all its locations.
   *
   * @return the events, not yet sent
   */
  public List<JsonObject> uninstallCompany(String companyId) {
    if (world.locationsOf(companyId).isEmpty() && world.installs().ofCompany(companyId).isEmpty()) {
      throw new IllegalArgumentException("there is no company " + companyId);
    }
    return marketplace.uninstallCompany(companyId);
  }

  /** Puts an event in its envelope. */
  public JsonObject write(String type, JsonObject event) {
    return webhooks.written(type, event);
  }

  /** Sends an event that was written before. */
  public void send(JsonObject written) {
    send(List.of(written));
  }

  /** A token of a person who works in the location, with all scopes. */
  public String userToken(String locationId) {
    JsonObject location = requireLocation(locationId);
    return world
        .grants()
        .newUserToken(
            Grant.ofLocation(
                Actor.USER,
                locationId,
                location.getString("companyId"),
                marketplace.installer(locationId),
                String.join(" ", App.ALL_SCOPES)));
  }

  /** A private integration token of a location; without scopes it has all. */
  public String privateToken(String locationId, Optional<List<String>> scopes) {
    JsonObject location = requireLocation(locationId);
    return world
        .grants()
        .newPrivateToken(
            Grant.ofLocation(
                Actor.PRIVATE,
                locationId,
                location.getString("companyId"),
                marketplace.installer(locationId),
                String.join(" ", scopes.orElse(App.ALL_SCOPES))));
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
