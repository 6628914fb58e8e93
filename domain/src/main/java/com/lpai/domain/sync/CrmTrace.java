package com.lpai.domain.sync;

import java.time.Instant;

/**
 * When the CRM was last heard about one record; {@link Instant#EPOCH} stands for never.
 *
 * @param lastReadAt our clock, when a read of the record was begun that is applied now
 * @param lastPushAt our clock, when the CRM last accepted a push of ours
 * @param lastWebhookAt the envelope's time of the latest event that was applied
 * @param lastHeardAt the envelope's time of the latest event that was decided about, applied or
 *     not: an echo, or one that a read covered, makes older ones late as well
 * @param changedAt the CRM's own change time, where it tells one
 * @param missedAt our clock, when the CRM first did not find it, if it has not shown it since
 * @param incompleteSince the envelope's time of an event that was applied and implies more than it
 *     shows, if the record has not been read since
 */
public record CrmTrace(
    Instant lastReadAt,
    Instant lastPushAt,
    Instant lastWebhookAt,
    Instant lastHeardAt,
    Instant changedAt,
    Instant missedAt,
    Instant incompleteSince) {
  public static final CrmTrace NONE =
      new CrmTrace(
          Instant.EPOCH,
          Instant.EPOCH,
          Instant.EPOCH,
          Instant.EPOCH,
          Instant.EPOCH,
          Instant.EPOCH,
          Instant.EPOCH);

  public CrmTrace {
    lastHeardAt = later(lastHeardAt, lastWebhookAt);
    boolean wasSeenSince = missedAt.isBefore(later(lastReadAt, lastPushAt));
    missedAt = wasSeenSince ? Instant.EPOCH : missedAt;
  }

  public CrmTrace read(Instant at, Instant changed) {
    return new CrmTrace(
        later(lastReadAt, at),
        lastPushAt,
        lastWebhookAt,
        lastHeardAt,
        later(changedAt, changed),
        missedAt,
        incompleteSince);
  }

  public CrmTrace pushed(Instant at) {
    return new CrmTrace(
        lastReadAt,
        later(lastPushAt, at),
        lastWebhookAt,
        lastHeardAt,
        changedAt,
        missedAt,
        incompleteSince);
  }

  /** After an event that was applied. */
  public CrmTrace applied(Instant eventAt) {
    return new CrmTrace(
        lastReadAt,
        lastPushAt,
        later(lastWebhookAt, eventAt),
        lastHeardAt,
        changedAt,
        missedAt,
        incompleteSince);
  }

  /** After an event that changed nothing by itself. */
  public CrmTrace heard(Instant eventAt) {
    return new CrmTrace(
        lastReadAt,
        lastPushAt,
        lastWebhookAt,
        later(lastHeardAt, eventAt),
        changedAt,
        missedAt,
        incompleteSince);
  }

  /**
   * After the CRM did not find it; the first time since it was seen counts. Clocks of ours may
   * differ: it was not seen after that.
   */
  public CrmTrace missed(Instant at) {
    Instant since = later(at, later(lastReadAt, lastPushAt));
    return wasMissed()
        ? this
        : new CrmTrace(
            lastReadAt, lastPushAt, lastWebhookAt, lastHeardAt, changedAt, since, incompleteSince);
  }

  public boolean wasMissed() {
    return missedAt.isAfter(Instant.EPOCH);
  }

  /** After an event that was applied and does not show all of its change: a read must follow. */
  public CrmTrace incomplete(Instant eventAt) {
    return new CrmTrace(
        lastReadAt,
        lastPushAt,
        lastWebhookAt,
        lastHeardAt,
        changedAt,
        missedAt,
        later(incompleteSince, eventAt));
  }

  /** After a read of the record itself. */
  public CrmTrace complete() {
    return new CrmTrace(
        lastReadAt, lastPushAt, lastWebhookAt, lastHeardAt, changedAt, missedAt, Instant.EPOCH);
  }

  public boolean isIncomplete() {
    return incompleteSince.isAfter(Instant.EPOCH);
  }

  /** What either of two heard. */
  public CrmTrace with(CrmTrace other) {
    return new CrmTrace(
        later(lastReadAt, other.lastReadAt),
        later(lastPushAt, other.lastPushAt),
        later(lastWebhookAt, other.lastWebhookAt),
        later(lastHeardAt, other.lastHeardAt),
        later(changedAt, other.changedAt),
        later(missedAt, other.missedAt),
        later(incompleteSince, other.incompleteSince));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
