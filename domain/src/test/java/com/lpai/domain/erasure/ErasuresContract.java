package com.lpai.domain.erasure;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
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
    erasures().begin(location, START, START.plusSeconds(120));

    assertThat(erasures().unfinished())
        .contains(new Erasures.Sweep(location, START.plusSeconds(120)));

    erasures().finish(location);

    assertThat(erasures().unfinished()).noneMatch(sweep -> sweep.locationId().equals(location));
    assertThat(erasures().covers(location, START, false)).isTrue();
  }

  @Test
  default void whatIsInstalledAgainIsWelcome() {
    LocationId location = TenantFixture.anyLocation();
    erasures().begin(location, START, START.plusSeconds(120));

    erasures().lift(location);

    assertThat(erasures().covers(location, START, false)).isFalse();
    assertThat(erasures().unfinished()).noneMatch(sweep -> sweep.locationId().equals(location));
  }

  @Test
  default void erasingTwiceIsErasingOnce() {
    LocationId location = TenantFixture.anyLocation();
    erasures().begin(location, START, START.plusSeconds(120));
    erasures().begin(location, START.plusSeconds(10), START.plusSeconds(130));

    assertThat(erasures().unfinished())
        .filteredOn(sweep -> sweep.locationId().equals(location))
        .containsExactly(new Erasures.Sweep(location, START.plusSeconds(130)));
  }
}
