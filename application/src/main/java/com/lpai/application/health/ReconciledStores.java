package com.lpai.application.health;

import com.lpai.domain.reconcile.Delta;
import com.lpai.domain.reconcile.Difference.Stage;
import com.lpai.domain.reconcile.Differences;
import com.lpai.domain.reconcile.KindProof;
import com.lpai.domain.reconcile.Proof;
import com.lpai.domain.reconcile.Reconciliation;
import com.lpai.domain.reconcile.Reconciliations;
import com.lpai.domain.reconcile.Watermark;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.UnreadableRecordException;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where it is kept how the reconciliation of each location stands, to be looked at. */
public record ReconciledStores(Reconciliations reconciliations, Differences differences) {
  /** The first two are often over minutes later. */
  private static final int FAILED_OFTEN = 3;

  /** A run may take long, and is begun somewhat later than it is due. */
  private static final Duration RUN_MAY_TAKE = Duration.ofHours(2);

  private static final Set<Stage> NOT_REPAIRED =
      EnumSet.of(Stage.OPEN, Stage.REQUESTED, Stage.LEFT);

  /** What is the matter with the reconciliation of a location. */
  sealed interface Trouble {

    /** The latest proof found that both sides differ, and that was not repaired. */
    record Different(Map<MirrorKind, Long> records, Instant provenAt) implements Trouble {
      long count() {
        return records.values().stream().mapToLong(Long::longValue).sum();
      }
    }

    /**
     * It fails again and again.
     *
     * @param what fails, as a sentence
     * @param why in the words of the failure; may be empty
     * @param since {@link Instant#EPOCH} when nobody knows
     */
    record Failing(String what, String why, Instant since) implements Trouble {}
  }

  /** What is the matter with a location's reconciliation; nothing, as a rule. */
  List<Trouble> troubles(LocationId id) {
    Optional<Reconciliation> found;
    try {
      found = reconciliations.find(id);
    } catch (UnreadableRecordException damaged) {
      return List.of(
          new Trouble.Failing(
              "What is stored of its reconciliation cannot be read.",
              String.valueOf(damaged.getMessage()),
              Instant.EPOCH));
    }
    return found.stream()
        .flatMap(it -> Stream.concat(different(id, it.report()).stream(), failing(it).stream()))
        .toList();
  }

  private Optional<Trouble> different(LocationId id, Proof report) {
    Map<MirrorKind, Long> records = new EnumMap<>(MirrorKind.class);
    report
        .kinds()
        .forEach(
            (kind, of) -> {
              long left = of.different() == 0 ? 0 : notRepaired(id, report, kind, of);
              if (left > 0) {
                records.put(kind, left);
              }
            });
    return records.isEmpty()
        ? Optional.empty()
        : Optional.of(new Trouble.Different(records, report.provenAt()));
  }

  /** What was counted only cannot be repaired before another proof lists it. */
  private long notRepaired(LocationId id, Proof proof, MirrorKind kind, KindProof of) {
    return differences.count(id, proof.run(), kind, NOT_REPAIRED) + of.unlisted();
  }

  private static Optional<Trouble> failing(Reconciliation reconciliation) {
    Delta delta = reconciliation.delta();
    Proof proof = reconciliation.proof();
    if (delta.attempts() >= FAILED_OFTEN) {
      return again("Reading what changed in GoHighLevel fails again and again.", delta.problem());
    }
    if (proof.isRunning() && proof.attempts() >= FAILED_OFTEN) {
      return again("Its proof fails again and again.", proof.problem());
    }
    if (reconciliation.repairAttempts() >= FAILED_OFTEN) {
      return again("Its repairs fail again and again.", "");
    }
    return behind(delta);
  }

  private static Optional<Trouble> again(String what, String why) {
    return Optional.of(new Trouble.Failing(what, why, Instant.EPOCH));
  }

  /** A kind whose changes are refused: runs come to their end, and its watermark stays. */
  private static Optional<Trouble> behind(Delta delta) {
    Instant bound = delta.finishedAt().minus(delta.interval().multipliedBy(2)).minus(RUN_MAY_TAKE);
    for (Map.Entry<MirrorKind, Watermark> mark : delta.watermarks().entrySet()) {
      Instant upTo = mark.getValue().upTo();
      if (mark.getValue().isKnown() && upTo.isBefore(bound)) {
        return Optional.of(
            new Trouble.Failing(
                "What changed in GoHighLevel of %s cannot be read.".formatted(mark.getKey().key()),
                delta.problem(),
                upTo));
      }
    }
    return Optional.empty();
  }
}
