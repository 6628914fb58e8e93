package com.lpai.domain.crm;

import java.time.Instant;

/**
 * The calls of one owner in what the CRM takes for a day.
 *
 * @param began when the count began, by the database's clock; {@link Instant#EPOCH} before the
 *     first call
 * @param limit calls per day by the CRM's word; 0 when it never said
 * @param used calls of all kinds
 * @param backfill calls of backfill among them
 */
public record DayUse(Instant began, long limit, long used, long backfill) {
  /** No call yet. */
  public static final DayUse NONE = new DayUse(Instant.EPOCH, 0, 0, 0);

  /** With so many more calls. */
  public DayUse plus(long calls, long ofBackfill) {
    return new DayUse(began, limit, used + calls, backfill + ofBackfill);
  }

  public DayUse withLimit(long newLimit) {
    return new DayUse(began, newLimit, used, backfill);
  }
}
