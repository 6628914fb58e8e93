package com.lpai.application.webhook;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** What came to this instance since it started, by what became of it. */
public final class IngestCounters {
  final LongAdder stored = new LongAdder();
  final LongAdder quarantined = new LongAdder();
  final LongAdder stale = new LongAdder();
  final LongAdder duplicates = new LongAdder();
  final LongAdder otherApps = new LongAdder();
  final LongAdder erased = new LongAdder();
  final LongAdder unverified = new LongAdder();
  final LongAdder notEvents = new LongAdder();
  final LongAdder verified = new LongAdder();
  final LongAdder legacySignatures = new LongAdder();
  final SignatureWatch signatures = new SignatureWatch();
  private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);

  public IngestCounters() {
    for (Refusal refusal : Refusal.values()) {
      refused.put(refusal, new LongAdder());
    }
  }

  /** Why an event was not taken in though it may be a good one. */
  public enum Refusal {
    /** The database did not confirm it. */
    STORAGE("storage"),
    /** Too many were here at once. */
    FULL("full"),
    /** The server was about to stop. */
    STOPPING("stopping"),
    /** Its signature was wrong, and such are asked for again. */
    WRONG_SIGNATURE("wrongSignature"),
    /** A fault of ours. */
    FAULT("fault"),
    /** It was too large; this one is not asked for again. */
    TOO_LARGE("tooLarge");

    private final String word;

    Refusal(String word) {
      this.word = word;
    }

    /** As the REST API says it. */
    public String word() {
      return word;
    }
  }

  /** One was refused. */
  public void refused(Refusal why) {
    refused.getOrDefault(why, new LongAdder()).increment();
  }

  /** Present while suddenly many signatures are wrong. */
  public Optional<WrongSignatures> wrongSignatures(Instant now) {
    return signatures.alarm(now);
  }

  /**
   * The counts at one moment.
   *
   * @param stored quarantined and stale ones included
   * @param unverified without a signature, or with a wrong one
   * @param verified with a good signature
   * @param legacySignatures of these, with the old kind only
   */
  public record Counts(
      long stored,
      long quarantined,
      long stale,
      long duplicates,
      long otherApps,
      long erased,
      long unverified,
      long notEvents,
      long verified,
      long legacySignatures,
      Map<Refusal, Long> refused) {
    public Counts {
      refused = Map.copyOf(refused);
    }
  }

  public Counts counts() {
    Map<Refusal, Long> refusals = new EnumMap<>(Refusal.class);
    refused.forEach((why, count) -> refusals.put(why, count.sum()));
    return new Counts(
        stored.sum(),
        quarantined.sum(),
        stale.sum(),
        duplicates.sum(),
        otherApps.sum(),
        erased.sum(),
        unverified.sum(),
        notEvents.sum(),
        verified.sum(),
        legacySignatures.sum(),
        refusals);
  }
}
