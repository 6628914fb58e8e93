package com.lpai.dev.mongo;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The engine as a process of its own; see {@link #USAGE}. */
public final class EmbeddedMongoProcess {
  private static final String USAGE =
      "Usage: java -jar embedded-mongo.jar --port N --file PATH [--durability sync|commit]"
          + " [--parent-pid PID]";
  private static final Map<String, String> DEFAULTS =
      Map.of("--port", "", "--file", "", "--durability", "sync", "--parent-pid", "");
  private static final int EXIT_BAD_ARGUMENT = 2;
  private static final int EXIT_NOT_STARTED = 1;

  private EmbeddedMongoProcess() {}

  /** Prints READY and the connection string once connections are accepted. */
  @SuppressWarnings("SystemOut") // the line is the interface to the process that starts this one
  public static void main(String[] arguments) {
    try {
      Map<String, String> options = options(arguments);
      Optional<ProcessHandle> parent = parent(options.getOrDefault("--parent-pid", ""));
      EmbeddedMongo mongo = EmbeddedMongo.start(config(options));
      Runtime.getRuntime().addShutdownHook(new Thread(mongo::close, "mongo-shutdown"));
      parent.ifPresent(EmbeddedMongoProcess::exitWith);
      System.out.println("READY " + mongo.connectionString());
    } catch (IllegalArgumentException e) {
      fail(e.getMessage() + " " + USAGE, EXIT_BAD_ARGUMENT);
    } catch (StartFailedException e) {
      fail(String.valueOf(e.getMessage()), EXIT_NOT_STARTED);
    }
  }

  private static Map<String, String> options(String[] arguments) {
    Map<String, String> options = new HashMap<>(DEFAULTS);
    for (int i = 0; i < arguments.length; i += 2) {
      require(DEFAULTS.containsKey(arguments[i]), "Unknown option " + arguments[i] + ".");
      require(i + 1 < arguments.length, arguments[i] + " needs a value.");
      options.put(arguments[i], arguments[i + 1]);
    }
    return options;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private static String required(Map<String, String> options, String name) {
    String value = options.getOrDefault(name, "");
    require(!value.isEmpty(), name + " is missing.");
    return value;
  }

  private static EmbeddedMongoConfig config(Map<String, String> options) {
    String durability = required(options, "--durability");
    require(
        durability.matches("sync|commit"),
        "--durability must be sync or commit, not " + durability + ".");
    return EmbeddedMongoConfig.inFile(Path.of(required(options, "--file")))
        .withPort(number("--port", required(options, "--port")))
        .withDurability(Durability.valueOf(durability.toUpperCase(Locale.ROOT)));
  }

  private static int number(String option, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " must be a number, not " + value + ".", e);
    }
  }

  private static Optional<ProcessHandle> parent(String pid) {
    if (pid.isEmpty()) {
      return Optional.empty();
    }
    Optional<ProcessHandle> parent = ProcessHandle.of(number("--parent-pid", pid));
    require(parent.isPresent(), "--parent-pid " + pid + " is no running process.");
    return parent;
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
