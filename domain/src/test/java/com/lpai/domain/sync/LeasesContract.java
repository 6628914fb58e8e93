package com.lpai.domain.sync;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.testing.ManyThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link Leases} promises. Each test has names of its own. */
public interface LeasesContract {
  Duration TEN_SECONDS = Duration.ofSeconds(10);
  Instant END = START.plus(TEN_SECONDS);

  /** The subject; other tests' leases may be in it. */
  Leases leases();

  @Test
  default void aLeaseThatNobodyHoldsIsTaken() {
    String name = anyName();

    Optional<Lease> lease = leases().acquire(name, "one", START, TEN_SECONDS);

    assertThat(lease).isPresent();
    assertThat(lease.get().name()).isEqualTo(name);
    assertThat(lease.get().owner()).isEqualTo("one");
    assertThat(lease.get().until()).isEqualTo(END);
  }

  @Test
  default void aHeldLeaseIsNotTakenBeforeItsTimeIsOver() {
    Lease lease = taken(anyName(), "one", START);

    assertThat(leases().acquire(lease.name(), "two", END.minusMillis(1), TEN_SECONDS)).isEmpty();
    assertThat(leases().acquire(lease.name(), "two", END, TEN_SECONDS)).isPresent();
  }

  @Test
  default void aHeldLeaseIsNotTakenByAnotherThreadOfItsOwner() {
    Lease lease = taken(anyName(), "one", START);

    assertThat(leases().acquire(lease.name(), "one", START, TEN_SECONDS)).isEmpty();
  }

  @Test
  default void leasesOfDifferentNamesAreIndependent() {
    taken(anyName(), "one", START);

    assertThat(leases().acquire(anyName(), "two", START, TEN_SECONDS)).isPresent();
  }

  @Test
  default void theFenceGrowsWithEachHolder() {
    String name = anyName();
    Lease first = taken(name, "one", START);
    Lease second = taken(name, "two", END);
    leases().release(second);
    Lease third = taken(name, "one", END);

    assertThat(second.fence()).isGreaterThan(first.fence());
    assertThat(third.fence()).isGreaterThan(second.fence());
  }

  @Test
  default void aRenewedLeaseIsHeldLongerUnderTheSameFence() {
    Lease lease = taken(anyName(), "one", START);

    Optional<Lease> renewed = leases().renew(lease, START.plusSeconds(5), TEN_SECONDS);

    assertThat(renewed)
        .contains(new Lease(lease.name(), "one", lease.fence(), START.plusSeconds(15)));
    assertThat(leases().acquire(lease.name(), "two", END, TEN_SECONDS)).isEmpty();
  }

  @Test
  default void aLeaseCanBeRenewedAgainWithItsLatestOrFirstForm() {
    Lease lease = taken(anyName(), "one", START);
    Lease renewed = leases().renew(lease, START.plusSeconds(5), TEN_SECONDS).orElseThrow();

    assertThat(leases().renew(renewed, START.plusSeconds(9), TEN_SECONDS)).isPresent();
    assertThat(leases().renew(lease, START.plusSeconds(12), TEN_SECONDS)).isPresent();
  }

  @Test
  default void anExpiredLeaseThatNobodyTookCanStillBeRenewed() {
    Lease lease = taken(anyName(), "one", START);

    assertThat(leases().renew(lease, END.plusSeconds(1), TEN_SECONDS)).isPresent();
    assertThat(leases().acquire(lease.name(), "two", END.plusSeconds(2), TEN_SECONDS)).isEmpty();
  }

  @Test
  default void aLostLeaseIsNotRenewed() {
    Lease lost = taken(anyName(), "one", START);
    Lease held = taken(lost.name(), "two", END);

    assertThat(leases().renew(lost, END, TEN_SECONDS)).isEmpty();
    assertThat(leases().renew(held, END, TEN_SECONDS)).contains(held);
  }

  @Test
  default void aLeaseLostToItsOwnOwnerIsNotRenewed() {
    Lease lost = taken(anyName(), "one", START);
    taken(lost.name(), "one", END);

    assertThat(leases().renew(lost, END, TEN_SECONDS)).isEmpty();
  }

  @Test
  default void aReleasedLeaseIsFreeAtOnceAndNotRenewed() {
    Lease lease = taken(anyName(), "one", START);

    leases().release(lease);

    assertThat(leases().renew(lease, START, TEN_SECONDS)).isEmpty();
    assertThat(leases().acquire(lease.name(), "two", START, TEN_SECONDS)).isPresent();
  }

  @Test
  default void releasingALostLeaseHasNoEffect() {
    Lease lost = taken(anyName(), "one", START);
    Lease held = taken(lost.name(), "two", END);

    leases().release(lost);

    assertThat(leases().acquire(lost.name(), "three", END, TEN_SECONDS)).isEmpty();
    assertThat(leases().renew(held, END, TEN_SECONDS)).isPresent();
  }

  @Test
  default void ofSixteenExactlyOneTakesALease() {
    String name = anyName();

    List<Optional<Lease>> answers =
        ManyThreads.atOnce(
            16, number -> leases().acquire(name, "owner-" + number, START, TEN_SECONDS));

    assertThat(answers.stream().flatMap(Optional::stream)).hasSize(1);
  }

  @Test
  default void ofSixteenExactlyOneTakesAnExpiredLease() {
    Lease first = taken(anyName(), "one", START);

    List<Optional<Lease>> answers =
        ManyThreads.atOnce(
            16, number -> leases().acquire(first.name(), "owner-" + number, END, TEN_SECONDS));

    List<Lease> winners = answers.stream().flatMap(Optional::stream).toList();
    assertThat(winners).hasSize(1);
    assertThat(winners.getFirst().fence()).isGreaterThan(first.fence());
  }

  private Lease taken(String name, String owner, Instant now) {
    return leases().acquire(name, owner, now, TEN_SECONDS).orElseThrow();
  }

  private static String anyName() {
    return "work:" + UUID.randomUUID();
  }
}
