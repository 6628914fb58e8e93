package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {
  private static final Duration REFUSED_WITHIN = Duration.ofSeconds(30);
  private static final Duration READY_WITHIN = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void aTakenPortIsRefusedBeforeAnythingStarts() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());

      TestProcess launcher = launch(Map.of("LPAI_SANDBOX_PORT", port));

      assertThat(launcher.awaitEnd(REFUSED_WITHIN)).isEqualTo(1);
      assertThat(launcher.output())
          .startsWith("LPai: Port " + port + " cannot be opened")
          .contains("LPAI_SANDBOX_PORT=")
          .hasLineCount(1);
    }
  }

  @Test
  void aPartOfAConfigurationIsRefusedNamingWhatIsMissing() {
    TestProcess launcher = launch(Map.of("MONGODB_URI", "mongodb://127.0.0.1/lpai"));

    assertThat(launcher.awaitEnd(REFUSED_WITHIN)).isEqualTo(1);
    assertThat(launcher.output())
        .startsWith(
            "LPai: MONGODB_URI is set, but GHL_MARKETPLACE_CLIENT_ID, GHL_MARKETPLACE_CLIENT_SECRET"
                + " are missing.")
        .hasLineCount(1);
  }

  @Test
  void withNothingConfiguredEverythingStartsAndStopsAgain() {
    int http = Build.freePort();
    TestProcess launcher = launch(Map.of("LPAI_HTTP_PORT", String.valueOf(http)));
    List<ProcessHandle> children;
    try {
      launcher.awaitOutput(output -> output.contains("Ctrl-C"), READY_WITHIN);
      children = ProcessHandle.of(launcher.pid()).orElseThrow().children().toList();

      assertThat(children).hasSize(3);
      assertThat(launcher.output())
          .contains("http://localhost:" + http)
          .contains("sign in as operator, password ");
      assertThat(HttpCalls.to(URI.create("http://127.0.0.1:" + http)).get("/health/ready").status())
          .isEqualTo(200);
    } finally {
      launcher.stop();
    }

    assertThat(children).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void theLossOfAPartStopsTheOthers() {
    TestProcess launcher = launch(Map.of());
    List<ProcessHandle> children;
    try {
      launcher.awaitOutput(output -> output.contains("Ctrl-C"), READY_WITHIN);
      children = ProcessHandle.of(launcher.pid()).orElseThrow().children().toList();
      long sandbox =
          Long.parseLong(TestProcess.Logs.read(folder.resolve("run/sandbox.pid")).trim());

      ProcessHandle.of(sandbox).orElseThrow().destroyForcibly();

      assertThat(launcher.awaitEnd(READY_WITHIN)).isEqualTo(1);
    } finally {
      launcher.stop();
    }
    assertThat(launcher.output()).contains("The sandbox ended unexpectedly (exit code 137)");
    assertThat(children).noneMatch(ProcessHandle::isAlive);
  }

  /** With free ports and a data directory of its own, unless the settings say otherwise. */
  private TestProcess launch(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("LPAI_STOP_WITH_PARENT", "true");
    all.put("LPAI_DATA_DIR", folder.toString());
    all.put("LPAI_HTTP_PORT", String.valueOf(Build.freePort()));
    all.put("LPAI_SANDBOX_PORT", String.valueOf(Build.freePort()));
    all.put("LPAI_DB_PORT", String.valueOf(Build.freePort()));
    all.putAll(settings);
    return TestProcess.start(
        List.of(Build.java(), "-jar", Build.launcher().toString()),
        all,
        folder.resolve("launcher.log"));
  }
}
