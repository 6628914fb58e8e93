package com.lpai.application.webhook;

import java.util.concurrent.atomic.LongAdder;

/** What came to this instance since it started, by what became of it. */
public final class IngestCounters {
  final LongAdder stored = new LongAdder();
  final LongAdder duplicates = new LongAdder();
  final LongAdder otherApps = new LongAdder();
  final LongAdder erased = new LongAdder();
  final LongAdder unverified = new LongAdder();
  final LongAdder notEvents = new LongAdder();
  final LongAdder legacySignatures = new LongAdder();

  /** The counts at one moment. */
  public record Counts(
      long stored,
      long duplicates,
      long otherApps,
      long erased,
      long unverified,
      long notEvents,
      long legacySignatures) {}

  public Counts counts() {
    return new Counts(
        stored.sum(),
        duplicates.sum(),
        otherApps.sum(),
        erased.sum(),
        unverified.sum(),
        notEvents.sum(),
        legacySignatures.sum());
  }
}
