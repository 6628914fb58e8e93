package com.lpai.domain.reconcile;

import com.lpai.domain.sync.MirrorKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/**
 * A comparison of all records of a location with the CRM's. What did not change between its
 * beginning and its end was equal when it says so.
 *
 * @param run counts the proofs of a location; 0 for none
 * @param begunAt when it was begun
 * @param provenAt when it was over; {@link Instant#EPOCH} while it runs
 * @param kinds how each kind stands
 * @param attempts failed calls in a row
 * @param problem what it waits for, in plain words; empty when for nothing
 */
public record Proof(
    long run,
    State state,
    Instant begunAt,
    Instant provenAt,
    Map<MirrorKind, KindProof> kinds,
    int attempts,
    String problem) {

  /** What it says. */
  public enum State {
    /** Nothing: there was none. */
    NONE,
    RUNNING,
    /** Every record is here and there, and equal in every field. */
    EQUAL,
    /** Some differ; they are listed. */
    DIFFERENT,
    /** Not everything could be compared; what differs of the rest is listed. */
    INCOMPLETE
  }

  private static final Duration LONGEST = Duration.ofDays(1);

  /** Before the first one. */
  public static final Proof NONE =
      new Proof(0, State.NONE, Instant.EPOCH, Instant.EPOCH, Map.of(), 0, "");

  public Proof {
    Map<MirrorKind, KindProof> copy = new EnumMap<>(MirrorKind.class);
    copy.putAll(kinds);
    kinds = Collections.unmodifiableMap(copy);
  }

  public boolean isRunning() {
    return state == State.RUNNING;
  }

  /**
   * True when it was interrupted so long that its first pages say nothing of now. One that waits
   * for a call, or cannot end as equal any more, is brought to its end all the same.
   */
  public boolean isOutdated(Instant now) {
    return isRunning()
        && now.isAfter(begunAt.plus(LONGEST))
        && attempts == 0
        && kinds.values().stream().allMatch(kind -> kind.problem().isEmpty());
  }

  /** The one after this. */
  public Proof next(Instant now) {
    Map<MirrorKind, KindProof> all = new EnumMap<>(MirrorKind.class);
    for (MirrorKind kind : MirrorKind.values()) {
      all.put(kind, KindProof.BEGIN);
    }
    return new Proof(run + 1, State.RUNNING, now, Instant.EPOCH, all, 0, "");
  }

  public KindProof of(MirrorKind kind) {
    return kinds.getOrDefault(kind, KindProof.BEGIN);
  }

  /** The kind that is compared now; empty when all were. */
  public Optional<MirrorKind> kindAtWork() {
    return kinds.entrySet().stream()
        .filter(entry -> !entry.getValue().isDone())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  public Proof with(MirrorKind kind, KindProof changed) {
    Map<MirrorKind, KindProof> all = new EnumMap<>(MirrorKind.class);
    all.putAll(kinds);
    all.put(kind, changed);
    return new Proof(run, state, begunAt, provenAt, all, 0, "");
  }

  /** It waits. */
  public Proof waiting(int failed, String why) {
    return new Proof(run, state, begunAt, provenAt, kinds, failed, why);
  }

  /** Calls to the CRM that it took. */
  public long calls() {
    return kinds.values().stream().mapToLong(KindProof::calls).sum();
  }

  public long different() {
    return kinds.values().stream().mapToLong(KindProof::different).sum();
  }

  /** At its end: equal only when every kind was compared whole and none differs. */
  public Proof finished(Instant now) {
    boolean isWhole =
        kinds.keySet().containsAll(EnumSet.allOf(MirrorKind.class))
            && kinds.values().stream().allMatch(kind -> kind.isDone() && kind.problem().isEmpty());
    State end;
    if (!isWhole) {
      end = State.INCOMPLETE;
    } else {
      end = different() == 0 ? State.EQUAL : State.DIFFERENT;
    }
    return new Proof(run, end, begunAt, now, kinds, 0, "");
  }
}
