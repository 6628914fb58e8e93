package com.lpai.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
  @TempDir private Path folder;

  @Test
  void theServerFindsDatabaseSandboxAndItsFiles() {
    Map<String, String> server = evaluation(Map.of("LPAI_SANDBOX_PORT", "7001")).forServer();

    assertThat(server)
        .containsEntry("LPAI_EVALUATION", "true")
        .containsEntry("LPAI_HTTP_HOST", "127.0.0.1")
        .containsEntry("MONGODB_URI", "mongodb://127.0.0.1:27117/lpai")
        .containsEntry("GHL_BASE_URL", "http://127.0.0.1:7001")
        .containsEntry("GHL_OAUTH_BASE_URL", "http://localhost:7001")
        .containsEntry("LPAI_CLOCK_URL", "http://127.0.0.1:7001/sandbox/clock")
        .containsEntry("PUBLIC_API_URL", "http://localhost:9080")
        .containsEntry("LPAI_MASTER_KEY_FILE", folder.resolve("data/master-key").toString())
        .containsEntry(
            "GHL_WEBHOOK_PUBLIC_KEYS", folder.resolve("data/sandbox-webhook-keys.pem").toString());
  }

  @Test
  void serverAndSandboxShareTheAppsCredentials() {
    Evaluation evaluation = evaluation(Map.of());

    assertThat(evaluation.forSandbox())
        .containsEntry("SANDBOX_CLIENT_ID", "lpaisandbox-evaluation")
        .containsEntry(
            "SANDBOX_CLIENT_SECRET", evaluation.forServer().get("GHL_MARKETPLACE_CLIENT_SECRET"));
  }

  @Test
  void theSandboxCallsTheServerOnThisMachine() {
    assertThat(
            evaluation(Map.of("PUBLIC_API_URL", "https://lpai.example/", "LPAI_HTTP_PORT", "7000"))
                .forSandbox())
        .containsEntry("SANDBOX_REDIRECT_URI", "https://lpai.example/api/oauth/callback")
        .containsEntry("SANDBOX_WEBHOOK_URL", "http://127.0.0.1:7000/api/webhooks/ghl/native")
        .containsEntry("SANDBOX_DEMO", "true");
  }

  @Test
  void whatAPersonHasChosenStays() {
    Map<String, String> chosen =
        Map.of(
            "CRON_SECRET", "mine",
            "LPAI_OPERATOR_PASSWORD", "mine too",
            "LPAI_MASTER_KEY_FILE", "/keys/master");

    assertThat(evaluation(chosen).forServer()).containsAllEntriesOf(chosen);
  }

  @Test
  void noMasterKeyFileIsNamedWhereAServiceKeepsTheKey() {
    assertThat(evaluation(Map.of("LPAI_MASTER_KEY_PROVIDER", "aws")).forServer())
        .doesNotContainKey("LPAI_MASTER_KEY_FILE");
  }

  private Evaluation evaluation(Map<String, String> environment) {
    return new Evaluation(
        environment,
        Ports.read(environment, StartMode.EVALUATION),
        DataDirectory.open(folder.resolve("data")));
  }
}
