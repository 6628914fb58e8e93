package com.lpai.architecture.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * One server of a {@link RunningSystem}, under a launcher of its own: its port, its data directory,
 * its settings, and the ends it may come to.
 */
public final class ServerInstance {
  private static final Duration READY_WITHIN = Duration.ofMinutes(5);
  private static final Duration TOKEN_WITHIN = Duration.ofSeconds(10);

  private final Path data;
  private final int port;
  private final Map<String, String> settings = new HashMap<>();
  private Optional<TestProcess> launcher = Optional.empty();

  ServerInstance(Path data, int port, Map<String, String> settings) {
    this.data = data;
    this.port = port;
    this.settings.putAll(settings);
  }

  /** Changes a setting (an environment variable) from the next start on. */
  public void set(String name, String value) {
    settings.put(name, value);
  }

  /** Takes a setting away from the next start on. */
  public void unset(String name) {
    settings.remove(name);
  }

  /** What the server is told at its start (environment variables). */
  Map<String, String> settings() {
    Map<String, String> told = new HashMap<>();
    told.put("LPAI_DATA_DIR", data.toString());
    told.put("LPAI_HTTP_HOST", "127.0.0.1");
    told.put("LPAI_HTTP_PORT", String.valueOf(port));
    told.putAll(settings);
    return told;
  }

  /** Starts it, anew after {@link #kill()} or {@link #stop()}, and waits until it is ready. */
  public void start() {
    launch();
    awaitReady();
  }

  /** Begins to start it; {@link #awaitReady()} waits. */
  void launch() {
    if (launcher.filter(TestProcess::isAlive).isPresent()) {
      throw new IllegalStateException("The server is running");
    }
    try {
      Files.createDirectories(launcherLog().getParent());
      Files.deleteIfExists(launcherLog());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Map<String, String> told = settings();
    told.put("LPAI_STOP_WITH_PARENT", "true");
    launcher =
        Optional.of(
            TestProcess.start(
                List.of(Build.java(), "-jar", Build.launcher().toString()), told, launcherLog()));
  }

  void awaitReady() {
    launcher().awaitOutput(output -> output.contains("LPai is running at "), READY_WITHIN);
  }

  /** Ends it at once, as a power cut would (SIGKILL). */
  public void kill() {
    ProcessHandle server = process();
    CompletableFuture<ProcessHandle> end = server.onExit();
    server.destroyForcibly();
    end.orTimeout(READY_WITHIN.toMillis(), TimeUnit.MILLISECONDS).join();
    launcher().awaitEnd(READY_WITHIN);
  }

  /** False when it was never started, or has ended, whoever ended it. */
  boolean isRunning() {
    return launcher.filter(TestProcess::isAlive).isPresent();
  }

  /** Waits until it has ended, whoever ended it. */
  void awaitEnd() {
    launcher().awaitEnd(READY_WITHIN);
  }

  /** Stops it as an operator would (SIGTERM). */
  public void stop() {
    launcher().stop();
  }

  /** Stops it if it was ever started. */
  void close() {
    launcher.ifPresent(TestProcess::stop);
  }

  private TestProcess launcher() {
    return launcher.orElseThrow(() -> new IllegalStateException("No server was started here"));
  }

  /** Its time; empty while it does not run or cannot say. */
  Optional<Instant> time() {
    if (launcher.filter(TestProcess::isAlive).isEmpty()) {
      return Optional.empty();
    }
    try {
      return calls().get("/health/ready").json().getJsonArray("checks").stream()
          .map(check -> check.asJsonObject().getJsonObject("data"))
          .map(data -> Instant.parse(data.getString("time")))
          .findFirst();
    } catch (UncheckedIOException killed) {
      return Optional.empty();
    }
  }

  /** The process of the server itself, not of its launcher. */
  public ProcessHandle process() {
    long pid = Long.parseLong(TestProcess.Logs.read(data.resolve("run/server.pid")).trim());
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    return process.orElseThrow(() -> new IllegalStateException("The server is not running"));
  }

  /** Where it listens. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Calls that carry no proof of who calls. */
  public HttpCalls calls() {
    return HttpCalls.to(uri());
  }

  /** Calls as the operator. */
  public HttpCalls operator() {
    return calls().withBearer(evaluationToken());
  }

  /** The token that the server writes in evaluation mode; every instance takes it. */
  public String evaluationToken() {
    Path file = data.resolve("evaluation-token");
    return Awaitility.await("the server writes " + file)
        .atMost(TOKEN_WITHIN)
        .until(() -> TestProcess.Logs.read(file).trim(), token -> !token.isEmpty());
  }

  private Path launcherLog() {
    return data.resolve("logs").resolve("test-launcher.log");
  }
}
