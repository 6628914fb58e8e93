package com.lpai.architecture.system;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Database, sandbox and servers as real processes on free ports, with a data directory of their
 * own. A server runs under the launcher, configured as in production but against the sandbox.
 *
 * <p>{@link #shared()} is for tests that leave the processes alone and use locations of their own;
 * a test that kills or reconfigures something takes {@link #start()}, or {@link #builder()} for
 * several servers over one database, and closes it.
 */
public final class RunningSystem implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofMinutes(5);
  private static final String CLIENT_ID = "lpaisandbox-systemtest";

  private final Path data;
  private final int sandboxPort = Build.freePort();
  private final int databasePort = Build.freePort();
  private final String clientSecret = UUID.randomUUID().toString();
  private final String cronSecret = UUID.randomUUID().toString();
  private final String operatorPassword = UUID.randomUUID().toString();

  private final List<ServerInstance> servers = new ArrayList<>();
  private TestProcess database;
  private final TestProcess sandbox;
  private final MongoClient mongo;

  private RunningSystem(Builder builder) {
    this.data = temporaryDirectory();
    int publicPort = Build.freePort();
    for (int number = 1; number <= builder.servers; number++) {
      Path own = number == 1 ? data : data.resolve("server-" + number);
      int port = number == 1 ? publicPort : Build.freePort();
      Map<String, String> settings = serverSettings(publicPort);
      settings.putAll(builder.settings);
      servers.add(new ServerInstance(own, port, settings));
    }
    this.database = launchDatabase();
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
    return builder().settings(extraSettings).start();
  }

  /** Database and sandbox only, for a server that somebody else starts. */
  static RunningSystem withoutServer() {
    return builder().prepare();
  }

  /** A system that differs from {@link #start()}. */
  public static Builder builder() {
    return new Builder();
  }

  /** What a system shall be. */
  public static final class Builder {
    private int servers = 1;
    private final Map<String, String> settings = new HashMap<>();

    private Builder() {}

    /** Several servers over one database and one sandbox; webhooks go to the first. */
    public Builder servers(int count) {
      servers = count;
      return this;
    }

    /** A setting of every server (an environment variable). */
    public Builder setting(String name, String value) {
      settings.put(name, value);
      return this;
    }

    /** Settings of every server. */
    public Builder settings(Map<String, String> more) {
      settings.putAll(more);
      return this;
    }

    /**
     * Database and sandbox run, no server does yet: settings of a single one can be changed before
     * {@link RunningSystem#startServers()}.
     */
    public RunningSystem prepare() {
      return new RunningSystem(this);
    }

    /** All run, ready for requests. */
    public RunningSystem start() {
      RunningSystem system = prepare();
      try {
        system.startServers();
        return system;
      } catch (AssertionError notReady) {
        system.close();
        throw notReady;
      }
    }
  }

  /** Starts every server, all at once, and waits until they are ready. */
  public void startServers() {
    try {
      servers.forEach(ServerInstance::launch);
      servers.forEach(ServerInstance::awaitReady);
    } catch (RuntimeException | Error failure) {
      throw new AssertionError("The system is not ready. Its logs:\n" + logs(), failure);
    }
  }

  private static final class Shared {
    static final RunningSystem SYSTEM = startForTheRun();

    private static RunningSystem startForTheRun() {
      RunningSystem system = start();
      Runtime.getRuntime().addShutdownHook(new Thread(system::close, "stop-shared-system"));
      return system;
    }
  }

  private TestProcess launchDatabase() {
    TestProcess started =
        TestProcess.start(
            List.of(
                Build.java(),
                "-Xmx512m",
                "-XX:+UseG1GC",
                "-XX:MaxGCPauseMillis=10",
                "-jar",
                Build.database().toString(),
                "--port",
                String.valueOf(databasePort),
                "--file",
                data.resolve("database.mv").toString(),
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
                publicUrl() + "/api/oauth/callback",
                "SANDBOX_WEBHOOK_URL",
                serverUri() + "/api/webhooks/ghl/native",
                "SANDBOX_DEMO",
                "true"),
            log("sandbox"));
    started.awaitOutput(output -> output.contains("READY "), READY_WITHIN);
    return started;
  }

  /** What tells the first server of database, sandbox and port (environment variables). */
  Map<String, String> serverSettings() {
    return server(1).settings();
  }

  private Map<String, String> serverSettings(int publicPort) {
    Map<String, String> settings = new HashMap<>();
    if (!Build.jvmOptions().isEmpty()) {
      settings.put("JVM_ARGS", String.join(" ", Build.jvmOptions()));
    }
    settings.put("LPAI_EVALUATION", "true");
    settings.put("LPAI_MASTER_KEY_FILE", data.resolve("master-key").toString());
    settings.put("LPAI_OPERATOR_PASSWORD", operatorPassword);
    settings.put("LPAI_CLOCK_URL", sandboxUri() + "/sandbox/clock");
    settings.put("MONGODB_URI", mongoUri());
    settings.put("GHL_BASE_URL", sandboxUri().toString());
    settings.put("GHL_OAUTH_BASE_URL", "http://localhost:" + sandboxPort);
    settings.put("GHL_MARKETPLACE_CLIENT_ID", CLIENT_ID);
    settings.put("GHL_MARKETPLACE_CLIENT_SECRET", clientSecret);
    settings.put("GHL_WEBHOOK_PUBLIC_KEYS", webhookKeys().toString());
    settings.put("PUBLIC_API_URL", "http://localhost:" + publicPort);
    settings.put("CRON_SECRET", cronSecret);
    // Tests turn the clock by days and count calls: reconciliation is for those that ask for it.
    settings.put("LPAI_RECONCILE_ACTIVE", "P30D");
    settings.put("LPAI_RECONCILE_QUIET", "P30D");
    settings.put("LPAI_RECONCILE_PROOF", "P365D");
    return settings;
  }

  /** The servers, in their order. */
  public List<ServerInstance> servers() {
    return List.copyOf(servers);
  }

  /** One of the servers; the first is 1. */
  public ServerInstance server(int number) {
    return servers.get(number - 1);
  }

  /** Ends the first server at once, as a power cut would (SIGKILL); all else goes on. */
  public void killServer() {
    server(1).kill();
  }

  /** Ends the database at once, as a power cut would (SIGKILL); all else goes on without it. */
  public void killDatabase() {
    database.kill();
  }

  /** Starts the database again on its port and its file, and waits until it is ready. */
  public void startDatabase() {
    if (database.isAlive()) {
      throw new IllegalStateException("The database is running");
    }
    try {
      Files.delete(log("database"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    database = launchDatabase();
  }

  /** Stops the first server as an operator would (SIGTERM). */
  public void stopServer() {
    server(1).stop();
  }

  /**
   * Starts the first server again after {@link #killServer()} or {@link #stopServer()}, and waits
   * until it is ready.
   */
  public void startServer() {
    server(1).start();
  }

  /** The process of the first server itself, not of its launcher. */
  public ProcessHandle serverProcess() {
    return server(1).process();
  }

  /** The process of the database. */
  ProcessHandle databaseProcess() {
    return process(database);
  }

  /** The process of the sandbox. */
  ProcessHandle sandboxProcess() {
    return process(sandbox);
  }

  private static ProcessHandle process(TestProcess started) {
    return ProcessHandle.of(started.pid())
        .orElseThrow(() -> new IllegalStateException("It is not running"));
  }

  /** Where the first server listens. */
  public URI serverUri() {
    return server(1).uri();
  }

  private String publicUrl() {
    return "http://localhost:" + serverUri().getPort();
  }

  /** Where the sandbox listens. */
  public URI sandboxUri() {
    return URI.create("http://127.0.0.1:" + sandboxPort);
  }

  /** The database of the server, with its name. */
  public String mongoUri() {
    return "mongodb://127.0.0.1:" + databasePort + "/lpai";
  }

  /** Calls to the first server that carry no proof of who calls. */
  public HttpCalls server() {
    return server(1).calls();
  }

  /** Calls to the first server as the operator. */
  public HttpCalls operator() {
    return server(1).operator();
  }

  /** Calls to the sandbox. */
  public HttpCalls sandbox() {
    return HttpCalls.to(sandboxUri());
  }

  /** The token that a server writes in evaluation mode. */
  public String evaluationToken() {
    return server(1).evaluationToken();
  }

  /** What `/api/cron/…` asks for. */
  public String cronSecret() {
    return cronSecret;
  }

  /** The password of the console's `operator`. */
  public String operatorPassword() {
    return operatorPassword;
  }

  /** What the servers' collections hold. */
  public MongoDatabase database() {
    return mongo.getDatabase("lpai");
  }

  /** The data directory, with database files and logs; the first server's own, too. */
  public Path dataDirectory() {
    return data;
  }

  /** Everything that all processes have logged so far. */
  public String logs() {
    StringBuilder all = new StringBuilder();
    for (Path file : files()) {
      if (file.getParent().endsWith("logs")) {
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

  /** A running server removes files of its own meanwhile. */
  private List<Path> files() {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          data,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              found.add(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure)
                throws IOException {
              if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
              }
              throw failure;
            }
          });
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return found.stream().filter(Files::isRegularFile).sorted().toList();
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

  /** Stops the servers, then what they use, and removes the data. */
  @Override
  public void close() {
    servers.forEach(ServerInstance::close);
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
