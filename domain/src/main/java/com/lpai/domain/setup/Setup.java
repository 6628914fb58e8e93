package com.lpai.domain.setup;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
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

  public StepResult result(SetupStep step) {
    return results.getOrDefault(step, StepResult.WAITING);
  }

  public Setup with(SetupStep step, StepResult result) {
    EnumMap<SetupStep, StepResult> changed = new EnumMap<>(SetupStep.class);
    changed.putAll(results);
    changed.put(step, result);
    return new Setup(run, fullSync, requestedAt, changed);
  }

  /**
   * The steps that can be worked on now, side by side; none when the setup is over. Short ones come
   * one by one, since long ones rest on most of them. What changed during the copies comes last, so
   * that all of it is seen, and contacts first, so that other records find theirs.
   */
  public List<SetupStep> openSteps() {
    List<SetupStep> copying = notOver(state -> state != StepResult.State.COPIED);
    if (copying.isEmpty()) {
      List<SetupStep> copied = notOver(state -> true);
      return copied.contains(SetupStep.CONTACTS) ? List.of(SetupStep.CONTACTS) : copied;
    }
    SetupStep first = copying.getFirst();
    return first.catchesUp()
        ? copying.stream().filter(SetupStep::catchesUp).toList()
        : List.of(first);
  }

  private List<SetupStep> notOver(Predicate<StepResult.State> wanted) {
    return results.entrySet().stream()
        .filter(entry -> !entry.getValue().isOver() && wanted.test(entry.getValue().state()))
        .map(Map.Entry::getKey)
        .toList();
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

  /** True when there was one and every step is over. */
  public boolean isOver() {
    return run > 0 && openSteps().isEmpty();
  }

  public boolean isUnderWay() {
    return run > 0 && !openSteps().isEmpty();
  }

  public boolean hasFailedSteps() {
    return results.values().stream().anyMatch(r -> r.state() == StepResult.State.FAILED);
  }
}
