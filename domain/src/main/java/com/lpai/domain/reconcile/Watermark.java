package com.lpai.domain.reconcile;

import java.time.Instant;

/**
 * How far the changes of one kind of record were read.
 *
 * @param upTo our clock: whatever the CRM had changed before this is here; {@link Instant#EPOCH}
 *     when nobody knows
 * @param begunAt when the pass that is under way began; {@link Instant#EPOCH} when none is
 * @param since what that pass asks for: changes at or after this
 * @param cursor its next page; empty for the first
 */
public record Watermark(Instant upTo, Instant begunAt, Instant since, String cursor) {
  public static final Watermark NONE =
      new Watermark(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, "");

  public boolean isUnderWay() {
    return begunAt.isAfter(Instant.EPOCH);
  }

  public boolean isKnown() {
    return upTo.isAfter(Instant.EPOCH);
  }

  /** What else made sure that all changes up to this time are here. */
  public Watermark atLeast(Instant known) {
    return known.isAfter(upTo) ? new Watermark(known, begunAt, since, cursor) : this;
  }

  /** At the beginning of a pass. */
  public Watermark begun(Instant from, Instant now) {
    return new Watermark(upTo, now, from, "");
  }

  /** After one more page was stored. */
  public Watermark advanced(String next) {
    return new Watermark(upTo, begunAt, since, next);
  }

  /** After the last page was stored: only now it moves. */
  public Watermark completed() {
    return new Watermark(begunAt, Instant.EPOCH, Instant.EPOCH, "");
  }

  /** Without the pass under way: it cannot be gone on with. */
  public Watermark abandoned() {
    return new Watermark(upTo, Instant.EPOCH, Instant.EPOCH, "");
  }
}
