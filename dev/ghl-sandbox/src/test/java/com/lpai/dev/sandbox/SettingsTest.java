package com.lpai.dev.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.dev.sandbox.Client.Reply;
import com.lpai.dev.sandbox.world.Setting;
import com.lpai.dev.sandbox.world.Settings;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest extends Sandboxed {
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| `?(.*?)`? \\|.*");

  private static JsonObject ofSeed(long seed) {
    try (GhlSandbox sandbox = GhlSandbox.start(SandboxConfig.standard().withSeed(seed))) {
      return sandbox.control("GET", "/sandbox/settings", "");
    }
  }

  private Reply change(String settings) {
    return anonymous.put("/sandbox/settings", settings);
  }

  @Test
  void aSeedDecidesAlwaysTheSame() {
    assertThat(ofSeed(7)).isEqualTo(ofSeed(7)).isNotEqualTo(ofSeed(8)).isNotEqualTo(ofSeed(0));
  }

  @Test
  void whatIsNotDocumentedDiffersAmongSeedsAndAllElseDoesNot() {
    Map<String, Long> values = new LinkedHashMap<>();
    for (Setting<?> setting : Settings.ALL) {
      values.put(
          setting.name(),
          IntStream.rangeClosed(1, 20)
              .mapToObj(seed -> ofSeed(seed).get(setting.name()))
              .distinct()
              .count());
    }

    assertThat(values.keySet().stream().filter(name -> values.getOrDefault(name, 0L) == 1))
        .containsExactly(
            "refreshGraceSeconds",
            "rateBurst",
            "rateDaily",
            "redirectUris",
            "webhookUrls",
            "webhookRetry",
            "webhookKey");
  }

  @Test
  void aChangeIsOfWhatIsNamedAndNullGivesItBackToTheSeed() {
    JsonObject before = anonymous.get("/sandbox/settings").json();

    change("{\"refreshGraceSeconds\":5,\"notFoundStatus\":400}");
    JsonObject changed = change("{\"refreshGraceSeconds\":null}").json();

    assertThat(changed.getInt("refreshGraceSeconds")).isEqualTo(30);
    assertThat(changed.getInt("notFoundStatus")).isEqualTo(400);
    assertThat(anonymous.delete("/sandbox/settings").json()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"graceOfGod\":1} | unknown setting graceOfGod",
        "{\"refreshGraceSeconds\":-1} | refreshGraceSeconds must be a whole number from 0",
        "{\"notFoundStatus\":410} | notFoundStatus must be one of 404, 400",
        "{\"stateEchoed\":1} | stateEchoed must be true or false",
        "{\"webhookRetry\":\"never\"} | webhookRetry must be one of any, 429-only",
        "{\"webhookUrls\":[\"here\"]} | webhookUrls must be a list of full http addresses",
        "[] | must be a JSON object"
      })
  void aMistakeIsSaidAndChangesNothing(String settings, String message) {
    JsonObject before = anonymous.get("/sandbox/settings").json();

    Reply reply = change(settings);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.messages().getFirst()).contains(message);
    assertThat(anonymous.get("/sandbox/settings").json()).isEqualTo(before);
  }

  @Test
  void theReadmeNamesEachSettingWithItsPlainValue() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String table =
        readme.substring(readme.indexOf("| Setting |"), readme.indexOf("**Public webhook keys**"));
    Map<String, String> described = new LinkedHashMap<>();
    for (String line : table.lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        described.put(row.group(1), row.group(2));
      }
    }

    Map<String, String> settings = new LinkedHashMap<>();
    Settings.ALL.forEach(setting -> settings.put(setting.name(), plain(setting)));
    assertThat(described).containsExactlyEntriesOf(settings);
  }

  private static <T> String plain(Setting<T> setting) {
    JsonValue value = setting.write(setting.plain());
    return value instanceof JsonString text ? text.getString() : value.toString();
  }

  @Nested
  class OverARestart {
    @TempDir Path directory;

    @Test
    void changesAreKept() {
      SandboxConfig config = config().withDataDirectory(directory);
      try (GhlSandbox first = GhlSandbox.start(config)) {
        first.control("PUT", "/sandbox/settings", "{\"accessTokenSeconds\":60}");
      }

      try (GhlSandbox second = GhlSandbox.start(config)) {
        assertThat(second.control("GET", "/sandbox/settings", "").getInt("accessTokenSeconds"))
            .isEqualTo(60);
      }
    }
  }

  @Test
  void tokenAnswersFollow() {
    change("{\"accessTokenSeconds\":60,\"tokenExtras\":true,\"agencyScopesForLocations\":false}");

    JsonObject tokens = tokens();

    assertThat(tokens.getInt("expires_in")).isEqualTo(60);
    assertThat(tokens).containsKeys("refreshTokenId", "planId");
    assertThat(tokens.getString("scope")).doesNotContain("oauth.").contains("contacts.write");
  }

  @Test
  void a429Follows() {
    change("{\"rateBurst\":0,\"retryAfter\":true,\"tooManyRequestsBody\":\"text\"}");

    Reply reply = installedApp().get("/locations/" + LOCATION);

    assertThat(reply.status()).isEqualTo(429);
    // The sandbox's time is 12:00:03, a window ends at 12:00:10.
    assertThat(reply.header("Retry-After")).isEqualTo("8");
    assertThat(reply.text()).isEqualTo("Too Many Requests");
    change("{\"tooManyRequestsBody\":\"empty\",\"retryAfter\":false}");
    Reply empty = installedApp().get("/locations/" + LOCATION);
    assertThat(empty.text()).isEmpty();
    assertThat(empty.header("Retry-After")).isEmpty();
  }

  @Test
  void aStateMayBeLost() {
    change("{\"stateEchoed\":false}");
    Map<String, String> form =
        Map.of(
            "response_type", "code",
            "client_id", SandboxConfig.CLIENT_ID,
            "redirect_uri", app.redirectUri().toString(),
            "scope", "contacts.readonly",
            "state", "mine",
            "location_id", LOCATION,
            "decision", "allow");

    assertThat(anonymous.form("/v2/oauth/chooselocation", form).header("Location"))
        .contains("code=")
        .doesNotContain("state");
  }

  @Test
  void anotherRedirectUriCanBeRegistered() {
    Map<String, String> form =
        Map.of(
            "response_type", "code",
            "client_id", SandboxConfig.CLIENT_ID,
            "redirect_uri", "http://second.example/cb",
            "scope", "contacts.readonly",
            "location_id", LOCATION,
            "decision", "allow");
    assertThat(anonymous.form("/v2/oauth/chooselocation", form).status()).isEqualTo(400);

    change("{\"redirectUris\":[\"http://second.example/cb\"]}");

    String target = anonymous.form("/v2/oauth/chooselocation", form).header("Location");
    assertThat(target).startsWith("http://second.example/cb?code=");
  }
}
