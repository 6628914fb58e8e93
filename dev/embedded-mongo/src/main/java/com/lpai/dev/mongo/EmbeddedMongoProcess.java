package com.lpai.dev.mongo;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** The engine as a process of its own; see {@link #USAGE}. */
public final class EmbeddedMongoProcess {
  private static final String USAGE =
      "Usage: java -jar embedded-mongo.jar --port N --file PATH [--durability sync|commit]"
          + " [--parent-pid PID]";
  private static final Set<String> OPTIONS =
      Set.of("--port", "--file", "--durability", "--parent-pid");
  private static final int EXIT_BAD_ARGUMENT = 2;
  private static final int EXIT_NOT_STARTED = 1;

  private EmbeddedMongoProcess() {}

  /** Prints READY and the connection string once connections are accepted. */
  @SuppressWarnings("SystemOut") // the line is the interface to the process that starts this one
  public static void main(String[] arguments) throws InterruptedException {
    try {
      Map<String, String> options = options(arguments);
      EmbeddedMongo mongo = EmbeddedMongo.start(config(options));
      Runtime.getRuntime().addShutdownHook(new Thread(mongo::close, "mongo-shutdown"));
      if (options.containsKey("--parent-pid")) {
        exitWith(parent(options.get("--parent-pid")));
      }
      System.out.println("READY " + mongo.connectionString());
      new CountDownLatch(1).await();
    } catch (IllegalArgumentException e) {
      fail(e.getMessage() + " " + USAGE, EXIT_BAD_ARGUMENT);
    } catch (StartFailedException e) {
      fail(e.reason(), EXIT_NOT_STARTED);
    }
  }

  private static Map<String, String> options(String[] arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      if (!OPTIONS.contains(arguments[i])) {
        throw new IllegalArgumentException("Unknown option " + arguments[i] + ".");
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " needs a value.");
      }
      options.put(arguments[i], arguments[i + 1]);
    }
    return options;
  }

  private static EmbeddedMongoConfig config(Map<String, String> options) {
    return new EmbeddedMongoConfig(
        port(required(options, "--port")),
        new EmbeddedMongoConfig.InFile(Path.of(required(options, "--file"))),
        durability(options.getOrDefault("--durability", "sync")));
  }

  private static String required(Map<String, String> options, String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing.");
    }
    return value;
  }

  private static int port(String value) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--port must be a number, not " + value + ".", e);
    }
    throw new IllegalArgumentException("--port must be 0..65535, not " + value + ".");
  }

  private static Durability durability(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "sync" -> Durability.SYNC;
      case "commit" -> Durability.COMMIT;
      default ->
          throw new IllegalArgumentException(
              "--durability must be sync or commit, not " + value + ".");
    };
  }

  private static ProcessHandle parent(String pid) {
    try {
      return ProcessHandle.of(Long.parseLong(pid))
          .orElseThrow(
              () ->
                  new IllegalArgumentException("--parent-pid " + pid + " is no running process."));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--parent-pid must be a number, not " + pid + ".", e);
    }
  }

  /** A child must not outlive the launcher, however that one ended. */
  private static void exitWith(ProcessHandle parent) {
    Thread exit = new Thread(() -> System.exit(0), "mongo-parent-gone");
    var unused = parent.onExit().thenRun(exit::start);
  }

  @SuppressWarnings("SystemOut") // a person reads it where the process was started
  private static void fail(String message, int exitCode) {
    System.err.println(message);
    System.exit(exitCode);
  }
}
