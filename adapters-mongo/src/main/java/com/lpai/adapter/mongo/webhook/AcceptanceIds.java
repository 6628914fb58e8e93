package com.lpai.adapter.mongo.webhook;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids of events that sort as the events were accepted: milliseconds and a count, which only grow
 * within this process, then a random part that tells processes apart.
 */
final class AcceptanceIds {
  private static final int COUNT_BITS = 20;

  private final AtomicLong last = new AtomicLong();
  private final String process = HexFormat.of().toHexDigits(new SecureRandom().nextInt());

  String next(Instant acceptedAt) {
    long earliest = acceptedAt.toEpochMilli() << COUNT_BITS;
    long order = last.updateAndGet(before -> Math.max(before + 1, earliest));
    return HexFormat.of().toHexDigits(order) + process;
  }
}
