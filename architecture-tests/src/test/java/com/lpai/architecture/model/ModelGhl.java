package com.lpai.architecture.model;

import com.lpai.dev.sandbox.GhlSandbox;
import com.lpai.dev.sandbox.SandboxConfig;
import com.lpai.dev.sandbox.http.Answer;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.Seeding;
import com.lpai.dev.sandbox.world.Settings;
import com.sun.net.httpserver.Headers;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** The only location of a sandbox in this process. */
final class ModelGhl extends Ghl implements AutoCloseable {
  static final String LOCATION = "locationOfTheModel";

  final GhlSandbox sandbox;
  private final String token;

  /**
   * A location with some people in it.
   *
   * @param seed decides what GoHighLevel does not document
   * @param contacts how many it has; half as many have an opportunity
   * @param webhooks takes the body of each
   */
  ModelGhl(long seed, Instant start, int contacts, Consumer<String> webhooks) {
    super(LOCATION);
    sandbox =
        GhlSandbox.inProcess(
            SandboxConfig.standard()
                .withSeed(seed)
                .withRealTime(() -> start)
                .withoutRateLimits()
                // Where it takes two of one address, a look-up names one of them (ADR 13).
                .with(Settings.UNIQUE_BY, "email,phone"),
            webhooks);
    Seeding.Place place =
        new Seeding.Place(LOCATION, "companyOfTheModel", "Model", ZONE.getId(), "US", false, true);
    sandbox.createLocation(
        Seeding.of(place)
            .withUsers(2)
            .with(Kind.CONTACTS, contacts)
            .with(Kind.OPPORTUNITIES, contacts / 2)
            .with(Kind.CALENDARS, 1)
            .with(Kind.PIPELINES, 1)
            .with(Kind.CUSTOM_FIELDS, 4)
            .with(Kind.CUSTOM_VALUES, 0)
            .with(Kind.LOST_REASONS, 0));
    token = sandbox.userToken(LOCATION);
  }

  @Override
  JsonObject control(String target) {
    return sandbox.control("GET", target, "");
  }

  @Override
  Answer.Reply answer(String method, String path, String version, JsonObject body) {
    Headers headers = new Headers();
    headers.set("Authorization", "Bearer " + token);
    headers.set("Version", version);
    headers.set("Content-Type", "application/json");
    return (Answer.Reply)
        sandbox.answer(
            new Request(
                method, path, Map.of(), headers, body.toString().getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
