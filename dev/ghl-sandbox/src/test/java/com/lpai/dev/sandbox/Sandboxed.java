package com.lpai.dev.sandbox;

import com.lpai.dev.sandbox.world.Seeding;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A sandbox whose real time stands still, with an app beside it and one location in it. */
abstract class Sandboxed {
  static final String LOCATION = "location1";
  static final Instant START = Instant.parse("2026-11-22T12:00:03Z");

  final AppReceiver app = new AppReceiver();
  final GhlSandbox sandbox = GhlSandbox.start(config());
  final Client anonymous = Client.of(sandbox);

  SandboxConfig config() {
    return SandboxConfig.standard()
        .withRedirectUri(app.redirectUri())
        .withWebhookUrl(app.webhookUrl())
        .withRealTime(InstantSource.fixed(START));
  }

  @BeforeEach
  void makeLocation() {
    sandbox.createLocation(Seeding.of(LOCATION));
  }

  @AfterEach
  void close() {
    sandbox.close();
    app.close();
  }

  /** A person in GoHighLevel's own user interface. */
  Client user() {
    return anonymous.withToken(sandbox.userToken(LOCATION));
  }

  /** The app with a fresh token. */
  Client installedApp() {
    return anonymous.withToken(tokens().getString("access_token"));
  }

  JsonObject tokens() {
    return exchange(sandbox.newAuthorizationCode(LOCATION)).json();
  }

  Client.Reply exchange(String code) {
    return token(Map.of("grant_type", "authorization_code", "code", code));
  }

  Client.Reply refresh(String refreshToken) {
    return token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
  }

  Client.Reply token(Map<String, String> more) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("client_id", SandboxConfig.CLIENT_ID);
    fields.put("client_secret", SandboxConfig.CLIENT_SECRET);
    fields.put("user_type", "Location");
    fields.putAll(more);
    return anonymous.form("/oauth/token", fields);
  }

  void advance(Duration by) {
    sandbox.advanceClock(by);
  }

  /** Makes a contact as a GoHighLevel user. */
  String aContact(String json) {
    Client.Reply reply = user().post("/contacts/", json);
    return reply.json().getJsonObject("contact").getString("id");
  }
}
