package com.lpai.domain.reconcile;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.reconcile.Difference.Stage;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link Differences} promises. Each test has locations of its own. */
public interface DifferencesContract {
  Set<Stage> ANY = EnumSet.allOf(Stage.class);

  /** The subject; other tests' locations may be in it. */
  Differences differences();

  private static SeenIds ids(String... all) {
    SeenIds ids = new SeenIds();
    for (String id : all) {
      ids.add(id);
    }
    return ids;
  }

  private static Difference one(MirrorKind kind, String crmId) {
    return Difference.suspected(kind, Nature.MISSING_HERE, Cause.WEBHOOK_LOST, "", crmId, START);
  }

  @Test
  default void whatSeveralPagesShowedIsTogetherAndARepeatedPageIsThereOnce() {
    LocationId location = TenantFixture.anyLocation();
    differences().keepSeen(location, 1, MirrorKind.CONTACTS, 0, ids("a", "gone"));
    differences().keepSeen(location, 1, MirrorKind.CONTACTS, 1, ids("c"));
    differences().keepSeen(location, 1, MirrorKind.CONTACTS, 0, ids("a", "b"));
    differences().keepSeen(location, 1, MirrorKind.PROJECTS, 0, ids("d"));
    differences().keepSeen(location, 2, MirrorKind.CONTACTS, 0, ids("e"));

    SeenIds seen = differences().seen(location, 1, MirrorKind.CONTACTS);

    assertThat(seen.size()).isEqualTo(3);
    assertThat(List.of("a", "b", "c")).allMatch(seen::contains);
    assertThat(List.of("gone", "d", "e")).noneMatch(seen::contains);
    assertThat(differences().seen(TenantFixture.anyLocation(), 1, MirrorKind.CONTACTS).size())
        .isZero();
  }

  @Test
  default void aDifferenceComesBackAsItWasAndTakesThePlaceOfTheOneBefore() {
    LocationId location = TenantFixture.anyLocation();
    Difference first =
        Difference.suspected(
                MirrorKind.CONTACTS, Nature.FIELDS, Cause.PUSH_FAILED, "ours", "th.e$irs", START)
            .seen(
                List.of(FieldName.of("email"), FieldName.of("tags/v.i$p")), START.plusMillis(1), 7)
            .noted("Refused.");
    Difference later = first.open(Cause.WEBHOOK_LOST, START).at(Stage.LEFT, "Gone.");

    differences().put(location, 1, List.of(first));
    assertThat(differences().find(location, 1, first.id())).contains(first);
    differences().put(location, 1, List.of(later));

    assertThat(differences().find(location, 1, first.id())).contains(later);
    assertThat(differences().find(location, 2, first.id())).isEmpty();
    assertThat(differences().find(TenantFixture.anyLocation(), 1, first.id())).isEmpty();
    differences().remove(location, 1, List.of(first.id(), "none"));
    assertThat(differences().find(location, 1, first.id())).isEmpty();
  }

  @Test
  default void pagesHaveEachOfTheWantedOnceInTheOrderOfTheirIds() {
    LocationId location = TenantFixture.anyLocation();
    Difference a = one(MirrorKind.CONTACTS, "a");
    Difference b = one(MirrorKind.CONTACTS, "b").open(Cause.WEBHOOK_LOST, Instant.EPOCH);
    Difference c = one(MirrorKind.CONTACTS, "c");
    Difference d = one(MirrorKind.PROJECTS, "d");
    differences().put(location, 3, List.of(d, c, b, a));

    Page<Difference> first = differences().list(location, 3, Set.of(), ANY, "", 3);
    Page<Difference> second = differences().list(location, 3, Set.of(), ANY, first.nextCursor(), 3);

    assertThat(first.items()).containsExactly(a, b, c);
    assertThat(second).isEqualTo(new Page<>(List.of(d), ""));
    assertThat(
            differences()
                .list(location, 3, Set.of(MirrorKind.CONTACTS), Set.of(Stage.SUSPECTED), "", 10)
                .items())
        .containsExactly(a, c);
    assertThat(differences().count(location, 3, MirrorKind.CONTACTS, Set.of(Stage.OPEN))).isOne();
    assertThat(differences().count(location, 3, MirrorKind.CONTACTS, ANY)).isEqualTo(3);
    assertThat(differences().count(location, 4, MirrorKind.CONTACTS, ANY)).isZero();
  }

  @Test
  default void tidyingForgetsEarlierRunsAndWhatWasSeen() {
    LocationId location = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    for (long run = 1; run <= 3; run++) {
      differences().put(location, run, List.of(one(MirrorKind.CONTACTS, "a")));
      differences().keepSeen(location, run, MirrorKind.CONTACTS, 0, ids("a"));
    }
    differences().put(other, 1, List.of(one(MirrorKind.CONTACTS, "a")));

    differences().tidy(location, 2);

    assertThat(differences().count(location, 1, MirrorKind.CONTACTS, ANY)).isZero();
    assertThat(differences().count(location, 2, MirrorKind.CONTACTS, ANY)).isOne();
    assertThat(differences().count(location, 3, MirrorKind.CONTACTS, ANY)).isOne();
    assertThat(differences().count(other, 1, MirrorKind.CONTACTS, ANY)).isOne();
    assertThat(differences().seen(location, 2, MirrorKind.CONTACTS).size()).isZero();
    assertThat(differences().seen(location, 3, MirrorKind.CONTACTS).size()).isOne();
  }
}
