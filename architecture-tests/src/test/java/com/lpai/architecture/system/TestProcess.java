package com.lpai.architecture.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A started program whose output is kept in a file. */
final class TestProcess {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final Path output;

  private TestProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it with the variables added to those of this process. */
  static TestProcess start(List<String> command, Map<String, String> variables, Path output) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(variables);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    try {
      return new TestProcess(builder.start(), output);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  String output() {
    return Logs.read(output);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /**
   * Waits until the output satisfies the condition; fails with the output if it ends or takes too
   * long.
   */
  void awaitOutput(Predicate<String> condition, Duration patience) {
    Awaitility.await("output of " + output.getFileName())
        .atMost(patience)
        .failFast(
            () -> {
              if (!process.isAlive() && !condition.test(output())) {
                throw new AssertionError("ended with " + process.exitValue() + ": " + output());
              }
            })
        .until(() -> condition.test(output()));
  }

  /** Waits for the end and returns the exit code. */
  int awaitEnd(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still running after " + patience + ": " + output());
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** SIGTERM, and SIGKILL when that does not help in time. */
  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    awaitEnd(STOP_PATIENCE);
  }

  /** Reading of files that somebody else is writing. */
  static final class Logs {
    private Logs() {}

    static String read(Path file) {
      try {
        return Files.exists(file)
            ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
            : "";
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
