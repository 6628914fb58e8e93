package com.lpai.architecture.system;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Database, sandbox and server as real processes on free ports, with a data directory of their own.
 * The server runs under the launcher, configured as in production but against the sandbox.
 *
 * <p>{@link #shared()} is for tests that leave the processes alone and use locations of their own;
 * a test that kills or reconfigures something takes {@link #start()} and closes it.
 */
public final class RunningSystem implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofMinutes(3);
  private static final Duration TOKEN_WITHIN = Duration.ofSeconds(10);
  private static final String CLIENT_ID = "lpaisandbox-systemtest";

  private final Path data;
  private final int httpPort = Build.freePort();
  private final int sandboxPort = Build.freePort();
  private final int databasePort = Build.freePort();
  private final String clientSecret = UUID.randomUUID().toString();
  private final String cronSecret = UUID.randomUUID().toString();
  private final String operatorPassword = UUID.randomUUID().toString();
  private final Map<String, String> extraSettings;

  private final TestProcess database;
  private final TestProcess sandbox;
  private final MongoClient mongo;
  private Optional<TestProcess> launcher = Optional.empty();

  private RunningSystem(Map<String, String> extraSettings) {
    this.extraSettings = Map.copyOf(extraSettings);
    this.data = temporaryDirectory();
    this.database = startDatabase();
    this.sandbox = startSandbox();
    this.mongo = MongoClients.create(mongoUri());
  }

  /** The one system of this test run; it ends with the run. */
  public static RunningSystem shared() {
    return Shared.SYSTEM;
  }

  /** A system of the caller's own, ready for requests. */
  public static RunningSystem start() {
    return start(Map.of());
  }

  /** The same with further settings of the server (environment variables). */
  public static RunningSystem start(Map<String, String> extraSettings) {
    RunningSystem system = new RunningSystem(extraSettings);
    try {
      system.launchServer();
      system.awaitReady();
      return system;
    } catch (RuntimeException | Error failure) {
      String logs = system.logs();
      system.close();
      throw new AssertionError("The system is not ready. Its logs:\n" + logs, failure);
    }
  }

  /** Database and sandbox only, for a server that somebody else starts. */
  static RunningSystem withoutServer() {
    return new RunningSystem(Map.of());
  }

  private static final class Shared {
    static final RunningSystem SYSTEM = startForTheRun();

    private static RunningSystem startForTheRun() {
      RunningSystem system = start();
      Runtime.getRuntime().addShutdownHook(new Thread(system::close, "stop-shared-system"));
      return system;
    }
  }

  private TestProcess startDatabase() {
    TestProcess started =
        TestProcess.start(
            List.of(
                Build.java(),
                "-jar",
                Build.database().toString(),
                "--port",
                String.valueOf(databasePort),
                "--file",
                data.resolve("database.mv").toString(),
                "--durability",
                "sync",
                "--parent-pid",
                String.valueOf(ProcessHandle.current().pid())),
            Map.of(),
            log("database"));
    started.awaitOutput(output -> output.contains("READY "), READY_WITHIN);
    return started;
  }

  private TestProcess startSandbox() {
    TestProcess started =
        TestProcess.start(
            List.of(
                Build.java(),
                "-jar",
                Build.sandbox().toString(),
                "--port",
                String.valueOf(sandboxPort),
                "--data",
                data.resolve("sandbox").toString(),
                "--keys-file",
                webhookKeys().toString(),
                "--parent-pid",
                String.valueOf(ProcessHandle.current().pid())),
            Map.of(
                "SANDBOX_CLIENT_ID",
                CLIENT_ID,
                "SANDBOX_CLIENT_SECRET",
                clientSecret,
                "SANDBOX_REDIRECT_URI",
                "http://localhost:" + httpPort + "/api/oauth/callback",
                "SANDBOX_WEBHOOK_URL",
                serverUri() + "/api/webhooks/ghl/native",
                "SANDBOX_DEMO",
                "true"),
            log("sandbox"));
    started.awaitOutput(output -> output.contains("READY "), READY_WITHIN);
    return started;
  }

  private void launchServer() {
    Map<String, String> settings = new HashMap<>(serverSettings());
    settings.put("LPAI_STOP_WITH_PARENT", "true");
    settings.putAll(extraSettings);
    launcher =
        Optional.of(
            TestProcess.start(
                List.of(Build.java(), "-jar", Build.launcher().toString()),
                settings,
                log("launcher")));
  }

  private TestProcess launcher() {
    return launcher.orElseThrow(() -> new IllegalStateException("No server was started here"));
  }

  /** What tells a server of this system's database, sandbox and port (environment variables). */
  Map<String, String> serverSettings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("LPAI_EVALUATION", "true");
    settings.put("LPAI_DATA_DIR", data.toString());
    settings.put("LPAI_HTTP_HOST", "127.0.0.1");
    settings.put("LPAI_HTTP_PORT", String.valueOf(httpPort));
    settings.put("LPAI_MASTER_KEY_FILE", data.resolve("master-key").toString());
    settings.put("LPAI_OPERATOR_PASSWORD", operatorPassword);
    settings.put("LPAI_CLOCK_URL", sandboxUri() + "/sandbox/clock");
    settings.put("MONGODB_URI", mongoUri());
    settings.put("GHL_BASE_URL", sandboxUri().toString());
    settings.put("GHL_OAUTH_BASE_URL", "http://localhost:" + sandboxPort);
    settings.put("GHL_MARKETPLACE_CLIENT_ID", CLIENT_ID);
    settings.put("GHL_MARKETPLACE_CLIENT_SECRET", clientSecret);
    settings.put("GHL_WEBHOOK_PUBLIC_KEYS", webhookKeys().toString());
    settings.put("PUBLIC_API_URL", "http://localhost:" + httpPort);
    settings.put("CRON_SECRET", cronSecret);
    return settings;
  }

  private void awaitReady() {
    launcher().awaitOutput(output -> output.contains("LPai is running at "), READY_WITHIN);
  }

  /** Ends the server at once, as a power cut would (SIGKILL); database and sandbox go on. */
  public void killServer() {
    ProcessHandle server = serverProcess();
    CompletableFuture<ProcessHandle> end = server.onExit();
    server.destroyForcibly();
    end.orTimeout(READY_WITHIN.toMillis(), TimeUnit.MILLISECONDS).join();
    launcher().awaitEnd(READY_WITHIN);
  }

  /** Stops the server as an operator would (SIGTERM). */
  public void stopServer() {
    launcher().stop();
  }

  /**
   * Starts the server again after {@link #killServer()} or {@link #stopServer()}, and waits until
   * it is ready.
   */
  public void startServer() {
    if (launcher().isAlive()) {
      throw new IllegalStateException("The server is running");
    }
    try {
      Files.deleteIfExists(log("launcher"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    launchServer();
    awaitReady();
  }

  /** The process of the server itself, not of its launcher. */
  public ProcessHandle serverProcess() {
    long pid = Long.parseLong(TestProcess.Logs.read(data.resolve("run/server.pid")).trim());
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    return process.orElseThrow(() -> new IllegalStateException("The server is not running"));
  }

  /** Where the server listens. */
  public URI serverUri() {
    return URI.create("http://127.0.0.1:" + httpPort);
  }

  /** Where the sandbox listens. */
  public URI sandboxUri() {
    return URI.create("http://127.0.0.1:" + sandboxPort);
  }

  /** The database of the server, with its name. */
  public String mongoUri() {
    return "mongodb://127.0.0.1:" + databasePort + "/lpai";
  }

  /** Calls to the server that carry no proof of who calls. */
  public HttpCalls server() {
    return HttpCalls.to(serverUri());
  }

  /** Calls to the server as the operator. */
  public HttpCalls operator() {
    return server().withBearer(evaluationToken());
  }

  /** Calls to the sandbox. */
  public HttpCalls sandbox() {
    return HttpCalls.to(sandboxUri());
  }

  /** The token that the server writes in evaluation mode. */
  public String evaluationToken() {
    Path file = data.resolve("evaluation-token");
    return Awaitility.await("the server writes " + file)
        .atMost(TOKEN_WITHIN)
        .until(() -> TestProcess.Logs.read(file).trim(), token -> !token.isEmpty());
  }

  /** What `/api/cron/…` asks for. */
  public String cronSecret() {
    return cronSecret;
  }

  /** The password of the console's `operator`. */
  public String operatorPassword() {
    return operatorPassword;
  }

  /** What the server's collections hold. */
  public MongoDatabase database() {
    return mongo.getDatabase("lpai");
  }

  /** The data directory, with database files and logs. */
  public Path dataDirectory() {
    return data;
  }

  /** Everything that all processes have logged so far. */
  public String logs() {
    StringBuilder all = new StringBuilder();
    for (Path file : files()) {
      if (file.startsWith(data.resolve("logs"))) {
        all.append("==> ").append(data.relativize(file)).append('\n');
        all.append(TestProcess.Logs.read(file)).append('\n');
      }
    }
    return all.toString();
  }

  private Path webhookKeys() {
    return data.resolve("sandbox-webhook-keys.pem");
  }

  private Path log(String process) {
    return data.resolve("logs").resolve("test-" + process + ".log");
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path temporaryDirectory() {
    try {
      Path directory = Files.createTempDirectory("lpai-system-");
      Files.createDirectories(directory.resolve("logs"));
      return directory;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Stops the server, then what it uses, and removes the data. */
  @Override
  public void close() {
    launcher.ifPresent(TestProcess::stop);
    mongo.close();
    sandbox.stop();
    database.stop();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
