package com.lpai.application.reconcile;

import com.lpai.application.work.Chore;
import com.lpai.application.work.Chores;
import com.lpai.application.work.Hold;
import com.lpai.application.work.Instance;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.reconcile.Delta;
import com.lpai.domain.reconcile.Difference;
import com.lpai.domain.reconcile.Difference.Stage;
import com.lpai.domain.reconcile.Differences;
import com.lpai.domain.reconcile.Proof;
import com.lpai.domain.reconcile.Reconciliation;
import com.lpai.domain.reconcile.Reconciliations;
import com.lpai.domain.sync.Leases;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.sync.UnreadableRecordException;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Each location's reconciliation is one leased piece of work: repairs that somebody asked for, what
 * changed, a proof. Whoever finds it due does it, from where it is stored that it was.
 */
final class ReconcileService implements Chores {
  private static final int LOCATIONS_AT_ONCE = 20;
  private static final int REPAIRS_AT_ONCE = 20;

  /** After so many failed calls a difference is left, and the next one is repaired. */
  private static final int TRIES_OF_A_REPAIR = 8;

  /** Longer than one call can take, with a renewed token, and its writes. */
  private static final Duration LEASE = Duration.ofSeconds(90);

  private static final Duration LOOK_FOR_NEW_EVERY = Duration.ofMinutes(1);

  /** Its setup reads the same. */
  private static final Duration SETUP_WAIT = Duration.ofMinutes(1);

  /** A fault of ours comes again; it must not do so each second. */
  private static final Duration FAULT_WAIT = Duration.ofMinutes(15);

  private final LocationRepository locations;
  private final Reconciliations reconciliations;
  private final Differences differences;
  private final Leases leases;
  private final List<KindWork<?, ?, ?>> kinds;
  private final DeltaWork delta;
  private final Supplier<ProofWork> proofs;
  private final ReconcileSettings settings;
  private final Instance instance;
  private final AtomicReference<Instant> lookForNewAt = new AtomicReference<>(Instant.EPOCH);

  ReconcileService(
      LocationRepository locations,
      Reconciliations reconciliations,
      Differences differences,
      Leases leases,
      List<KindWork<?, ?, ?>> kinds,
      DeltaWork delta,
      Supplier<ProofWork> proofs,
      ReconcileSettings settings,
      Instance instance) {
    this.locations = locations;
    this.reconciliations = reconciliations;
    this.differences = differences;
    this.leases = leases;
    this.kinds = List.copyOf(kinds);
    this.delta = delta;
    this.proofs = proofs;
    this.settings = settings;
    this.instance = instance;
  }

  @Override
  public List<Chore> due() {
    Instant now = instance.time().instant();
    Instant next = lookForNewAt.get();
    if (!now.isBefore(next) && lookForNewAt.compareAndSet(next, now.plus(LOOK_FOR_NEW_EVERY))) {
      planForNewLocations(now);
    }
    return reconciliations.due(now, LOCATIONS_AT_ONCE).stream()
        .map(id -> new Chore(lease(id), () -> run(id)))
        .toList();
  }

  private static String lease(LocationId id) {
    return "reconcile:" + id;
  }

  /** Spread over time from the beginning. */
  private void planForNewLocations(Instant now) {
    for (Location location : locations.all()) {
      if (reconciliations.find(location.id()).isEmpty()) {
        reconciliations.save(location.id(), planned(now));
      }
    }
  }

  Reconciliation planned(Instant now) {
    return Reconciliation.planned(
        now.plus(Spread.of(settings.active(), instance)),
        settings.active(),
        now.plus(settings.proofEvery().dividedBy(2))
            .plus(Spread.upTo(settings.proofEvery().dividedBy(2), instance)));
  }

  private void run(LocationId id) {
    Optional<Hold> taken = Hold.on(lease(id), leases, LEASE, instance);
    if (taken.isEmpty()) {
      return;
    }
    RepairFaults faults = new RepairFaults();
    try (Hold hold = taken.get()) {
      ProofWork proof = proofs.get();
      boolean hasMore = true;
      while (hasMore && hold.isProlonged()) {
        hasMore = piece(id, proof, hold, faults);
      }
    }
    // What they came to is stored; whoever started this work tells of them.
    faults.throwIfAny();
  }

  /** Does one piece of work; false when there is none to be done now, or somebody interfered. */
  private boolean piece(LocationId id, ProofWork proof, Hold hold, RepairFaults faults) {
    Instant now = instance.time().instant();
    Optional<Reconciliation> found = reconciliations.find(id);
    Optional<Location> location = locations.find(id);
    if (found.isEmpty() || location.isEmpty() || found.get().careAt().isAfter(now)) {
      return false;
    }
    Reconciliation before = found.get();
    Optional<Reconciliation> after;
    try {
      after =
          location.get().setup().isAtWork()
              ? Optional.of(postponed(before, now.plus(SETUP_WAIT)))
              : next(location.get(), before, proof, now, hold, faults);
    } catch (StorageUnavailableException away) {
      throw away;
    } catch (RuntimeException fault) {
      reconciliations.save(id, postponed(failedBy(fault, before, now), now.plus(FAULT_WAIT)));
      throw fault;
    }
    boolean isStored = after.isPresent() && reconciliations.save(id, after.get()).isPresent();
    if (isStored && before.proof().isRunning() && !after.get().proof().isRunning()) {
      differences.tidy(id, after.get().proof().run());
    }
    // Somebody asked for something meanwhile: the piece is done again.
    return after.isPresent();
  }

