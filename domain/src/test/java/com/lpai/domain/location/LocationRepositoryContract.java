package com.lpai.domain.location;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lpai.domain.setup.Setup;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.setup.StepGaps;
import com.lpai.domain.setup.StepResult;
import com.lpai.domain.sync.ConflictRule;
import com.lpai.domain.sync.ConflictRules;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.ManyThreads;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every {@link LocationRepository} promises. Each test has locations of its own. */
public interface LocationRepositoryContract {
  /** The subject; other tests' locations may be in it. */
  LocationRepository locations();

  @Test
  default void anUnknownLocationIsAbsent() {
    assertThat(locations().find(TenantFixture.anyLocation())).isEmpty();
  }

  @Test
  default void aNewLocationIsStoredAtVersionOne() {
    Location location = aLocation();

    Optional<Location> stored = locations().save(location.id(), location);

    assertThat(stored).contains(location.atVersion(1));
    assertThat(locations().find(location.id())).contains(location.atVersion(1));
  }

  @Test
  default void everyPartComesBackAsItWas() {
    StepResult running = StepResult.WAITING.started(START).progressed(1200, 2500);
    StepGaps gaps =
        StepGaps.NONE
            .without(EnumSet.of(SetupStep.CONTACTS, SetupStep.CUSTOM_FIELDS))
            .leavingOut("“Calls”: GoHighLevel says no.")
            .leavingOut("“Visits”: GoHighLevel says no.");
    Setup setup =
        Setup.NEVER
            .requested(true, START)
            .with(SetupStep.LOCATION_DETAILS, running.finished(START.plusMillis(5)))
            .with(SetupStep.USERS, running.failed("GoHighLevel is away", START.plusMillis(7)))
            .with(SetupStep.PIPELINES, running.triedAgain("away", START.plusMillis(9)))
            .with(SetupStep.CONTACTS, running.waitingFor("the call budget"))
            .with(SetupStep.OPPORTUNITIES, running.withGaps(gaps));
    Location location =
        aLocation()
            .withDetails(
                new LocationDetails("Café \"Ünï\" $1.00", "DE", ZoneId.of("Europe/Berlin"), true))
            .withSetup(setup)
            .withConflictRules(
                new ConflictRules(
                    ConflictRule.NEWEST,
                    Map.of(MirrorKind.PROJECTS, ConflictRule.ASK),
                    Map.of(
                        MirrorKind.CONTACTS,
                        new TreeMap<>(
                            Map.of(
                                "email", ConflictRule.THEIRS, "tags/a.b$", ConflictRule.OURS)))));

    Location stored = saved(location);

    assertThat(locations().find(location.id())).contains(stored);
    assertThat(stored).isEqualTo(location.atVersion(1));
  }

  @Test
  default void aChangeOfAnOldVersionIsRefused() {
    Location first = saved(aLocation());
    Location second = saved(first.withSetup(Setup.NEVER.requested(true, START)));

    assertThat(locations().save(first.id(), first.withSetup(Setup.NEVER))).isEmpty();
    assertThat(locations().save(first.id(), first.atVersion(0))).isEmpty();
    assertThat(locations().find(first.id())).contains(second);
    assertThat(second.version()).isEqualTo(2);
  }

  @Test
  default void aChangeOfALocationThatIsNotThereIsRefused() {
    Location never = aLocation().atVersion(3);

    assertThat(locations().save(never.id(), never)).isEmpty();
    assertThat(locations().find(never.id())).isEmpty();
  }

  @Test
  default void ofSixteenWritersExactlyOneWins() {
    Location location = saved(aLocation());

    List<Optional<Location>> outcomes =
        ManyThreads.atOnce(
            16,
            number ->
                locations()
                    .save(
                        location.id(),
                        location.withDetails(LocationDetails.assumed("writer " + number))));

    List<Location> winners = outcomes.stream().flatMap(Optional::stream).toList();
    assertThat(winners).hasSize(1);
    assertThat(locations().find(location.id())).contains(winners.getFirst());
  }

  @Test
  default void ofSixteenFirstInstallationsExactlyOneWins() {
    Location location = aLocation();

    List<Optional<Location>> outcomes =
        ManyThreads.atOnce(16, number -> locations().save(location.id(), location));

    assertThat(outcomes.stream().flatMap(Optional::stream)).hasSize(1);
  }

  @Test
  default void allLocationsAreListedById() {
    Location one = saved(aLocation());
    Location other = saved(aLocation());

    List<Location> all = locations().all();

    assertThat(all).contains(one, other).isSortedAccordingTo(byId());
  }

  @Test
  default void unfinishedSetupsAreFound() {
    Location never = saved(aLocation());
    Location requested = saved(aLocation().withSetup(Setup.NEVER.requested(true, START)));
    Location running =
        saved(
            aLocation()
                .withSetup(
                    Setup.NEVER
                        .requested(false, START)
                        .with(SetupStep.USERS, StepResult.WAITING.started(START))));
    Location over = saved(aLocation().withSetup(finished()));

    assertThat(locations().withUnfinishedSetup())
        .contains(requested, running)
        .doesNotContain(never, over);
  }

  @Test
  default void aSetupIsNoLongerFoundWhenItIsOverAndAgainWhenItIsAskedForAgain() {
    Location location = saved(aLocation().withSetup(Setup.NEVER.requested(true, START)));

    Location over = saved(location.withSetup(finished()));
    List<Location> afterwards = locations().withUnfinishedSetup();
    Location again =
        saved(over.withSetup(over.setup().requested(EnumSet.of(SetupStep.CONTACTS), false, START)));

    assertThat(afterwards).extracting(Location::id).doesNotContain(location.id());
    assertThat(locations().withUnfinishedSetup()).contains(again);
  }

  @Test
  default void aLocationIsStoredUnderItsOwnIdOnly() {
    Location location = aLocation();
    LocationId other = TenantFixture.anyLocation();

    assertThatIllegalArgumentException().isThrownBy(() -> locations().save(other, location));
    assertThat(locations().find(other)).isEmpty();
    assertThat(locations().find(location.id())).isEmpty();
  }

  private static Location aLocation() {
    return Location.installed(TenantFixture.anyLocation(), TenantFixture.anyCompany(), START);
  }

  private static Setup finished() {
    Setup setup = Setup.NEVER.requested(true, START);
    for (SetupStep step : SetupStep.values()) {
      setup = setup.with(step, StepResult.WAITING.started(START).finished(START));
    }
    return setup;
  }

  private static Comparator<Location> byId() {
    return Comparator.comparing(location -> location.id().value());
  }

  private Location saved(Location location) {
    return locations().save(location.id(), location).orElseThrow();
  }
}
