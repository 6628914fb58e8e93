package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Secrets are readable nowhere: not in the database's files, not in a log, not in an answer. */
class SecretsIT {
  /** What the sandbox's access tokens look like. */
  private static final Pattern ACCESS_TOKEN =
      Pattern.compile("eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9\\.[\\w-]{20,}\\.[\\w-]{20,}");

  @Test
  void noTokenOrKeyIsReadableAnywhere() throws IOException {
    try (RunningSystem system = RunningSystem.start()) {
      Sandbox sandbox = new Sandbox(system);
      sandbox.hasLocation("secretive", 5);
      sandbox.installs("secretive");
      HttpCalls operator = system.operator();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  operator
                      .get("/api/locations/secretive/setup")
                      .json()
                      .getString("state", "")
                      .equals("done"));
      sandbox.turnsClock("PT25H");
      operator.post(
          "/api/locations/secretive/contacts",
          Json.createObjectBuilder().add("email", "new@example.com").build());
      await().atMost(Duration.ofSeconds(20)).until(() -> sandbox.contactsOf("secretive") == 6);

      List<String> answers = new ArrayList<>();
      for (String path :
          List.of(
              "/api/operations/overview",
              "/api/operations/master-key",
              "/api/locations",
              "/api/locations/secretive",
              "/api/locations/secretive/setup",
              "/api/locations/secretive/sync-health",
              "/api/locations/secretive/contacts",
              "/api/operations/locations/secretive/webhooks")) {
        HttpCalls.Answer answer = operator.get(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        answers.add(answer.body());
      }
      String database = read(system.dataDirectory().resolve("database.mv"));
      String given = read(system.dataDirectory().resolve("sandbox"));

      Set<String> secrets = secretsOf(system, given);
      assertThat(secrets)
          .as("tokens of the first install and of the refresh")
          .hasSizeGreaterThan(4);
      assertThat(database).as("the location is in the files").contains("secretive");
      for (String secret : secrets) {
        assertThat(database.contains(secret)).as("a secret in the database").isFalse();
        assertThat(system.logs().contains(secret)).as("a secret in a log").isFalse();
        assertThat(answers).as("a secret in an answer").noneMatch(body -> body.contains(secret));
      }
      assertThat(ACCESS_TOKEN.matcher(database).find()).isFalse();
      assertThat(ACCESS_TOKEN.matcher(system.logs()).find()).isFalse();
    }
  }

  private static Set<String> secretsOf(RunningSystem system, String given) throws IOException {
    Set<String> secrets = new TreeSet<>();
    Matcher tokens = ACCESS_TOKEN.matcher(given);
    while (tokens.find()) {
      secrets.add(tokens.group());
    }
    secrets.add(system.cronSecret());
    secrets.add(system.operatorPassword());
    secrets.add(system.evaluationToken());
    secrets.add(Files.readString(system.dataDirectory().resolve("master-key")).strip());
    return secrets;
  }

  private static String read(Path path) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}
