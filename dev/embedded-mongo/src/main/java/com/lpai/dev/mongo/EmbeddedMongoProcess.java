package com.lpai.dev.mongo;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The engine as a process of its own; see {@link #USAGE}. */
public final class EmbeddedMongoProcess {
  private static final String USAGE =
      "Usage: java -jar embedded-mongo.jar --port N --file PATH [--parent-pid PID]";
  private static final Set<String> OPTIONS = Set.of("--port", "--file", "--parent-pid");
  private static final int EXIT_BAD_ARGUMENT = 2;
  private static final int EXIT_NOT_STARTED = 1;

  private EmbeddedMongoProcess() {}

  /** Prints READY and the connection string once connections are accepted. */
  @SuppressWarnings("SystemOut") // the line is the interface to the process that starts this one
  public static void main(String[] arguments) {
    try {
      Map<String, String> options = options(arguments);
      if (options.containsKey("--parent-pid")) {
        exitWith(number(options, "--parent-pid"));
      }
      EmbeddedMongoConfig config = EmbeddedMongoConfig.inFile(Path.of(text(options, "--file")));
      EmbeddedMongo mongo = EmbeddedMongo.start(config.withPort(number(options, "--port")));
      Runtime.getRuntime().addShutdownHook(new Thread(mongo::close, "mongo-shutdown"));
      System.out.println("READY " + mongo.connectionString());
    } catch (IllegalArgumentException e) {
      fail(e.getMessage() + " " + USAGE, EXIT_BAD_ARGUMENT);
    } catch (StartFailedException e) {
      fail(String.valueOf(e.getMessage()), EXIT_NOT_STARTED);
    }
  }

  private static Map<String, String> options(String[] arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      require(OPTIONS.contains(arguments[i]), "Unknown option " + arguments[i] + ".");
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

  private static String text(Map<String, String> options, String name) {
    return Optional.ofNullable(options.get(name))
        .orElseThrow(() -> new IllegalArgumentException(name + " is missing."));
  }

  private static int number(Map<String, String> options, String name) {
    String value = text(options, name);
    require(value.matches("\\d{1,9}"), name + " must be a number, not " + value + ".");
    return Integer.parseInt(value);
  }

  /** A child must not outlive the launcher, however that one ended. */
  private static void exitWith(long parent) {
    Optional<ProcessHandle> process = ProcessHandle.of(parent);
    require(process.isPresent(), "--parent-pid " + parent + " is no running process.");
    Thread exit = new Thread(() -> System.exit(0), "mongo-parent-gone");
    var unused = process.get().onExit().thenRun(exit::start);
  }

  @SuppressWarnings("SystemOut") // a person reads it where the process was started
  private static void fail(String message, int exitCode) {
    System.err.println(message);
    System.exit(exitCode);
  }
}
