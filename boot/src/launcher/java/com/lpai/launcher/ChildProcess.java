package com.lpai.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One started program: its log, and its end. */
final class ChildProcess {
  private static final int LINES_SHOWN = 20;

  private final String name;
  private final Path log;
  private final Process process;

  private ChildProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts a program whose output goes to `log`; the log of the start before is kept beside it.
   *
   * @param environment all of the program's environment; secrets belong here, since any user can read a command line
   */
  static ChildProcess start(
      String name, List<String> command, Map<String, String> environment, Path log) {
    try {
      if (Files.exists(log)) {
        Files.move(log, previous(log), StandardCopyOption.REPLACE_EXISTING);
      }
      ProcessBuilder builder = new ProcessBuilder(deafToTheTerminal(command));
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.redirectErrorStream(true);
      builder.redirectOutput(log.toFile());
      return new ChildProcess(name, log, builder.start());
    } catch (IOException failure) {
      throw new StartRefused("The " + name + " cannot be started: " + failure.getMessage(), failure);
    }
  }

  private static Path previous(Path log) {
    return log.resolveSibling(log.getFileName() + ".previous");
  }

  /**
   * Ctrl-C and a closed terminal reach every process of the terminal at once. The order of the stop is this program's
   * affair, so the children ignore both: a Java started with an ignored signal goes on ignoring it.
   */
  private static List<String> deafToTheTerminal(List<String> command) {
    List<String> wrapped =
        new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$0\" \"$@\""));
    wrapped.addAll(command);
    return wrapped;
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  CompletableFuture<ChildProcess> onExit() {
    return process.onExit().thenApply(ended -> this);
  }

  /** True once the program has written the line `READY …`. */
  boolean saysReady() {
    return lines().stream().anyMatch(line -> line.startsWith("READY "));
  }

  /** True once the program has logged the message with this code. */
  boolean hasLogged(String code) {
    return lines().stream().anyMatch(line -> line.contains(code));
  }

  /** What a person needs to see when this program ended or does not get ready. */
  String lastLines() {
    List<String> lines = lines();
    List<String> shown = lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
    return shown.isEmpty()
        ? "It wrote nothing to " + log + "."
        : "The end of " + log + ":\n  " + String.join("\n  ", shown);
  }

  String exit() {
    return "exit code " + process.exitValue();
  }

  private List<String> lines() {
    try {
      // Not readAllLines: a log may hold bytes that are no UTF-8.
      return List.of(new String(Files.readAllBytes(log), StandardCharsets.UTF_8).split("\n"));
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /** Asks the program to stop, and ends it when it has not within `patience`. */
  void stop(Duration patience) {
    process.destroy();
    try {
      if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      System.err.println(
          "The " + name + " did not stop within " + patience.toSeconds() + " s and was ended.");
      process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
