package com.lpai.domain.encryption;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.encryption.MasterKeyRotation.Beginning;
import com.lpai.domain.encryption.MasterKeyState.Phase;
import com.lpai.domain.encryption.MasterKeyState.Sighting;
import com.lpai.domain.testing.ManyThreads;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link MasterKeyRotation} promises. Each test begins with an empty vault. */
public interface MasterKeyRotationContract {

  /** One instance over the test's vault. */
  interface Instance {
    MasterKeyRotation rotation();

    /** Makes the owner's data key on this instance. */
    void makeDataKey(String owner);

    /** Proves that this instance can use the owner's data key. */
    void useDataKey(String owner);
  }

  /** An instance over the test's vault that knows these master keys, the present one first. */
  Instance knowing(String present, String... next);

  @Test
  default void anInstanceWithOneKeyHasNothingToRotate() {
    Instance instance = knowing("a");
    instance.makeDataKey("x");

    MasterKeyState state = instance.rotation().state(START);

    assertThat(state.phase()).isEqualTo(Phase.SINGLE);
    assertThat(state.keys()).hasSize(1);
    assertThat(state.keys().getFirst().key()).isEqualTo(state.current());
    assertThat(dataKeys(state)).containsExactly(1L);
    assertThat(instance.rotation().begin(START)).isEqualTo(new Beginning.NoNextKey());
    assertThat(instance.rotation().isBegun()).isFalse();
    assertThat(instance.rotation().rewrapPage(10)).isZero();
  }

  @Test
  default void aNextKeyThatIsOnlyKnownIsNotUsed() {
    Instance instance = knowing("a", "b");
    instance.makeDataKey("x");

    assertThat(instance.rotation().isBegun()).isFalse();
    assertThat(instance.rotation().rewrapPage(10)).isZero();

    MasterKeyState state = instance.rotation().state(START);
    assertThat(state.phase()).isEqualTo(Phase.PREPARED);
    assertThat(dataKeys(state)).containsExactly(1L, 0L);
    assertThat(state.current()).isEqualTo(state.keys().getFirst().key());
  }

  @Test
  default void dataKeysAreWrappedAnewPageByPage() {
    Instance instance = knowing("a", "b");
    for (int i = 0; i < 5; i++) {
      instance.makeDataKey("x" + i);
    }

    assertThat(instance.rotation().begin(START)).isEqualTo(new Beginning.Begun());
    assertThat(instance.rotation().state(START).phase()).isEqualTo(Phase.UNDER_WAY);
    assertThat(instance.rotation().state(START).remaining()).isEqualTo(5);
    assertThat(instance.rotation().rewrapPage(2)).isEqualTo(2);
    assertThat(instance.rotation().state(START).remaining()).isEqualTo(3);
    assertThat(instance.rotation().rewrapPage(2)).isEqualTo(2);
    assertThat(instance.rotation().rewrapPage(2)).isEqualTo(1);
    assertThat(instance.rotation().rewrapPage(2)).isZero();

    MasterKeyState state = instance.rotation().state(START);
    assertThat(state.phase()).isEqualTo(Phase.DONE);
    assertThat(state.remaining()).isZero();
    assertThat(dataKeys(state)).containsExactly(0L, 5L);
    assertThat(state.current()).isEqualTo(state.keys().getLast().key());
    for (int i = 0; i < 5; i++) {
      instance.useDataKey("x" + i);
    }
  }

  @Test
  default void dataKeysMadeAfterTheBeginningUseTheNextKeyOnEveryInstance() {
    Instance one = knowing("a", "b");
    Instance two = knowing("a", "b");

    one.rotation().begin(START);
    two.makeDataKey("x");

    assertThat(dataKeys(one.rotation().state(START))).containsExactly(0L, 1L);
    assertThat(one.rotation().state(START).phase()).isEqualTo(Phase.DONE);
    one.useDataKey("x");
  }

  @Test
  default void anyInstanceGoesOnWithWhatAnotherBegan() {
    Instance one = knowing("a", "b");
    one.makeDataKey("x");
    one.makeDataKey("y");
    one.rotation().begin(START);
    one.rotation().rewrapPage(1);

    Instance two = knowing("a", "b");

    assertThat(two.rotation().isBegun()).isTrue();
    assertThat(two.rotation().rewrapPage(10)).isEqualTo(1);

    assertThat(one.rotation().state(START).phase()).isEqualTo(Phase.DONE);
  }

