package com.lpai.launcher;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The program of `lpai.jar`: `java -jar boot/target/lpai.jar`, configured by environment variables (docs/operations.md).
 * It runs until it is stopped (Ctrl-C, SIGTERM) and then stops what it started; it ends with 1 when something is missing
 * or one of its processes ends.
 */
public final class Launcher {
  private static final String DATABASE = "database";
  private static final String SANDBOX = "sandbox";
  private static final String SERVER = "server";
  private static final Duration SMALL_PART_READY_WITHIN = Duration.ofMinutes(1);
  private static final Duration SERVER_READY_WITHIN = Duration.ofMinutes(3);

  private final Map<String, String> environment;
  private final StartMode mode;
  private final Ports ports;
  private final Path javaHome;
  private final Parts parts;
  private final DataDirectory data;
  private final Children children;

  private Launcher(Map<String, String> environment) {
    this.environment = environment;
    this.mode = StartMode.decide(environment);
    this.ports = Ports.read(environment, mode);
    this.javaHome = JavaRuntimes.find(environment);
    this.parts = Parts.ofThisJar();
    String directory = environment.getOrDefault("LPAI_DATA_DIR", "");
    this.data =
        DataDirectory.open(
            directory.isEmpty() ? parts.defaultDataDirectory() : Paths.get(directory));
    this.children = new Children(data);
  }

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    try {
      if (arguments.length > 0) {
        throw new StartRefused("There are no arguments, only environment variables (docs/operations.md).");
      }
      if (System.getProperty("os.name", "").startsWith("Windows")) {
        throw new StartRefused("This launcher runs on Linux and macOS; on Windows use WSL.");
      }
      new Launcher(System.getenv()).run();
    } catch (StartRefused refused) {
      System.err.println("LPai: " + refused.getMessage());
      System.exit(1);
    }
  }

  private void run() {
    data.awaitLeftovers(List.of(DATABASE, SANDBOX, SERVER));
    ports.refuseTaken();
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    stopWithParentIfAsked();
    try {
      if (mode == StartMode.EVALUATION) {
        startEvaluation();
      } else {
        startServerOnly();
      }
      children.superviseUntilOneEnds();
    } catch (StartRefused consequence) {
      // Children that end because they were told to are no news.
      if (!children.areStopping()) {
        throw consequence;
      }
    }
  }

  private void startEvaluation() {
    Evaluation evaluation = new Evaluation(environment, ports, data);
    Path database = parts.database();
    Path sandbox = parts.sandbox();
    parts.server();
    System.out.println("LPai is starting (database, sandbox, server) ...");

    ChildProcess startedDatabase =
        children.start(
            DATABASE,
            java(
                database,
                "--port", String.valueOf(ports.database()),
                "--file", data.folder(DATABASE).resolve("lpai.mv").toString()),
            environment);
    ChildProcess startedSandbox =
        children.start(
            SANDBOX,
            java(
                sandbox,
                "--port", String.valueOf(ports.sandbox()),
                "--data", data.folder(SANDBOX).toString(),
                "--keys-file", data.file("sandbox-webhook-keys.pem").toString()),
            evaluation.forSandbox());
    children.awaitReadyLine(startedDatabase, SMALL_PART_READY_WITHIN);
    children.awaitReadyLine(startedSandbox, SMALL_PART_READY_WITHIN);
    ChildProcess server = startServer(evaluation.forServer());
    if (!children.awaitHealth(server, ports.serverUrl(), SERVER_READY_WITHIN)) {
      throw Children.notReady(server, SERVER_READY_WITHIN);
    }
    System.out.print(
        String.join(
            System.lineSeparator(),
            "",
            "LPai is running.",
            "  Console   " + evaluation.publicUrl(),
            "            sign in as operator, password " + evaluation.operatorPassword(),
            "  Sandbox   " + evaluation.sandboxUrl() + "  (plays GoHighLevel)",
            "  Data      " + data.root() + "  (logs in " + data.root().resolve("logs") + ")",
            "  Stop      Ctrl-C",
            "",
            ""));
  }

  /** A server that waits for its database is left waiting: whoever runs it decides how long. */
  private void startServerOnly() {
    parts.server();
    System.out.println("LPai is starting (server only) ...");
    ChildProcess server = startServer(environment);
    boolean ready = children.awaitHealth(server, ports.serverUrl(), SERVER_READY_WITHIN);
    if (ready) {
      System.out.println("LPai is running at " + ports.serverUrl() + "; log: " + data.log(SERVER));
    } else {
      System.err.println(Children.notReady(server, SERVER_READY_WITHIN).getMessage());
    }
  }

  private ChildProcess startServer(Map<String, String> configuration) {
    Map<String, String> result = new HashMap<>(configuration);
    // A Liberty of somebody else in this environment must not move ours.
    result.remove("WLP_USER_DIR");
    result.put("WLP_OUTPUT_DIR", data.folder(SERVER).toString());
    result.put("LOG_DIR", data.folder("logs").toString());
    result.put("JAVA_HOME", javaHome.toString());
    result.put("LPAI_HTTP_PORT", String.valueOf(ports.http()));
    result.put("LPAI_DATA_DIR", data.root().toString());
    result.put("LPAI_PARENT_PID", String.valueOf(ProcessHandle.current().pid()));
    return children.start(SERVER, List.of(parts.server().toString(), "run", "lpai"), result);
  }

  private List<String> java(Path jar, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                javaHome.resolve("bin/java").toString(),
                "-Xmx512m",
                "-XX:+UseG1GC",
                "-XX:MaxGCPauseMillis=10",
                "-XX:+ExitOnOutOfMemoryError",
                "-jar",
                jar.toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--parent-pid", String.valueOf(ProcessHandle.current().pid())));
    return command;
  }

  private void stop() {
    System.out.println("LPai is stopping ...");
    children.stop();
    System.out.println("LPai has stopped.");
  }

  /** Maven sets this: when the build is killed, what it started goes too. */
  private void stopWithParentIfAsked() {
    if (!environment.getOrDefault("LPAI_STOP_WITH_PARENT", "").equals("true")) {
      return;
    }
    ProcessHandle.current()
        .parent()
        .ifPresent(
            parent -> {
              Thread watch =
                  new Thread(
                      () -> {
                        parent.onExit().join();
                        System.exit(1);
                      },
                      "watch-parent");
              watch.setDaemon(true);
              watch.start();
            });
  }
}
