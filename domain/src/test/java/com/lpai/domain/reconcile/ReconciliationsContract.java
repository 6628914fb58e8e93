package com.lpai.domain.reconcile;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.ManyThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Reconciliations} promises. Each test has locations of its own. */
public interface ReconciliationsContract {
  Duration QUARTER = Duration.ofMinutes(15);
  Instant LATER = START.plus(QUARTER);

  /** The subject; other tests' locations may be in it. */
  Reconciliations reconciliations();

  @Test
  default void aLocationOfWhichNothingIsKnownHasNone() {
    assertThat(reconciliations().find(TenantFixture.anyLocation())).isEmpty();
  }

  @Test
  default void whatWasStoredComesBackAsItWas() {
    LocationId location = TenantFixture.anyLocation();
    Reconciliation all = everything();

    Reconciliation stored = reconciliations().save(location, all).orElseThrow();

    assertThat(stored).isEqualTo(all.atVersion(1));
    assertThat(reconciliations().find(location)).contains(stored);
    Reconciliation next = stored.repairingAt(Reconciliation.NEVER);
    assertThat(reconciliations().save(location, next)).contains(next.atVersion(2));
    assertThat(reconciliations().find(location)).contains(next.atVersion(2));
  }

  private static Reconciliation everything() {
    Reconciliation planned = Reconciliation.planned(LATER, QUARTER, LATER.plusSeconds(1));
    Delta delta =
        planned
            .delta()
            .with(MirrorKind.CONTACTS, Watermark.NONE.atLeast(START))
            .with(
                MirrorKind.PROJECTS,
                Watermark.NONE.atLeast(START).begun(START, LATER).advanced("[1,\"a.$b\"]"))
            .counted(5, 2)
            .told("Forbidden.")
            .finished(QUARTER.multipliedBy(2), LATER, START)
            .postponed(LATER.plusSeconds(2), 3, "Away.");
    Proof over =
        Proof.NONE
            .next(START)
            .with(
                MirrorKind.CONTACTS,
                KindProof.BEGIN.paged("", 7).called(2).held(6, 7).unlisted(1).done(3))
            .with(MirrorKind.PROJECTS, KindProof.BEGIN.unproven("No scope.").done(0))
            .with(MirrorKind.APPOINTMENTS, KindProof.BEGIN.done(0))
            .finished(LATER);
    return planned
        .with(delta)
        .proven(over, LATER)
        .proving(LATER)
        .with(over.next(LATER).with(MirrorKind.CONTACTS, KindProof.BEGIN.at("c")), LATER)
        .repairingAt(LATER.plusSeconds(9), 3);
  }

  @Test
  default void ofSixteenWhoFoundTheSameExactlyOneStores() {
    LocationId location = TenantFixture.anyLocation();
    Reconciliation planned = Reconciliation.planned(START, QUARTER, START);

    assertThat(winners(location, planned)).isOne();
    assertThat(winners(location, reconciliations().find(location).orElseThrow())).isOne();
  }

  private long winners(LocationId location, Reconciliation found) {
    return ManyThreads.atOnce(
            16,
            number ->
                reconciliations().save(location, found.repairingAt(START.plusSeconds(number))))
        .stream()
        .filter(Optional::isPresent)
        .count();
  }

  @Test
  default void oneThatIsGoneIsNotMadeAnew() {
    LocationId erased = TenantFixture.anyLocation();

    assertThat(
            reconciliations()
                .save(erased, Reconciliation.planned(START, QUARTER, START).atVersion(3)))
        .isEmpty();
    assertThat(reconciliations().find(erased)).isEmpty();
  }

  @Test
  default void whatIsDueForAnyReasonIsFoundAndWhoWaitsLongestFirst() {
    LocationId byDelta = planned(START.minusSeconds(3), LATER);
    LocationId byProof = planned(LATER, START.minusSeconds(2));
    LocationId byRepair = planned(LATER, LATER);
    Reconciliation third = reconciliations().find(byRepair).orElseThrow();
    assertThat(reconciliations().save(byRepair, third.repairingAt(START))).isPresent();
    LocationId notYet = planned(START.plusMillis(1), LATER);

    List<LocationId> due = reconciliations().due(START, 1_000);

    assertThat(due).containsSubsequence(byDelta, byProof, byRepair).doesNotContain(notYet);
    assertThat(reconciliations().due(START, 1)).hasSize(1);
    assertThat(reconciliations().countDue(START)).isGreaterThanOrEqualTo(3);
  }

  private LocationId planned(Instant deltaAt, Instant proofAt) {
    LocationId location = TenantFixture.anyLocation();
    assertThat(reconciliations().save(location, Reconciliation.planned(deltaAt, QUARTER, proofAt)))
        .isPresent();
    return location;
  }
}
