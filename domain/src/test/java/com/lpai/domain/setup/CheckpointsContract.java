package com.lpai.domain.setup;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import org.junit.jupiter.api.Test;

/** What every {@link Checkpoints} promises. Each test has locations of its own. */
public interface CheckpointsContract {
  Checkpoint FIRST = new Checkpoint(1, "1718100000123,a.b/$c", 100, START);
  Checkpoint SECOND = new Checkpoint(2, "", 5_000_000_000L, START.plusMillis(1));

  /** The subject; other tests' locations may be in it. */
  Checkpoints checkpoints();

  @Test
  default void aStepThatNeverBeganHasNoCheckpoint() {
    assertThat(checkpoints().find(TenantFixture.anyLocation(), SetupStep.CONTACTS)).isEmpty();
  }

  @Test
  default void aCheckpointComesBackAsItWas() {
    LocationId location = TenantFixture.anyLocation();

    checkpoints().put(location, SetupStep.CONTACTS, FIRST);

    assertThat(checkpoints().find(location, SetupStep.CONTACTS)).contains(FIRST);
  }

  @Test
  default void theLatestCheckpointReplacesTheOneBefore() {
    LocationId location = TenantFixture.anyLocation();
    checkpoints().put(location, SetupStep.CONTACTS, FIRST);

    checkpoints().put(location, SetupStep.CONTACTS, SECOND);

    assertThat(checkpoints().find(location, SetupStep.CONTACTS)).contains(SECOND);
  }

  @Test
  default void eachStepHasItsOwnCheckpoint() {
    LocationId location = TenantFixture.anyLocation();
    checkpoints().put(location, SetupStep.CONTACTS, FIRST);
    checkpoints().put(location, SetupStep.USERS, SECOND);

    assertThat(checkpoints().find(location, SetupStep.CONTACTS)).contains(FIRST);
    assertThat(checkpoints().find(location, SetupStep.USERS)).contains(SECOND);
  }

  @Test
  default void noLocationSeesOrChangesAnothersCheckpoints() {
    LocationId mine = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    checkpoints().put(mine, SetupStep.CONTACTS, FIRST);

    assertThat(checkpoints().find(other, SetupStep.CONTACTS)).isEmpty();
    checkpoints().put(other, SetupStep.CONTACTS, SECOND);
    assertThat(checkpoints().find(mine, SetupStep.CONTACTS)).contains(FIRST);
  }
}
