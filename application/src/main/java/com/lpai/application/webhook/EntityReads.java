package com.lpai.application.webhook;

import java.time.Instant;

/**
 * When the record of one claim was read last: a read covers every event that was received before it
 * began, so that a burst of events costs one read.
 */
final class EntityReads {
  private Instant lastBegun = Instant.EPOCH;

  boolean cover(Instant receivedAt) {
    return lastBegun.isAfter(receivedAt);
  }

  void begun(Instant at) {
    lastBegun = at;
  }
}
