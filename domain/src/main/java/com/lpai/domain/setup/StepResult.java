package com.lpai.domain.setup;

import java.time.Instant;
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
 * @param gaps what it had to do without since it was started
 */
public record StepResult(
    State state,
    long done,
    long total,
    String note,
    Instant startedAt,
    Instant finishedAt,
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
      new StepResult(State.WAITING, 0, -1, "", Instant.EPOCH, Instant.EPOCH, StepGaps.NONE);

  public StepResult started(Instant now) {
    return new StepResult(State.RUNNING, 0, -1, "", now, Instant.EPOCH, StepGaps.NONE);
  }

  public StepResult progressed(long doneNow, long totalNow) {
    return new StepResult(State.RUNNING, doneNow, totalNow, "", startedAt, Instant.EPOCH, gaps);
  }

  /** Still under way; it waits for something, and the note says for what. */
  public StepResult waitingFor(String why) {
    return new StepResult(state, done, total, why, startedAt, finishedAt, gaps);
  }

  public StepResult withGaps(StepGaps all) {
    return new StepResult(state, done, total, note, startedAt, finishedAt, all);
  }

  /** All pages were read. */
  public StepResult copied(Instant now) {
    return new StepResult(State.COPIED, done, total, "", startedAt, now, gaps);
  }

  /** Nothing is left to be read; fewer records than the CRM counted are worth a word. */
  public StepResult finished(Instant now) {
    String remark = isShort() ? "GoHighLevel counted " + total + " and listed " + done + "." : "";
    return new StepResult(State.DONE, done, total, remark, startedAt, now, gaps);
  }

  public StepResult failed(String error, Instant now) {
    return new StepResult(State.FAILED, done, total, error, startedAt, now, gaps);
  }

  public StepResult skipped(String reason, Instant now) {
    return new StepResult(State.SKIPPED, done, total, reason, startedAt, now, gaps);
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
}
