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
 * @param attempts failures in a row for a reason that passes
 * @param nextAttemptAt when it is tried again by itself; {@link Instant#EPOCH} when it need not be
 */
public record StepResult(
    State state,
    long done,
    long total,
    String note,
    Instant startedAt,
    Instant finishedAt,
    int attempts,
    Instant nextAttemptAt) {

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
      of(State.WAITING, 0, -1, "", Instant.EPOCH, Instant.EPOCH);

  private static StepResult of(
      State state, long done, long total, String note, Instant startedAt, Instant finishedAt) {
    return new StepResult(state, done, total, note, startedAt, finishedAt, 0, Instant.EPOCH);
  }

  public StepResult started(Instant now) {
    return of(State.RUNNING, 0, -1, "", now, Instant.EPOCH);
  }

  /** So much is done; what was copied already is so still, while it is read once more. */
  public StepResult progressed(long doneNow, long totalNow) {
    State now = state == State.COPIED ? State.COPIED : State.RUNNING;
    return of(now, doneNow, totalNow, "", startedAt, finishedAt);
  }

  /** Still under way; it waits for something, and the note says for what. */
  public StepResult waitingFor(String why) {
    return new StepResult(state, done, total, why, startedAt, finishedAt, attempts, Instant.EPOCH);
  }

  /** It failed for a reason that passes, and goes on where it stopped at this time. */
  public StepResult triedAgain(String why, Instant at) {
    return new StepResult(state, done, total, why, startedAt, finishedAt, attempts + 1, at);
  }

  /** It need not wait for its next attempt any longer. */
  public StepResult hastened() {
    return new StepResult(state, done, total, note, startedAt, finishedAt, attempts, Instant.EPOCH);
  }

  /** It goes on after failures. */
  public StepResult recovered() {
    return of(state, done, total, "", startedAt, finishedAt);
  }

  /** All pages were read. */
  public StepResult copied(Instant now) {
    return of(State.COPIED, done, total, "", startedAt, now);
  }

  /** Nothing is left to be read; fewer records than the CRM counted are worth a word. */
  public StepResult finished(Instant now) {
    String remark =
        total > done ? "GoHighLevel counted " + total + " and listed " + done + "." : "";
    return of(State.DONE, done, total, remark, startedAt, now);
  }

  public StepResult failed(String error, Instant now) {
    return of(State.FAILED, done, total, error, startedAt, now);
  }

  public StepResult skipped(String reason, Instant now) {
    return of(State.SKIPPED, done, total, reason, startedAt, now);
  }

  /** True when everything that the CRM had is here. */
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