  /**
   * A fault of ours counts as a failed call, of what was at work: it must not keep a proof for
   * ever, and is told when it comes again and again.
   */
  private static Reconciliation failedBy(
      RuntimeException fault, Reconciliation before, Instant now) {
    String why = inWords(fault);
    Proof proof = before.proof();
    Delta delta = before.delta();
    if (!before.repairAt().isAfter(now)) {
      return before.repairingAt(before.repairAt(), before.repairAttempts() + 1);
    }
    if (!delta.dueAt().isAfter(now)) {
      return before.with(delta.postponed(delta.dueAt(), delta.attempts() + 1, why));
    }
    return proof.isRunning()
        ? before.with(proof.waiting(proof.attempts() + 1, why), before.proofAt())
        : before;
  }

  /** Whatever is due waits until then. */
  private static Reconciliation postponed(Reconciliation before, Instant at) {
    Reconciliation delta =
        before.delta().dueAt().isBefore(at)
            ? before.with(
                before.delta().postponed(at, before.delta().attempts(), before.delta().problem()))
            : before;
    Reconciliation proof = delta.proofAt().isBefore(at) ? delta.proofAt(at) : delta;
    return proof.repairAt().isBefore(at) ? proof.repairingAt(at, before.repairAttempts()) : proof;
  }

  private Optional<Reconciliation> next(
      Location location,
      Reconciliation before,
      ProofWork proof,
      Instant now,
      Hold hold,
      RepairFaults faults) {
    if (!before.repairAt().isAfter(now)) {
      return repairs(location, before, hold, faults);
    }
    if (!before.delta().dueAt().isAfter(now)) {
      return delta.next(location, before.delta(), hold::isProlonged).map(before::with);
    }
    if (!before.proof().isRunning() || before.proof().isOutdated(now)) {
      return Optional.of(before.proving(now));
    }
    return proof.next(location, before.proof(), hold::isProlonged).map(next -> after(before, next));
  }

  private Reconciliation after(Reconciliation before, ProofWork.Next next) {
    Proof proven = next.proof();
    return proven.isRunning()
        ? before.with(proven, next.goesOnAt())
        : before.proven(proven, next.goesOnAt().plus(Spread.of(settings.proofEvery(), instance)));
  }

  // ---- repairs

  private Optional<Reconciliation> repairs(
      Location location, Reconciliation before, Hold hold, RepairFaults faults) {
    LocationId id = location.id();
    long run = before.report().run();
    Page<Difference> requested =
        differences.list(id, run, Set.of(), Set.of(Stage.REQUESTED), "", REPAIRS_AT_ONCE);
    Instant now = instance.time().instant();
    Instant goesOnAt = requested.items().isEmpty() ? Reconciliation.NEVER : now;
    Instant earliest = Reconciliation.NEVER;
    int over = 0;
    int failed = before.repairAttempts();
    for (Difference difference : requested.items()) {
      if (!hold.isProlonged()) {
        return Optional.empty();
      }
      switch (repaired(location, difference, faults)) {
        case KindWork.Repaired.Over(Difference after) -> {
          differences.put(id, run, List.of(after));
          over++;
          failed = 0;
        }
        case KindWork.Repaired.Later(Instant at) ->
            earliest = at.isBefore(earliest) ? at : earliest;
        case KindWork.Repaired.Failed(CrmFailure failure) -> {
          if (Pieces.after(failure, failed, now, instance.jitter().getAsDouble())
              instanceof Pieces.Verdict.Wait(Instant until, boolean counts)) {
            failed += counts ? 1 : 0;
            if (failed < TRIES_OF_A_REPAIR) {
              return Optional.of(before.repairingAt(until, failed));
            }
          }
          differences.put(id, run, List.of(difference.at(Stage.LEFT, failure.message())));
          over++;
          failed = 0;
        }
      }
    }
    return Optional.of(
        before.repairingAt(over == 0 ? earlier(goesOnAt, earliest) : goesOnAt, failed));
  }

  /** A fault of ours costs its own difference only, which is left with the reason. */
  private KindWork.Repaired repaired(
      Location location, Difference difference, RepairFaults faults) {
    try {
      return of(difference).repair(location, difference);
    } catch (StorageUnavailableException away) {
      throw away;
    } catch (RuntimeException fault) {
      faults.add(difference, fault);
      return new KindWork.Repaired.Over(difference.at(Stage.LEFT, inWords(fault)));
    }
  }

  /** Only what is damaged says so in words that are made for persons and hold no value. */
  private static String inWords(RuntimeException fault) {
    return fault instanceof UnreadableRecordException
        ? String.valueOf(fault.getMessage())
        : "LPai failed: " + fault.getClass().getSimpleName() + ".";
  }

  /** When nothing of it could be done now, the first that can be. */
  private static Instant earlier(Instant otherwise, Instant earliest) {
    return earliest.equals(Reconciliation.NEVER) ? otherwise : earliest;
  }

  KindWork<?, ?, ?> of(Difference difference) {
    return kinds.stream()
        .filter(work -> work.kind() == difference.kind())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no work for " + difference.kind()));
  }
}
