package com.lpai.domain.setup;

import java.time.Instant;

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

  /** Still running; it waits for something, and the note says for what. */
  public StepResult waitingFor(String why) {
    return new StepResult(State.RUNNING, done, total, why, startedAt, Instant.EPOCH);
  }

  public StepResult finished(Instant now) {
    return new StepResult(State.DONE, done, total, "", startedAt, now);
  }

  public StepResult failed(String error, Instant now) {
    return new StepResult(State.FAILED, done, total, error, startedAt, now);
  }

  public StepResult skipped(String reason, Instant now) {
    return new StepResult(State.SKIPPED, done, total, reason, startedAt, now);
  }

  public boolean isOver() {
    return state == State.DONE || state == State.FAILED || state == State.SKIPPED;
  }
}
