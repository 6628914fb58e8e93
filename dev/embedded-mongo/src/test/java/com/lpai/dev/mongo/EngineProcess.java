package com.lpai.dev.mongo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The engine's main class in a Java process of its own. */
final class EngineProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final String firstLine;

  private EngineProcess(Process process) throws IOException {
    this.process = process;
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    this.firstLine = line == null ? "" : line;
  }

  /** Started, and READY or ended. */
  static EngineProcess start(String... arguments) {
    return start(List.of("-Xmx256m"), arguments);
  }

  static EngineProcess start(List<String> javaOptions, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(EmbeddedMongoProcess.class.getName());
    command.addAll(List.of(arguments));
    try {
      return new EngineProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static EngineProcess onFile(Path file) {
    return start("--port", "0", "--file", file.toString());
  }

  /** READY and the address, or the reason why it did not start. */
  String firstLine() {
    return firstLine;
  }

  String connectionString() {
    return firstLine.substring("READY ".length());
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  void terminate() throws InterruptedException {
    process.destroy();
    process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  int exitCode() throws InterruptedException {
    process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
