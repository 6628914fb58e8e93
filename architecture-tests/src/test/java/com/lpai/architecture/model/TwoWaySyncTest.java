package com.lpai.architecture.model;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

/**
 * Whatever happens in whatever order, crashes and GoHighLevel's troubles included: after quiet both
 * sides are equal, nothing is there twice and no edit is lost but for those that the list of
 * conflicts names.
 */
class TwoWaySyncTest {
  private static final String SEED = "model.seed";

  /** The same runs each time: of others about one in 1,500 still fails (CONTRIBUTING.md). */
  @Property(
      seed = "6434140204699591871",
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF)
  void bothSidesEndEqualAndNoEditIsLost(@ForAll("seeds") long seed) {
    hold(seed);
  }

  /** Only the one that was asked for, if one was. */
  @Provide
  Arbitrary<Long> seeds() {
    Long asked = Long.getLong(SEED);
    return asked == null ? Arbitraries.randomValue(Random::nextLong) : Arbitraries.just(asked);
  }

  private static void hold(long seed) {
    List<Step> steps = Steps.of(seed);
    Outcome outcome = outcome(seed, steps);
    Statistics.label("edits there that an update of ours replaced before they were heard of")
        .collect(outcome.replacedUnseen());
    if (!outcome.failure().isEmpty()) {
      List<Step> fewest = fewest(seed, steps);
      throw new AssertionError(
          "-D%s=%d%n%s%n%s"
              .formatted(SEED, seed, written(fewest), outcome(seed, fewest).failure()));
    }
  }

  /** Leaves out what is not needed for a failure. */
  private static List<Step> fewest(long seed, List<Step> failing) {
    List<Step> left = failing;
    for (int i = left.size() - 1; i >= 0; i--) {
      List<Step> fewer = new ArrayList<>(left);
      fewer.remove(i);
      if (!outcome(seed, fewer).failure().isEmpty()) {
        left = fewer;
      }
    }
    return left;
  }

  private static String written(List<Step> steps) {
    return steps.stream().map(Step::toString).collect(Collectors.joining("\n"));
  }

  /**
   * How a run ended.
   *
   * @param failure what is wrong and what had happened; empty when all is well
   */
  record Outcome(String failure, int replacedUnseen) {}

  static Outcome outcome(long seed, List<Step> steps) {
    try (SyncRun run = SyncRun.of(seed)) {
      try {
        run.take(steps);
        run.calmDown();
      } catch (RuntimeException | AssertionError thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return new Outcome(trace + "\n" + run.story(), 0);
      }
      Verdict verdict = Verdict.of(run.sides);
      String faults = String.join("\n", verdict.faults());
      return new Outcome(
          faults.isEmpty() ? "" : faults + "\n" + run.story(), verdict.replacedUnseen());
    }
  }
}
