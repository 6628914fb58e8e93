package com.lpai.domain.sync;

import java.time.Instant;

/**
 * When the CRM was last heard about one record; {@link Instant#EPOCH} stands for never.
 *
 * @param lastReadAt our clock, when a read of the record was begun that is applied now
 * @param lastPushAt our clock, when the CRM last accepted a push of ours
 * @param lastWebhookAt the envelope's time of the latest event that was applied
 * @param changedAt the CRM's own change time, where it tells one
 */
public record CrmTrace(
    Instant lastReadAt, Instant lastPushAt, Instant lastWebhookAt, Instant changedAt) {
  public static final CrmTrace NONE =
      new CrmTrace(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);

  public CrmTrace read(Instant at, Instant changed) {
    return new CrmTrace(
        later(lastReadAt, at), lastPushAt, lastWebhookAt, later(changedAt, changed));
  }

  public CrmTrace pushed(Instant at) {
    return new CrmTrace(lastReadAt, later(lastPushAt, at), lastWebhookAt, changedAt);
  }

  public CrmTrace heard(Instant eventAt) {
    return new CrmTrace(lastReadAt, lastPushAt, later(lastWebhookAt, eventAt), changedAt);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
