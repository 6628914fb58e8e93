package com.lpai.domain.sync;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.sync.PendingPushes.Due;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link PendingPushes} promises. Each test has locations of its own. */
public interface PendingPushesContract<I, G, R extends Mirrored<I, G, R>>
    extends MirrorRepositoryContract<I, G, R> {
  /** The subject; other tests' records may be due in it. */
  PendingPushes<I> pending();

  @Test
  default void dueArePendingRecordsLongestDueFirstOverAllLocationsAndThenBlockedOnes() {
    LocationId one = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    R second = stored(in(one).pendingSince(START.minusMillis(20)));
    R blocked =
        stored(in(other).withSync(SyncState.SYNCED.blocked(START.minusMillis(30), "reauth")));
    R longerBlocked =
        stored(in(other).withSync(SyncState.SYNCED.blocked(START.minusMillis(40), "reauth")));
    R third = stored(in(other).pendingSince(START.minusMillis(10)));
    R last = stored(in(one).pendingSince(START));

    assertThat(dueOf(START, one, other))
        .containsExactly(
            new Due<>(one, second.id(), START.minusMillis(20)),
            new Due<>(other, third.id(), START.minusMillis(10)),
            new Due<>(one, last.id(), START),
            new Due<>(other, longerBlocked.id(), START.minusMillis(40)),
            new Due<>(other, blocked.id(), START.minusMillis(30)));
  }

  @Test
  default void locationsWithUndecidedConflictsAreCounted() {
    LocationId one = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    Conflict open =
        new Conflict(
            FieldName.of("email"),
            3,
            FieldValue.cleared(),
            FieldValue.text("ours"),
            FieldValue.text("theirs"),
            Conflict.Side.OURS,
            START,
            Conflict.Status.OPEN);
    stored(in(one).withConflict(open).withConflict(open));
    stored(in(one).withConflict(open));
    stored(in(other).withConflict(open));
    stored(in(other).withConflict(open).deletedHere(START));
    stored(in(other).withConflict(open.resolved(Conflict.Side.OURS, Origin.WEBHOOK, START)));
    stored(in(other));

    assertThat(pending().undecided(Integer.MAX_VALUE))
        .containsEntry(one, 2L)
        .containsEntry(other, 1L);
    assertThat(pending().undecided(1)).hasSize(1);
  }

  @Test
  default void locationsWithFailedRecordsAreCountedRefusedDeletionsIncluded() {
    LocationId one = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    LocationId well = TenantFixture.anyLocation();
    SyncState failed = SyncState.SYNCED.failed("refused");
    stored(in(one).withSync(failed));
    stored(in(one).deletedHere(START).withSync(failed));
    stored(in(other).withSync(failed));
    stored(in(other).pendingSince(START));
    stored(in(well).withSync(SyncState.SYNCED.blocked(START, "reauth")));

    assertThat(pending().failed(Integer.MAX_VALUE))
        .containsEntry(one, 2L)
        .containsEntry(other, 1L)
        .doesNotContainKey(well);
    assertThat(pending().failed(1)).hasSize(1);
  }

  @Test
  default void tombstonesThatTheCrmMustHearOfAreDue() {
    LocationId location = TenantFixture.anyLocation();
    R deleted = stored(aLinked(location)).deletedHere(START.minusMillis(1));
    records().save(location, deleted);

    assertThat(dueOf(START, location))
        .containsExactly(new Due<>(location, deleted.id(), START.minusMillis(1)));
  }

  @Test
  default void recordsInAgreementFailedOrLaterAreNotDue() {
    LocationId location = TenantFixture.anyLocation();
    stored(in(location));
    stored(in(location).withSync(SyncState.SYNCED.failed("refused")));
    stored(in(location).pendingSince(START.plusMillis(1)));
    stored(in(location).withSync(SyncState.SYNCED.blocked(START.plusMillis(1), "reauth")));

    assertThat(dueOf(START, location)).isEmpty();
  }

  @Test
  default void aCallOnItsWayIsDueOnlyAfterItsLease() {
    LocationId location = TenantFixture.anyLocation();
    Instant leaseUntil = START.plusSeconds(30);
    R pending = stored(in(location).pendingSince(START));
    R started =
        pending.pushStarted(
            new Push.InFlight(
                Push.Kind.CREATE,
                pending.sync().revision(),
                FieldChanges.of(textField(), FieldValue.text("Rome")),
                START,
                leaseUntil,
                "token"));
    records().save(location, started);

    assertThat(dueOf(leaseUntil.minusMillis(1), location)).isEmpty();
    assertThat(dueOf(leaseUntil, location))
        .containsExactly(new Due<>(location, pending.id(), leaseUntil));
  }

  @Test
  default void noMoreThanTheLimitAreFoundAndTheLongestDueFirst() {
    LocationId location = TenantFixture.anyLocation();
    for (int i = 0; i < 5; i++) {
      stored(in(location).pendingSince(START.minusMillis(i)));
    }

    List<Due<I>> found = pending().due(START, 3);

    assertThat(found).hasSize(3).isSortedAccordingTo(Comparator.comparing(Due::dueAt));
  }

  /** Others' blocked ones may be due, too, and have no more than their tenth. */
  @Test
  default void howeverManyAreBlockedFreshOnesHaveMostOfThePlaces() {
    LocationId blockedOne = TenantFixture.anyLocation();
    LocationId location = TenantFixture.anyLocation();
    for (int i = 0; i < 30; i++) {
      stored(in(blockedOne).withSync(SyncState.SYNCED.blocked(Instant.EPOCH, "no scope")));
      stored(in(location).pendingSince(Instant.EPOCH));
    }

    List<Due<I>> found = pending().due(START, 20);

    assertThat(found).hasSize(20);
    assertThat(found.subList(18, 20))
        .allMatch(
            due ->
                records().find(due.locationId(), due.id()).orElseThrow().sync().phase()
                    == SyncPhase.BLOCKED);
    assertThat(found.subList(0, 18))
        .allMatch(
            due ->
                records().find(due.locationId(), due.id()).orElseThrow().sync().phase()
                    == SyncPhase.PENDING);
  }

  private MirrorFixture<I, G, R, ?> in(LocationId location) {
    return aRecord().withId(records().nextId()).in(location);
  }

  private MirrorFixture<I, G, R, ?> aLinked(LocationId location) {
    return in(location).linkedTo(anyCrmId());
  }

  private R stored(MirrorFixture<I, G, R, ?> fixture) {
    R record = fixture.build();
    assertThat(records().save(record.locationId(), record))
        .isEqualTo(new SaveOutcome.Saved<>(record.atVersion(1)));
    return record.atVersion(1);
  }

  private List<Due<I>> dueOf(Instant now, LocationId... locations) {
    Set<LocationId> mine = Set.copyOf(Arrays.asList(locations));
    return pending().due(now, 10_000).stream()
        .filter(due -> mine.contains(due.locationId()))
        .toList();
  }
}