  @Test
  default void beginningAgainChangesNothing() {
    Instance instance = knowing("a", "b");
    instance.makeDataKey("x");
    instance.rotation().begin(START);
    instance.rotation().rewrapPage(10);

    assertThat(instance.rotation().begin(START)).isEqualTo(new Beginning.Begun());

    assertThat(instance.rotation().state(START).phase()).isEqualTo(Phase.DONE);
  }

  @Test
  default void instancesThatWrapAtOnceLoseNothing() {
    Instance first = knowing("a", "b");
    List<Instance> instances = List.of(first, knowing("a", "b"), knowing("a", "b"));
    for (int i = 0; i < 20; i++) {
      first.makeDataKey("x" + i);
    }

    ManyThreads.atOnce(
        3,
        number -> {
          MasterKeyRotation rotation = instances.get(number).rotation();
          assertThat(rotation.begin(START)).isEqualTo(new Beginning.Begun());
          while (rotation.rewrapPage(3) > 0) {
            instances.get(number).makeDataKey("made-" + number);
          }
          return number;
        });

    MasterKeyState state = first.rotation().state(START);
    assertThat(state.phase()).isEqualTo(Phase.DONE);
    assertThat(dataKeys(state).getLast()).isBetween(21L, 23L);
    for (int i = 0; i < 20; i++) {
      first.useDataKey("x" + i);
    }
  }

  @Test
  default void aRunningInstanceThatDoesNotKnowTheNextKeyHoldsTheBeginningBack() {
    Instance informed = knowing("a", "b");
    Instance late = knowing("a");
    informed.rotation().announce("informed", START);
    late.rotation().announce("late", START);
    Instant lastMoment = START.plus(MasterKeyRotation.RUNNING).minusMillis(1);

    assertThat(informed.rotation().begin(lastMoment))
        .isEqualTo(new Beginning.NotKnownTo(List.of("late")));
    assertThat(informed.rotation().state(lastMoment).phase()).isEqualTo(Phase.PREPARED);

    late = knowing("a", "b");
    late.rotation().announce("late", lastMoment);
    assertThat(informed.rotation().begin(lastMoment)).isEqualTo(new Beginning.Begun());
  }

  @Test
  default void anInstanceThatIsGoneHoldsNothingBack() {
    Instance informed = knowing("a", "b");
    knowing("a").rotation().announce("gone", START);

    Instant later = START.plus(MasterKeyRotation.RUNNING);

    assertThat(informed.rotation().begin(later)).isEqualTo(new Beginning.Begun());
    assertThat(informed.rotation().state(later).instances()).isEmpty();
  }

  @Test
  default void instancesSayWhatTheyKnow() {
    Instance one = knowing("a");
    Instance two = knowing("a", "b");
    one.rotation().announce("one", START);
    one.rotation().announce("one", START.plusSeconds(5));
    two.rotation().announce("two", START);

    List<Sighting> seen = two.rotation().state(START.plusSeconds(5)).instances();

    List<String> both =
        two.rotation().state(START).keys().stream().map(key -> key.key().fingerprint()).toList();
    assertThat(seen)
        .containsExactlyInAnyOrder(
            new Sighting("one", both.subList(0, 1), START.plusSeconds(5)),
            new Sighting("two", both, START));
  }

  @Test
  default void aKeyCanBeRotatedBack() {
    Instance there = knowing("a", "b");
    there.makeDataKey("x");
    there.rotation().begin(START);
    there.rotation().rewrapPage(10);
    Instance back = knowing("b", "a");

    assertThat(back.rotation().state(START).phase()).isEqualTo(Phase.PREPARED);
    assertThat(back.rotation().begin(START)).isEqualTo(new Beginning.Begun());
    assertThat(back.rotation().rewrapPage(10)).isEqualTo(1);

    assertThat(back.rotation().state(START).phase()).isEqualTo(Phase.DONE);
    knowing("a").useDataKey("x");
  }

  private static List<Long> dataKeys(MasterKeyState state) {
    return state.keys().stream().map(MasterKeyState.Share::dataKeys).toList();
  }
}
