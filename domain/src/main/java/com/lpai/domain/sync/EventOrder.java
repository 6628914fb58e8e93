package com.lpai.domain.sync;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether an event's values may be believed as they are, or one read of the record must decide.
 * Times are compared only within one source; between sources only their distance counts (spec 6,
 * order).
 *
 * @param skew how far the CRM's event times and ours may be apart
 */
public record EventOrder(Duration skew) {
  /** Ten minutes (ghl-facts.md 6.4: an event's time was seen six minutes after its change). */
  public static final EventOrder STANDARD = new EventOrder(Duration.ofMinutes(10));

  /**
   * Decides about one event.
   *
   * @param eventAt the envelope's time; {@link Instant#EPOCH} when it has none
   * @param trace what was heard of the record before
   * @return true when the values may be applied as they are
   */
  public boolean mayApply(Instant eventAt, CrmTrace trace) {
    return eventAt.isAfter(Instant.EPOCH)
        && eventAt.isAfter(trace.lastHeardAt())
        && !isNear(eventAt, trace.lastReadAt())
        && !isNear(eventAt, trace.lastPushAt());
  }

  private boolean isNear(Instant eventAt, Instant applied) {
    return eventAt.isBefore(applied.plus(skew));
  }
}
