package com.lpai.application.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.application.work.Instance;
import com.lpai.domain.encryption.InMemoryKeyVault;
import com.lpai.domain.encryption.MasterKeyRotation;
import com.lpai.domain.encryption.MasterKeyRotation.Beginning;
import com.lpai.domain.encryption.MasterKeyState.Phase;
import com.lpai.domain.sync.InMemoryLeases;
import com.lpai.domain.sync.Lease;
import com.lpai.domain.testing.MutableInstantSource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RotateMasterKeyTest {
  private final MutableInstantSource time = MutableInstantSource.aClock();
  private final InMemoryKeyVault vault = new InMemoryKeyVault();
  private final InMemoryLeases leases = new InMemoryLeases();

  private RotateMasterKeyUseCase instance(String name, String present, String... next) {
    return EncryptionUseCases.rotating(
        vault.knowing(present, next), leases, new Instance(name, time, () -> "token", () -> 0.5));
  }

  private void makeDataKeys(int count) {
    for (int i = 0; i < count; i++) {
      vault.makeDataKey("owner-" + i);
    }
  }

  @Test
  void aBegunRotationIsCarriedOnPageByPageUntilItIsDone() {
    RotateMasterKeyUseCase instance = instance("one", "a", "b");
    makeDataKeys(60);

    assertThat(instance.goOn()).as("not begun").isFalse();
    assertThat(instance.begin()).isEqualTo(new Beginning.Begun());
    assertThat(instance.goOn()).isTrue();
    assertThat(instance.state().remaining()).isEqualTo(35);
    assertThat(instance.goOn()).isTrue();
    assertThat(instance.goOn()).isTrue();
    assertThat(instance.goOn()).isFalse();

    assertThat(instance.state().phase()).isEqualTo(Phase.DONE);
  }

  @Test
  void anInstanceSaysWhatItKnowsEachTimeItLooks() {
    RotateMasterKeyUseCase informed = instance("informed", "a", "b");
    RotateMasterKeyUseCase late = instance("late", "a");
    late.goOn();
    time.advance(Duration.ofSeconds(50));
    late.goOn();
    time.advance(Duration.ofSeconds(50));

    assertThat(informed.begin()).isEqualTo(new Beginning.NotKnownTo(List.of("late")));

    time.advance(MasterKeyRotation.RUNNING);
    assertThat(informed.begin()).isEqualTo(new Beginning.Begun());
  }

  @Test
  void whileAnotherInstanceIsAtItThisOneWaits() {
    RotateMasterKeyUseCase instance = instance("one", "a", "b");
    makeDataKeys(3);
    instance.begin();
    Lease other =
        leases
            .acquire("master-key-rotation", "two", time.instant(), Duration.ofSeconds(30))
            .orElseThrow();

    assertThat(instance.goOn()).isFalse();
    assertThat(instance.state().remaining()).isEqualTo(3);

    leases.release(other);
    assertThat(instance.goOn()).isTrue();
    assertThat(instance.state().remaining()).isZero();
  }

  @Test
  void anInstanceThatDiedInTheMiddleIsFollowedByAnother() {
    RotateMasterKeyUseCase dead = instance("dead", "a", "b");
    makeDataKeys(30);
    dead.begin();
    dead.goOn();
    leases.acquire("master-key-rotation", "dead", time.instant(), Duration.ofSeconds(30));

    time.advance(Duration.ofSeconds(30));
    RotateMasterKeyUseCase next = instance("next", "a", "b");

    assertThat(next.goOn()).isTrue();
    assertThat(next.state().phase()).isEqualTo(Phase.DONE);
  }
}
