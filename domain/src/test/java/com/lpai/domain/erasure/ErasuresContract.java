package com.lpai.domain.erasure;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.ManyThreads;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Erasures} promises. Each test has locations of its own. */
public interface ErasuresContract {
  Erasures erasures();

  /** Stores at least one document of the location, in a way that the subject must find. */
  void storeSomethingOf(LocationId locationId);

  @Test
  default void everythingOfTheLocationGoesAndNothingElse() {
    LocationId mine = TenantFixture.anyLocation();
    LocationId others = TenantFixture.anyLocation();
    storeSomethingOf(mine);
    storeSomethingOf(others);

    long removed = total(mine);

    assertThat(removed).isPositive();
    assertThat(total(mine)).isZero();
    assertThat(total(others)).isPositive();
  }

  private long total(LocationId locationId) {
    return erasures().removeAll(locationId).values().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  default void eventsOfAnErasedLocationAreCoveredButForALaterInstallation() {
    LocationId location = TenantFixture.anyLocation();
    erasures().begin(location, START, START.plusSeconds(120));

    assertThat(erasures().covers(location, START.minusSeconds(60), false)).isTrue();
    assertThat(erasures().covers(location, START.plusSeconds(60), false)).isTrue();
    assertThat(erasures().covers(location, START.minusSeconds(60), true)).isTrue();
    assertThat(erasures().covers(location, START.plusSeconds(60), true)).isFalse();
    assertThat(erasures().covers(TenantFixture.anyLocation(), START, false)).isFalse();
  }

  @Test
  default void aLocationIsSweptUntilItIsFinishedAndStaysCovered() {
    LocationId location = TenantFixture.anyLocation();
    erasures().begin(location, START, START.plusSeconds(15));
    Erasures.Sweep first = new Erasures.Sweep(location, START, START.plusSeconds(15));

    assertThat(erasures().due(START.plusSeconds(14))).doesNotContain(first);
    assertThat(erasures().due(START.plusSeconds(15))).contains(first);

    erasures().finish(first);

    assertThat(sweeps(location)).isEmpty();
    assertThat(erasures().covers(location, START, false)).isTrue();
  }

  @Test
  default void ofManyWhoSweepAtOnceOneDoes() {
    LocationId location = TenantFixture.anyLocation();
    erasures().begin(location, START, START.plusSeconds(15));
    Erasures.Sweep due = sweeps(location).getFirst();

    List<Optional<Erasures.Sweep>> moved =
        ManyThreads.atOnce(
            16, number -> erasures().postpone(due, START.plusSeconds(60).plusMillis(number)));

    assertThat(moved.stream().flatMap(Optional::stream)).hasSize(1);
    assertThat(sweeps(location))
        .isEqualTo(moved.stream().flatMap(Optional::stream).toList())
        .allMatch(sweep -> sweep.erasedAt().equals(START));
  }

  @Test
  default void aSweepThatWasMovedIsNotFinishedByItsFormerTime() {
    LocationId location = TenantFixture.anyLocation();
    erasures().begin(location, START, START.plusSeconds(15));
    Erasures.Sweep due = sweeps(location).getFirst();
    assertThat(erasures().postpone(due, START.plusSeconds(60))).isPresent();

    erasures().finish(due);

    assertThat(sweeps(location)).hasSize(1);
  }

  private List<Erasures.Sweep> sweeps(LocationId location) {
    return erasures().due(START.plusSeconds(100_000)).stream()
        .filter(sweep -> sweep.locationId().equals(location))
        .toList();
  }

  @Test
  default void whatIsInstalledAgainIsWelcome() {
    LocationId location = TenantFixture.anyLocation();
    erasures().begin(location, START, START.plusSeconds(120));

    assertThat(erasures().isErased(location)).isTrue();
    assertThat(erasures().lift(location, START.plusSeconds(1))).isTrue();

    assertThat(erasures().isErased(location)).isFalse();
    assertThat(erasures().covers(location, START, false)).isFalse();
    assertThat(sweeps(location)).isEmpty();
    assertThat(erasures().lift(location, START)).isTrue();
  }

  @Test
  default void whatWasInstalledBeforeItWasErasedIsNotWelcome() {
    LocationId location = TenantFixture.anyLocation();
    erasures().begin(location, START, START.plusSeconds(120));

    assertThat(erasures().lift(location, START)).isFalse();

    assertThat(erasures().covers(location, START, false)).isTrue();
    assertThat(sweeps(location)).hasSize(1);
  }

  @Test
  default void erasingTwiceIsErasingOnce() {
    LocationId location = TenantFixture.anyLocation();
    erasures().begin(location, START, START.plusSeconds(15));
    erasures().begin(location, START.plusSeconds(10), START.plusSeconds(25));

    assertThat(sweeps(location))
        .containsExactly(
            new Erasures.Sweep(location, START.plusSeconds(10), START.plusSeconds(25)));
  }
}
