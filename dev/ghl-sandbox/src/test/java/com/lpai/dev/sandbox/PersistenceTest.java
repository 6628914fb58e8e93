package com.lpai.dev.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lpai.dev.sandbox.world.Seeding;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistenceTest {
  private static final String CONTACT = "{\"locationId\":\"l\",\"email\":\"a@b.co\"}";

  @TempDir Path directory;

  private SandboxConfig config() {
    return SandboxConfig.standard()
        .withWebhookUrl(URI.create("http://localhost:1/webhook"))
        .withDataDirectory(directory);
  }

  @Test
  void everythingIsThereAfterARestart() {
    String keys;
    String userToken;
    JsonObject tokens;
    try (GhlSandbox first = GhlSandbox.start(config())) {
      first.createLocation(Seeding.of("l").withContacts(20, 1));
      keys = first.publicKeys();
      userToken = first.userToken("l");
      Client.of(first).withToken(userToken).post("/contacts/", CONTACT);
      tokens =
          Client.of(first)
              .form(
                  "/oauth/token",
                  Map.of(
                      "client_id",
                      SandboxConfig.CLIENT_ID,
                      "client_secret",
                      SandboxConfig.CLIENT_SECRET,
                      "grant_type",
                      "authorization_code",
                      "code",
                      first.newAuthorizationCode("l")))
              .json();
      first.advanceClock(Duration.ofHours(1));
    }

    try (GhlSandbox second = GhlSandbox.start(config())) {
      assertThat(second.publicKeys()).isEqualTo(keys);
      assertThat(second.contactCount("l")).isEqualTo(21);
      Client user = Client.of(second).withToken(userToken);
      assertThat(user.post("/contacts/", CONTACT).json()).containsKey("meta");
      Client app = Client.of(second).withToken(tokens.getString("access_token"));
      assertThat(app.get("/locations/l").status()).isEqualTo(200);
      assertThat(
              Client.of(second)
                  .get("/sandbox/clock")
                  .json()
                  .getJsonNumber("offsetMillis")
                  .longValue())
          .isEqualTo(3_600_000);
      assertThat(second.webhooks())
          .anySatisfy(it -> assertThat(it.getString("type")).isEqualTo("INSTALL"));
    }
  }

  @Test
  void aDataDirectoryHasOneSandbox() {
    GhlSandbox first = GhlSandbox.start(config());
    try {
      assertThatThrownBy(() -> GhlSandbox.start(config()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another sandbox");
    } finally {
      first.close();
    }
  }
}
