package com.lpai.architecture.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What every campaign does: read what a person wants, break things, tell what came of it. */
abstract class Campaign {
  /** Kept, since the logging framework forgets a logger and its level that nobody holds. */
  private static final Logger DRIVER_LOGGER = Logger.getLogger("org.mongodb.driver");

  private final String title;
  private final String command;
  private final String counted;
  private final List<String> lines = new ArrayList<>();
  private final Findings findings = new Findings();
  private int times;
  private long seed = 1;
  private Path report = Path.of("");

  /**
   * A campaign.
   *
   * @param command by which a person starts it
   * @param counted what there are so many of, for example {@code rounds}
   * @param times how many there are unless a person says otherwise
   */
  Campaign(String title, String command, String counted, int times) {
    this.title = title;
    this.command = command;
    this.counted = counted;
    this.times = times;
  }

  /** Breaks things and writes down what happened. */
  abstract void breakThings();

  final int times() {
    return times;
  }

  final long seed() {
    return seed;
  }

  final Findings findings() {
    return findings;
  }

  /** A line of the report. */
  final void tell(String line) {
    lines.add(line);
  }

  /**
   * Runs it, and ends the process: with 1 when something was found, with 2 for bad options, with 3
   * when it broke off.
   */
  @SuppressWarnings("SystemOut") // a person watches it
  final void runAndExit(String[] arguments) throws IOException {
    DRIVER_LOGGER.setLevel(Level.SEVERE);
    try {
      read(arguments);
    } catch (IllegalArgumentException mistake) {
      System.err.println(
          "%s Usage: %s [--%s N] [--seed N] [--report FILE]"
              .formatted(mistake.getMessage(), command, counted));
      System.exit(2);
    }
    try {
      run();
    } catch (RuntimeException | AssertionError brokenOff) {
      // Threads of what was started would keep this process alive.
      brokenOff.printStackTrace();
      System.exit(3);
    }
    System.exit(findings.none() ? 0 : 1);
  }

  private void read(String[] arguments) {
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " needs a value.");
      }
      String value = arguments[i + 1];
      switch (arguments[i]) {
        case "--seed" -> seed = Long.parseLong(value);
        case "--report" -> report = Path.of(value);
        case String option when option.equals("--" + counted) -> times = Integer.parseInt(value);
        default -> throw new IllegalArgumentException("Unknown option " + arguments[i] + ".");
      }
    }
  }

  @SuppressWarnings("SystemOut") // a person watches it
  private void run() throws IOException {
    long start = System.nanoTime();
    tell("# " + title);
    tell("");
    tell("`%s --%s %d --seed %d`".formatted(command, counted, times, seed));
    tell("");
    tell(
        "%d cores, Java %s, %s."
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature(),
                System.getProperty("os.name")));
    tell("");
    breakThings();
    tell("## Result");
    tell("");
    findings.lines().forEach(this::tell);
    tell("");
    tell("It took %d s.".formatted(Duration.ofNanos(System.nanoTime() - start).toSeconds()));
    lines.forEach(System.out::println);
    if (!report.toString().isEmpty()) {
      Files.write(report, lines);
    }
  }
}
