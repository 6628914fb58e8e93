package com.lpai.dev.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox as a process of its own. */
class SandboxMainTest {
  private final List<Process> started = new ArrayList<>();

  @TempDir Path directory;

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(SandboxMain.class.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    started.add(process);
    return process;
  }

  private static String firstLine(Process process) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    return Optional.ofNullable(out.readLine()).orElse("(no output)");
  }

  private static boolean ended(Process process) throws InterruptedException {
    return process.waitFor(20, TimeUnit.SECONDS);
  }

  @Test
  void saysWhereItIsAndEndsWithItsParent() throws Exception {
    Process parent = new ProcessBuilder("sleep", "60").start();
    started.add(parent);
    Path keys = directory.resolve("keys/webhook-keys.pem");

    Process process =
        start(
            "--port",
            "0",
            "--demo",
            "--data",
            directory.toString(),
            "--keys-file",
            keys.toString(),
            "--parent-pid",
            String.valueOf(parent.pid()));

    assertThat(firstLine(process)).matches("READY http://localhost:\\d+");
    assertThat(Files.readString(keys)).contains("BEGIN PUBLIC KEY");
    parent.destroyForcibly();
    assertThat(ended(process)).isTrue();
  }

  @Test
  void aBadArgumentIsOneLineAndAnExitCode() throws Exception {
    Process process = start("--port", "many");

    assertThat(firstLine(process))
        .isEqualTo("--port must be a whole number from 0 to 65535, not many");
    assertThat(ended(process)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
  }

  @Test
  void aTakenPortIsOneLineAndAnExitCode() throws Exception {
    try (GhlSandbox other = GhlSandbox.start(SandboxConfig.standard())) {
      Process process = start("--port", String.valueOf(other.port()));

      assertThat(firstLine(process)).startsWith("Port " + other.port() + " of 127.0.0.1");
      assertThat(ended(process)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
    }
  }
}
