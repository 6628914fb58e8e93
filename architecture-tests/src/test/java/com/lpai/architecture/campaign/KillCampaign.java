package com.lpai.architecture.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The program of {@code dev/campaign/kill.sh}: kill -9 of the database under acknowledged writes,
 * then of the server and of the database under the server. Ends with 1 when anything was lost,
 * doubled, or differs.
 */
final class KillCampaign {
  /** Kept, since the logging framework forgets a logger and its level that nobody holds. */
  private static final Logger DRIVER_LOGGER = Logger.getLogger("org.mongodb.driver");

  private static final String USAGE =
      "Usage: dev/campaign/kill.sh [--rounds N] [--seed N] [--report FILE]";

  private int rounds = 10;
  private long seed = 1;
  private Path report = Path.of("");

  private KillCampaign() {}

  @SuppressWarnings("SystemOut") // a person watches it
  public static void main(String[] arguments) throws IOException {
    DRIVER_LOGGER.setLevel(Level.SEVERE);
    KillCampaign campaign = new KillCampaign();
    try {
      campaign.read(arguments);
    } catch (IllegalArgumentException mistake) {
      System.err.println(mistake.getMessage() + " " + USAGE);
      System.exit(2);
    }
    System.exit(campaign.run() ? 0 : 1);
  }

  private void read(String[] arguments) {
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " needs a value.");
      }
      String value = arguments[i + 1];
      switch (arguments[i]) {
        case "--rounds" -> rounds = Integer.parseInt(value);
        case "--seed" -> seed = Long.parseLong(value);
        case "--report" -> report = Path.of(value);
        default -> throw new IllegalArgumentException("Unknown option " + arguments[i] + ".");
      }
    }
  }

  @SuppressWarnings("SystemOut") // a person watches it
  private boolean run() throws IOException {
    long start = System.nanoTime();
    Findings findings = new Findings();
    List<String> lines = new ArrayList<>();
    lines.add("# Kill campaign");
    lines.add("");
    lines.add("`dev/campaign/kill.sh --rounds %d --seed %d`".formatted(rounds, seed));
    lines.add("");
    lines.add(machine());
    lines.add("");
    lines.addAll(new EngineRounds(rounds, seed, findings).run());
    lines.addAll(new SystemRounds(rounds, seed, findings).run());
    lines.add("## Result");
    lines.add("");
    lines.addAll(findings.lines());
    lines.add("");
    lines.add("It took %d s.".formatted(Duration.ofNanos(System.nanoTime() - start).toSeconds()));
    lines.forEach(System.out::println);
    if (!report.toString().isEmpty()) {
      Files.write(report, lines);
    }
    return findings.none();
  }

  static String machine() {
    return "%d cores, Java %s, %s."
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            Runtime.version().feature(),
            System.getProperty("os.name"));
  }
}
