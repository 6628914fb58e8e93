package com.lpai.architecture.system;

import java.util.ArrayList;
import java.util.List;

/**
 * Measures how much of GoHighLevel's limits copies use on real processes, and prints a report;
 * {@code dev/bench/limits.sh} runs it. Nothing here is a test: it asserts nothing.
 */
public final class LimitsMeasurement {
  private LimitsMeasurement() {}

  /**
   * Measures and prints.
   *
   * @param args contacts of each location
   */
  public static void main(String[] args) throws Exception {
    List<String> rows = new ArrayList<>();
    try (BudgetedCopies copies = new BudgetedCopies(Integer.parseInt(args[0]))) {
      copies.windowsSlide(false);
      rows.addAll(
          rows(
              "one server, fixed windows",
              copies.copies(List.of("alone"), List.of(copies.system().server(1)))));
      copies.startSecondServer();
      rows.addAll(
          rows(
              "two servers, fixed windows, one location",
              copies.copies(List.of("fixed"), copies.system().servers())));
      rows.addAll(
          rows(
              "two servers, fixed windows, two locations",
              copies.copies(List.of("fixed1", "fixed2"), copies.system().servers())));
      copies.windowsSlide(true);
      rows.addAll(
          rows(
              "two servers, sliding windows, one location",
              copies.copies(List.of("slides"), copies.system().servers())));
      rows.addAll(
          rows(
              "two servers, sliding windows, two locations",
              copies.copies(List.of("slides1", "slides2"), copies.system().servers())));
    }
    System.out.println(
        "| copy | calls | s | of the burst budget | answers of 429 | writes of persons | 95 % reached"
            + " GoHighLevel in, ms | the slowest, ms | calls in each 5 s |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    rows.forEach(System.out::println);
    System.exit(0);
  }

  private static List<String> rows(String name, List<BudgetedCopies.Figures> all) {
    List<String> rows = new ArrayList<>();
    for (BudgetedCopies.Figures figures : all) {
      System.err.println(figures);
      rows.add(
          "| %s | %d | %.1f | %.1f %% | %d | %d | %d | %d | %s |"
              .formatted(
                  name,
                  figures.calls(),
                  figures.seconds(),
                  100 * figures.share(),
                  figures.refused(),
                  figures.written(),
                  figures.way(0.95).toMillis(),
                  figures.way(1).toMillis(),
                  figures.perFiveSeconds().toString().replaceAll("[\\[\\],]", "")));
    }
    return rows;
  }
}
