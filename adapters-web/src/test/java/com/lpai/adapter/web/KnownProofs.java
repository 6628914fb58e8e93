package com.lpai.adapter.web;

import com.lpai.application.reconcile.ProofUseCase;
import com.lpai.domain.reconcile.Difference;
import com.lpai.domain.reconcile.Difference.Stage;
import com.lpai.domain.reconcile.InMemoryDifferences;
import com.lpai.domain.reconcile.InMemoryReconciliations;
import com.lpai.domain.reconcile.KindProof;
import com.lpai.domain.reconcile.Proof;
import com.lpai.domain.reconcile.Reconciliation;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Proofs that a test has made up; nobody works on them. */
public final class KnownProofs implements ProofUseCase {
  private final InMemoryReconciliations reconciliations = new InMemoryReconciliations();
  private final InMemoryDifferences differences = new InMemoryDifferences();
  private final InstantSource time;

  /** What is told of any difference that is known. */
  public Values values = new Values.NotTold("not in this test");

  public KnownProofs(InstantSource time) {
    this.time = time;
  }

  /** The latest proof was over now, and found these. */
  public void found(LocationId location, List<Difference> found) {
    Reconciliation before = state(location).orElseGet(this::planned);
    Proof proof = before.proving(time.instant()).proof();
    for (MirrorKind kind : MirrorKind.values()) {
      long differing = found.stream().filter(each -> each.kind() == kind).count();
      proof = proof.with(kind, KindProof.BEGIN.paged("", 3).held(3, 3).done(differing));
    }
    differences.put(location, proof.run(), found);
    save(location, before.proven(proof.finished(time.instant()), time.instant()));
  }

  private Reconciliation planned() {
    Instant now = time.instant();
    return Reconciliation.planned(now, Duration.ofMinutes(15), now);
  }

  private void save(LocationId location, Reconciliation changed) {
    reconciliations.save(location, changed);
  }

  @Override
  public Started start(LocationId locationId) {
    Reconciliation present = state(locationId).orElseGet(this::planned);
    if (present.proof().isRunning()) {
      return new Started.UnderWay(present.proof());
    }
    Reconciliation begun = present.proving(time.instant());
    save(locationId, begun);
    return new Started.Begun(begun.proof());
  }

  @Override
  public Optional<Reconciliation> state(LocationId locationId) {
    return reconciliations.find(locationId);
  }

  @Override
  public Page<Difference> differences(LocationId locationId, String cursor, int limit) {
    return differences.list(
        locationId, run(locationId), Set.of(), EnumSet.allOf(Stage.class), cursor, limit);
  }

  private long run(LocationId locationId) {
    return state(locationId).map(it -> it.report().run()).orElse(0L);
  }

  @Override
  public Values values(LocationId locationId, String differenceId) {
    return differences.find(locationId, run(locationId), differenceId).isPresent()
        ? values
        : new Values.Unknown();
  }

  @Override
  public Plan plan(LocationId locationId, Set<String> ids) {
    Optional<Reconciliation> present = state(locationId);
    if (present.isEmpty()) {
      return new Plan.NoReport();
    }
    if (present.get().proof().isRunning()) {
      return new Plan.ProofUnderWay();
    }
    List<Difference> concerned =
        differences(locationId, "", Page.LARGEST).items().stream()
            .filter(each -> ids.isEmpty() || ids.contains(each.id()))
            .toList();
    return new Plan.Of(concerned, concerned.size(), concerned.size());
  }

  @Override
  public Plan repair(LocationId locationId, Set<String> ids) {
    Plan plan = plan(locationId, ids);
    if (plan instanceof Plan.Of(List<Difference> concerned, long count, long calls)) {
      differences.put(
          locationId,
          run(locationId),
          concerned.stream().map(each -> each.at(Stage.REQUESTED, "")).toList());
    }
    return plan;
  }

  @Override
  public long countDue() {
    return reconciliations.countDue(time.instant());
  }
}
