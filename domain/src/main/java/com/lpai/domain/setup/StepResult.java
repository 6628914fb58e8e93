package com.lpai.domain.setup;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far one step of a setup is.
 *
 * @param done records stored or found unchanged so far
 * @param total records that the CRM says there are; -1 while unknown
 * @param note the error or the reason for skipping in plain words; empty when all is well
 * @param startedAt {@link Instant#EPOCH} before the start
 * @param finishedAt {@link Instant#EPOCH} before the end
 * @param attempts failures in a row for a reason that passes
 * @param nextAttemptAt when it is tried again by itself; {@link Instant#EPOCH} when it need not be
 * @param gaps what it had to do without since it was started
 */
public record StepResult(
    State state,
    long done,
    long total,
    String note,
    Instant startedAt,
    Instant finishedAt,
    int attempts,
    Instant nextAttemptAt,
    StepGaps gaps) {

  /** The states of a step. */
  public enum State {
    WAITING,
    RUNNING,
    /** Everything is here; what changed meanwhile is read when all other steps are over. */
    COPIED,
    DONE,
    FAILED,
    SKIPPED
  }

  public static final StepResult WAITING =
      new StepResult(
          State.WAITING, 0, -1, "", Instant.EPOCH, Instant.EPOCH, 0, Instant.EPOCH, StepGaps.NONE);

  /** The same step with what it went without, and with no failures in a row. */
  private StepResult at(
      State now, long doneNow, long totalNow, String told, Instant started, Instant finished) {
    return new StepResult(now, doneNow, totalNow, told, started, finished, 0, Instant.EPOCH, gaps);
  }

  public StepResult started(Instant now) {
    return WAITING.at(State.RUNNING, 0, -1, "", now, Instant.EPOCH);
  }

  /** So much is done; what was copied already is so still, while it is read once more. */
  public StepResult progressed(long doneNow, long totalNow) {
    State now = state == State.COPIED ? State.COPIED : State.RUNNING;
    return at(now, doneNow, totalNow, "", startedAt, finishedAt);
  }

  /** Still under way; it waits for something, and the note says for what. */
  public StepResult waitingFor(String why) {
    return new StepResult(
        state, done, total, why, startedAt, finishedAt, attempts, Instant.EPOCH, gaps);
  }

  /** It failed for a reason that passes, and goes on where it stopped at this time. */
  public StepResult triedAgain(String why, Instant at) {
    return new StepResult(state, done, total, why, startedAt, finishedAt, attempts + 1, at, gaps);
  }

  /** It need not wait for its next attempt any longer. */
  public StepResult hastened() {
    return new StepResult(
        state, done, total, note, startedAt, finishedAt, attempts, Instant.EPOCH, gaps);
  }

  /** It goes on after failures. */
  public StepResult recovered() {
    return at(state, done, total, "", startedAt, finishedAt);
  }

  public StepResult withGaps(StepGaps all) {
    return new StepResult(
        state, done, total, note, startedAt, finishedAt, attempts, nextAttemptAt, all);
  }

  /** All pages were read. */
  public StepResult copied(Instant now) {
    return at(State.COPIED, done, total, "", startedAt, now);
  }

  /** Nothing is left to be read; fewer records than the CRM counted are worth a word. */
  public StepResult finished(Instant now) {
    String remark = isShort() ? "GoHighLevel counted " + total + " and listed " + done + "." : "";
    return at(State.DONE, done, total, remark, startedAt, now);
  }

  public StepResult failed(String error, Instant now) {
    return at(State.FAILED, done, total, error, startedAt, now);
  }

  public StepResult skipped(String reason, Instant now) {
    return at(State.SKIPPED, done, total, reason, startedAt, now);
  }

  /**
   * Records a second since the start of a copy that runs; empty before there are any, and when it
   * is over.
   */
  public OptionalDouble perSecond(Instant now) {
    long millis = Duration.between(startedAt, now).toMillis();
    return state == State.RUNNING && done > 0 && millis > 0
        ? OptionalDouble.of(done * 1_000.0 / millis)
        : OptionalDouble.empty();
  }

  /** The note and the gaps for a person; empty when all is well. */
  public String told() {
    return Stream.of(note, gaps.told())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /** True when the CRM counted more records than it listed. */
  private boolean isShort() {
    return total > done;
  }

  /** True when nothing is known to be missing of what the CRM listed, counted and referred to. */
  public boolean isWhole() {
    return !isShort() && gaps.isEmpty();
  }

  /** True when all that the CRM gave is here. */
  public boolean isComplete() {
    return state == State.COPIED || state == State.DONE;
  }

  public boolean isOver() {
    return state == State.DONE || state == State.FAILED || state == State.SKIPPED;
  }

  /** True when it failed for a reason that passes, and waits for its next attempt. */
  public boolean isToBeTriedAgain() {
    return nextAttemptAt.isAfter(Instant.EPOCH);
  }
}
