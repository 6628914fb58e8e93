package com.lpai.dev.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  @Test
  void withNothingGivenThereAreDefaultsForThisMachine() {
    SandboxConfig config = Options.of(List.of(), Map.of()).config();

    assertThat(config.port()).isEqualTo(9090);
    assertThat(config.app().clientId()).isEqualTo("sandboxapp-local");
    assertThat(config.app().appId()).isEqualTo("sandboxapp");
    assertThat(config.app().redirectUri())
        .isEqualTo(URI.create("http://localhost:9080/api/oauth/callback"));
    assertThat(config.app().webhookUrl())
        .isEqualTo(URI.create("http://localhost:9080/api/webhooks/ghl/native"));
    assertThat(config.dataDirectory()).isEmpty();
    assertThat(config.settings()).isEmpty();
  }

  @Test
  void everyOptionIsTakenFromTheEnvironmentAndTheCommandLineWins() {
    Options options =
        Options.of(
            List.of("--port", "7", "--demo"),
            Map.ofEntries(
                Map.entry("SANDBOX_PORT", "8"),
                Map.entry("SANDBOX_DATA", "somewhere"),
                Map.entry("SANDBOX_CLIENT_ID", "app-x"),
                Map.entry("SANDBOX_CLIENT_SECRET", "hush"),
                Map.entry("SANDBOX_REDIRECT_URI", "http://a.example/cb"),
                Map.entry("SANDBOX_WEBHOOK_URL", "http://a.example/wh"),
                Map.entry("SANDBOX_SEED", "3"),
                Map.entry("SANDBOX_RATE_LIMITS", "sliding"),
                Map.entry("SANDBOX_SEARCH_LAG", "5"),
                Map.entry("SANDBOX_KEYS_FILE", "keys.pem"),
                Map.entry("SANDBOX_PARENT_PID", "1")));

    SandboxConfig config = options.config();

    assertThat(config.port()).isEqualTo(7);
    assertThat(config.dataDirectory()).contains(Path.of("somewhere"));
    assertThat(config.app().clientId()).isEqualTo("app-x");
    assertThat(config.app().clientSecret()).isEqualTo("hush");
    assertThat(config.app().redirectUri()).isEqualTo(URI.create("http://a.example/cb"));
    assertThat(config.app().webhookUrl()).isEqualTo(URI.create("http://a.example/wh"));
    assertThat(config.seed()).isEqualTo(3);
    assertThat(config.settings().toString())
        .isEqualTo("{\"slidingRateWindow\":true,\"searchLagSeconds\":5}");
    assertThat(options.keysFile()).contains(Path.of("keys.pem"));
    assertThat(options.parentPid()).contains(1L);
    assertThat(options.demo()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "--port, 70000, --port must be a whole number",
    "--port, x, --port must be a whole number",
    "--seed, -1, --seed must be a whole number",
    "--redirect-uri, nowhere, --redirect-uri must be a full http address",
    "--webhook-url, 'a b', --webhook-url is not an address",
    "--rate-limits, maybe, '--rate-limits must be on, off or sliding'",
    "--nonsense, 1, Unknown argument --nonsense"
  })
  void aWrongOptionIsNamed(String option, String value, String message) {
    assertThatThrownBy(() -> Options.of(List.of(option, value), Map.of()).config())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
