package com.lpai.domain.setup;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.ManyThreads;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Checkpoints} promises. Each test has locations of its own. */
public interface CheckpointsContract {
  Checkpoint FIRST =
      new Checkpoint(1, Checkpoint.Pass.COPY, "1718100000123,a.b/$c", 100, START, Instant.EPOCH);
  Checkpoint SECOND =
      new Checkpoint(2, Checkpoint.Pass.CHANGES, "", 5_000_000_000L, START.plusMillis(1), START);

  /** The subject; other tests' locations may be in it. */
  Checkpoints checkpoints();

  @Test
  default void aStepThatNeverBeganHasNoCheckpoint() {
    assertThat(checkpoints().find(TenantFixture.anyLocation(), SetupStep.CONTACTS)).isEmpty();
  }

  @Test
  default void aCheckpointComesBackAsItWas() {
    LocationId location = TenantFixture.anyLocation();

    put(location, SetupStep.CONTACTS, FIRST);

    assertThat(checkpoints().find(location, SetupStep.CONTACTS)).contains(FIRST);
  }

  @Test
  default void theLatestCheckpointReplacesTheOneBefore() {
    LocationId location = TenantFixture.anyLocation();
    put(location, SetupStep.CONTACTS, FIRST);

    put(location, SetupStep.CONTACTS, SECOND);

    assertThat(checkpoints().find(location, SetupStep.CONTACTS)).contains(SECOND);
  }

  @Test
  default void aWorkerThatWasOvertakenChangesNothing() {
    LocationId location = TenantFixture.anyLocation();
    Checkpoint successors = FIRST.advanced("of the successor", 200, START.plusMillis(1));
    put(location, SetupStep.CONTACTS, FIRST);
    put(location, SetupStep.CONTACTS, successors);

    boolean stored =
        checkpoints()
            .replace(
                location,
                SetupStep.CONTACTS,
                FIRST,
                FIRST.advanced("of the one that stalled", 200, START.plusMillis(2)));

    assertThat(stored).isFalse();
    assertThat(checkpoints().find(location, SetupStep.CONTACTS)).contains(successors);
  }

  @Test
  default void ofSixteenWhoFoundTheSameExactlyOneStores() {
    LocationId location = TenantFixture.anyLocation();

    assertThat(winners(location, Checkpoint.NONE)).isOne();
    Checkpoint first = checkpoints().find(location, SetupStep.CONTACTS).orElseThrow();
    assertThat(winners(location, first)).isOne();
  }

  private long winners(LocationId location, Checkpoint found) {
    return ManyThreads.atOnce(
            16,
            number ->
                checkpoints()
                    .replace(
                        location,
                        SetupStep.CONTACTS,
                        found,
                        FIRST.advanced("page " + number, found.done() + 1, START)))
        .stream()
        .filter(stored -> stored)
        .count();
  }

  @Test
  default void aCheckpointThatIsGoneIsNotMadeAnew() {
    LocationId erased = TenantFixture.anyLocation();

    assertThat(checkpoints().replace(erased, SetupStep.CONTACTS, FIRST, SECOND)).isFalse();
    assertThat(checkpoints().find(erased, SetupStep.CONTACTS)).isEmpty();
  }

  @Test
  default void eachStepHasItsOwnCheckpoint() {
    LocationId location = TenantFixture.anyLocation();
    put(location, SetupStep.CONTACTS, FIRST);
    put(location, SetupStep.USERS, SECOND);

    assertThat(checkpoints().find(location, SetupStep.CONTACTS)).contains(FIRST);
    assertThat(checkpoints().find(location, SetupStep.USERS)).contains(SECOND);
  }

  @Test
  default void noLocationSeesOrChangesAnothersCheckpoints() {
    LocationId mine = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    put(mine, SetupStep.CONTACTS, FIRST);

    assertThat(checkpoints().find(other, SetupStep.CONTACTS)).isEmpty();
    put(other, SetupStep.CONTACTS, SECOND);
    assertThat(checkpoints().find(mine, SetupStep.CONTACTS)).contains(FIRST);
  }

  @Test
  default void copiesThatAreOldAndWereNotTriedLatelyAreOutdatedTheOldestFirst() {
    LocationId older = completed(START.minusSeconds(20), START);
    LocationId old = completed(START.minusSeconds(10), START);
    LocationId fresh = completed(START, START);
    LocationId triedLately = completed(START.minusSeconds(20), START.plusSeconds(5));
    LocationId neverComplete = TenantFixture.anyLocation();
    put(neverComplete, SetupStep.CALENDARS, FIRST);

    List<LocationId> outdated =
        checkpoints().outdated(SetupStep.CALENDARS, START, START.plusSeconds(5), 1_000);

    assertThat(outdated)
        .containsSubsequence(older, old)
        .doesNotContain(fresh, triedLately, neverComplete);
    assertThat(checkpoints().outdated(SetupStep.PIPELINES, START, START.plusSeconds(5), 1_000))
        .doesNotContain(older, old);
    assertThat(checkpoints().outdated(SetupStep.CALENDARS, START, START.plusSeconds(5), 1))
        .hasSize(1);
  }

  private LocationId completed(Instant upTo, Instant at) {
    LocationId location = TenantFixture.anyLocation();
    put(location, SetupStep.CALENDARS, new Checkpoint(1, Checkpoint.Pass.COPY, "", 3, at, upTo));
    return location;
  }

  private void put(LocationId location, SetupStep step, Checkpoint checkpoint) {
    Checkpoint found = checkpoints().find(location, step).orElse(Checkpoint.NONE);
    assertThat(checkpoints().replace(location, step, found, checkpoint)).isTrue();
  }
}
