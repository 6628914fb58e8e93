package com.lpai.domain.setup;

import java.time.Instant;

/**
 * How far a copy has come, so that it goes on there after a crash.
 *
 * @param run the setup run it belongs to; one of another run counts for nothing
 * @param cursor where the next page begins
 * @param done records so far
 * @param at when it was written
 * @param completeUpTo whatever the CRM had at this time is here; {@link Instant#EPOCH} before the
 *     first complete copy
 */
public record Checkpoint(
    long run, Pass pass, String cursor, long done, Instant at, Instant completeUpTo) {

  /** A copy reads everything, and then once more what changed meanwhile. */
  public enum Pass {
    COPY,
    CHANGES
  }

  /** Nothing was ever copied. */
  public static final Checkpoint NONE =
      new Checkpoint(0, Pass.COPY, "", 0, Instant.EPOCH, Instant.EPOCH);

  /** This one when it is of this run and pass, else the beginning of them. */
  public Checkpoint in(long thisRun, Pass thisPass) {
    return run == thisRun && pass == thisPass
        ? this
        : new Checkpoint(thisRun, thisPass, "", 0, at, completeUpTo);
  }

  /** After one more page. */
  public Checkpoint advanced(String nextCursor, long doneNow, Instant now) {
    return new Checkpoint(run, pass, nextCursor, doneNow, now, completeUpTo);
  }

  /**
   * After the last page of a copy that is complete up to this time. It stays at that page: a crash
   * before anybody hears of it fetches one page again.
   */
  public Checkpoint completed(Instant upTo, Instant now) {
    return new Checkpoint(run, pass, cursor, done, now, upTo);
  }
}
