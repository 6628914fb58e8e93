package com.lpai.domain.setup;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The setup of one location: what was asked for, and how far each step is. It is found by its
 * state, not by a message that could be lost: any instance goes on with one that is not over.
 *
 * @param run counts the setups of this location; 0 when there never was one
 * @param fullSync everything again, or only what changed since the last time
 * @param results one entry for each step of this run
 */
public record Setup(
    long run, boolean fullSync, Instant requestedAt, Map<SetupStep, StepResult> results) {
  public static final Setup NEVER = new Setup(0, false, Instant.EPOCH, Map.of());

  public Setup {
    results = results.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(results));
  }

  /** A new run of all steps. */
  public Setup requested(boolean full, Instant now) {
    return requested(EnumSet.allOf(SetupStep.class), full, now);
  }

  /** A new run of these steps; the results of the others stay as they are. */
  public Setup requested(Set<SetupStep> steps, boolean full, Instant now) {
    EnumMap<SetupStep, StepResult> waiting = new EnumMap<>(SetupStep.class);
    waiting.putAll(results);
    steps.forEach(step -> waiting.put(step, StepResult.WAITING));
    return new Setup(run + 1, full, now, waiting);
  }

  /**
   * The setup with this step still to come, however far it is: in a new run when none is under way.
   * A location that never was set up gets all steps in time.
   */
  public Setup including(SetupStep step, Instant now) {
    if (run == 0) {
      return this;
    }
    if (!isUnderWay()) {
      return requested(EnumSet.of(step), true, now);
    }
    return result(step).isOver() ? again(EnumSet.of(step)) : this;
  }

  public StepResult result(SetupStep step) {
    return results.getOrDefault(step, StepResult.WAITING);
  }

  public Setup with(SetupStep step, StepResult result) {
    EnumMap<SetupStep, StepResult> changed = new EnumMap<>(SetupStep.class);
    changed.putAll(results);
    changed.put(step, result);
    return new Setup(run, fullSync, requestedAt, changed);
  }

  /** The setup after this step began. */
  public Setup began(SetupStep step, Instant now) {
    return with(step, lacking(step, result(step).started(now)));
  }

  /** The setup after this step has copied everything. */
  public Setup copied(SetupStep step, Instant now) {
    return completed(step, result(step).copied(now));
  }

  /** The setup after nothing is left to do for this step. */
  public Setup finished(SetupStep step, Instant now) {
    return completed(step, result(step).finished(now));
  }

  /** Those that went on without this step come again, now that it is complete. */
  private Setup completed(SetupStep step, StepResult complete) {
    Setup after = with(step, lacking(step, complete));
    EnumSet<SetupStep> again = EnumSet.noneOf(SetupStep.class);
    results.forEach(
        (other, result) -> {
          if (result.gaps().without().contains(step)) {
            again.add(other);
          }
        });
    return again.isEmpty() ? after : after.again(again);
  }

  private StepResult lacking(SetupStep step, StepResult result) {
    EnumSet<SetupStep> missing = EnumSet.noneOf(SetupStep.class);
    for (SetupStep other : step.restsOn()) {
      if (!result(other).isComplete()) {
        missing.add(other);
      }
    }
    return result.withGaps(result.gaps().without(missing));
  }

  /**
   * These steps from their beginning, within what is under way. It counts as another run, so that
   * nobody goes on from where they stopped in this one.
   */
  private Setup again(Set<SetupStep> steps) {
    return requested(steps, fullSync, requestedAt);
  }

  /**
   * The first step for which something can be done at this time: none when all are over, or wait to
   * be tried again. What changed during the copies comes last, so that all of it is seen.
   */
  public Optional<SetupStep> nextStep(Instant now) {
    return first(step -> isDue(step, now) && result(step).state() != StepResult.State.COPIED)
        .or(() -> first(step -> isDue(step, now)));
  }

  private boolean isDue(SetupStep step, Instant now) {
    return !result(step).nextAttemptAt().isAfter(now) && !waitsForAnother(step);
  }

  /** A step rests on another that is not over, because that one is to be tried again. */
  private boolean waitsForAnother(SetupStep step) {
    return result(step).state() == StepResult.State.WAITING
        && step.needs().stream()
            .filter(results::containsKey)
            .map(this::result)
            .anyMatch(needed -> !needed.isOver() && !needed.isComplete());
  }

  private Optional<SetupStep> first(Predicate<SetupStep> wanted) {
    return results.keySet().stream()
        .filter(step -> !result(step).isOver())
        .filter(wanted)
        .findFirst();
  }

  /** A step without which this one has nothing to go by, and which gave nothing. */
  public Optional<SetupStep> missingFor(SetupStep step) {
    return step.needs().stream().filter(needed -> !result(needed).isComplete()).findFirst();
  }

  /** This step, and those that were skipped for want of it. */
  public Set<SetupStep> withThoseWaitingFor(SetupStep step) {
    EnumSet<SetupStep> steps = EnumSet.of(step);
    for (SetupStep other : SetupStep.values()) {
      if (other.needs().contains(step) && result(other).state() == StepResult.State.SKIPPED) {
        steps.add(other);
      }
    }
    return steps;
  }

  /** The same setup with this step's next attempt at once. */
  public Setup hastened(SetupStep step) {
    return with(step, result(step).hastened());
  }

  /** True when there was one and every step is over. */
  public boolean isOver() {
    return run > 0 && first(step -> true).isEmpty();
  }

  public boolean isUnderWay() {
    return run > 0 && first(step -> true).isPresent();
  }

  /** True when it is under way and not all that is left waits to be tried again. */
  public boolean isAtWork() {
    return run > 0
        && first(step -> !result(step).isToBeTriedAgain() && !waitsForAnother(step)).isPresent();
  }

  public boolean hasEveryStep() {
    return results.keySet().containsAll(EnumSet.allOf(SetupStep.class));
  }

  public boolean hasFailedSteps() {
    return results.values().stream().anyMatch(r -> r.state() == StepResult.State.FAILED);
  }
}
