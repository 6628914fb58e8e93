package com.lpai.domain.setup;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * How far one step of a setup is.
 *
 * @param done records stored or found unchanged so far
 * @param total records that the CRM says there are; -1 while unknown
 * @param note the error or the reason for skipping in plain words; empty when all is well
 * @param startedAt {@link Instant#EPOCH} before the start
 * @param finishedAt {@link Instant#EPOCH} before the end
 */
public record StepResult(
    State state, long done, long total, String note, Instant startedAt, Instant finishedAt) {

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
      new StepResult(State.WAITING, 0, -1, "", Instant.EPOCH, Instant.EPOCH);

  public StepResult started(Instant now) {
    return new StepResult(State.RUNNING, 0, -1, "", now, Instant.EPOCH);
  }

  public StepResult progressed(long doneNow, long totalNow) {
    return new StepResult(State.RUNNING, doneNow, totalNow, "", startedAt, Instant.EPOCH);
  }

  /** Still under way; it waits for something, and the note says for what. */
  public StepResult waitingFor(String why) {
    return new StepResult(state, done, total, why, startedAt, finishedAt);
  }

  /** All pages were read. */
  public StepResult copied(Instant now) {
    return new StepResult(State.COPIED, done, total, "", startedAt, now);
  }

  /** Nothing is left to be read; fewer records than the CRM counted are worth a word. */
  public StepResult finished(Instant now) {
    String remark =
        total > done ? "GoHighLevel counted " + total + " and listed " + done + "." : "";
    return new StepResult(State.DONE, done, total, remark, startedAt, now);
  }

  public StepResult failed(String error, Instant now) {
    return new StepResult(State.FAILED, done, total, error, startedAt, now);
  }

  public StepResult skipped(String reason, Instant now) {
    return new StepResult(State.SKIPPED, done, total, reason, startedAt, now);
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

  /** True when everything that the CRM had is here. */
  public boolean isComplete() {
    return state == State.COPIED || state == State.DONE;
  }

  public boolean isOver() {
    return state == State.DONE || state == State.FAILED || state == State.SKIPPED;
  }
}
