package com.lpai.domain.reconcile;

import java.time.Duration;
import java.time.Instant;

/**
 * How one location's reconciliation stands. It is one piece of work for one worker at a time.
 *
 * @param proof the latest one, under way or over
 * @param report the latest one that is over
 * @param proofAt when the next proof is begun, or the one under way is gone on with
 * @param repairAt when repairs that were asked for are gone on with; {@link #NEVER} when none was
 * @param repairAttempts failed calls of repairs in a row
 * @param version counts stored changes; 0 before the first
 */
public record Reconciliation(
    Delta delta,
    Proof proof,
    Proof report,
    Instant proofAt,
    Instant repairAt,
    int repairAttempts,
    long version) {
  /** A time that does not come. */
  public static final Instant NEVER = Instant.parse("9000-01-01T00:00:00Z");

  /** Before anything was done. */
  public static Reconciliation planned(Instant deltaAt, Duration interval, Instant proofAt) {
    return new Reconciliation(
        Delta.dueAt(deltaAt, interval), Proof.NONE, Proof.NONE, proofAt, NEVER, 0, 0);
  }

  /** When there is something to do. */
  public Instant careAt() {
    return earlier(delta.dueAt(), earlier(proofAt, repairAt));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  public Reconciliation with(Delta changed) {
    return new Reconciliation(changed, proof, report, proofAt, repairAt, repairAttempts, version);
  }

  /** With its proof under way, which is gone on with at this time. */
  public Reconciliation with(Proof changed, Instant goesOnAt) {
    return new Reconciliation(delta, changed, report, goesOnAt, repairAt, repairAttempts, version);
  }

  /** With a proof begun. */
  public Reconciliation proving(Instant now) {
    return new Reconciliation(
        delta, proof.next(now), report, now, repairAt, repairAttempts, version);
  }

  /** With its proof over. */
  public Reconciliation proven(Proof over, Instant nextAt) {
    return new Reconciliation(delta, over, over, nextAt, repairAt, repairAttempts, version);
  }

  public Reconciliation proofAt(Instant at) {
    return new Reconciliation(delta, proof, report, at, repairAt, repairAttempts, version);
  }

  public Reconciliation repairingAt(Instant at) {
    return repairingAt(at, 0);
  }

  /** With its repairs gone on with at this time, after so many failed calls in a row. */
  public Reconciliation repairingAt(Instant at, int failed) {
    return new Reconciliation(delta, proof, report, proofAt, at, failed, version);
  }

  public Reconciliation atVersion(long stored) {
    return new Reconciliation(delta, proof, report, proofAt, repairAt, repairAttempts, stored);
  }
}
