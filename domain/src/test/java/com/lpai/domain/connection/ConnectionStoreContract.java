package com.lpai.domain.connection;

import static com.lpai.domain.connection.ConnectionFixture.activeConnection;
import static com.lpai.domain.connection.ConnectionFixture.tokens;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.testing.ManyThreads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link ConnectionStore} promises. Each test has owners of its own. */
public interface ConnectionStoreContract<O> {
  /** The subject; other tests' connections may be in it. */
  ConnectionStore<O> store();

  O anyOwner();

  @Test
  default void anUnknownConnectionIsAbsent() {
    assertThat(store().find(anyOwner())).isEmpty();
  }

  @Test
  default void tokensComeBackAsTheyWere() {
    O owner = anyOwner();
    OAuthTokens odd =
        new OAuthTokens(
            new Secret("eyJ.ä😀\"$." + "x".repeat(4000)),
            new Renewal.ByRefreshToken(new Secret("\u0000 refresh")),
            START.plusMillis(86_399_000),
            Set.of());
    Connection connection = activeConnection().refreshed(odd, START.plusMillis(1));

    Optional<Connection> stored = store().save(owner, connection);

    assertThat(stored).contains(connection.atVersion(1));
    assertThat(store().find(owner)).contains(connection.atVersion(1));
  }

  @Test
  default void everyStateComesBackAsItWas() {
    Connection active = activeConnection();
    Connection refreshing = active.renewing(START.plusMillis(2), Duration.ofSeconds(10));
    for (Connection connection :
        List.of(
            active,
            active.proved(START.plusMillis(9)),
            active.refreshed(
                new OAuthTokens(
                    new Secret("access"),
                    new Renewal.FromCompany(),
                    START.plusSeconds(9),
                    Set.of()),
                START.plusMillis(1)),
            refreshing,
            refreshing.renewalFailed("no answer", START.plusSeconds(3)),
            active.suspended("Location is not active", START, START.plusSeconds(60)),
            active.condemned("invalid_grant", START.plusMillis(3), START.plusSeconds(60)),
            active.uninstalled(START.plusMillis(4)),
            Connection.legacy(new Secret("pit-1"), START),
            Connection.legacy(new Secret("an old key"), START),
            Connection.legacy(new Secret("pit-4"), START)
                .reinstalled(
                    ConnectionFixture.grant(com.lpai.domain.tenant.TenantFixture.anyLocation()),
                    START)
                .condemned("invalid_grant", START, START),
            Connection.legacy(new Secret("pit-2"), START)
                .reinstalled(
                    ConnectionFixture.grant(com.lpai.domain.tenant.TenantFixture.anyLocation()),
                    START),
            Connection.legacy(new Secret("pit-3"), START)
                .reinstalled(
                    ConnectionFixture.grant(com.lpai.domain.tenant.TenantFixture.anyLocation()),
                    START)
                .proved(START.plusMillis(5)))) {
      O owner = anyOwner();

      Connection stored = saved(owner, connection);

      assertThat(stored).isEqualTo(connection.atVersion(1));
      assertThat(store().find(owner)).contains(stored);
    }
  }

  @Test
  default void refreshedTokensReplaceTheOldOnes() {
    O owner = anyOwner();
    Connection first = saved(owner, activeConnection());

    Connection second = saved(owner, first.refreshed(tokens("2"), START.plusSeconds(1)));

    assertThat(second.version()).isEqualTo(2);
    assertThat(store().find(owner)).contains(second);
  }

  @Test
  default void aChangeOfAnOldVersionIsRefused() {
    O owner = anyOwner();
    Connection first = saved(owner, activeConnection());
    Connection second = saved(owner, first.refreshed(tokens("2"), START));

    assertThat(store().save(owner, first.refreshed(tokens("3"), START))).isEmpty();
    assertThat(store().save(owner, activeConnection())).isEmpty();
    assertThat(store().find(owner)).contains(second);
  }

  @Test
  default void aChangeOfAConnectionThatIsNotThereIsRefused() {
    O owner = anyOwner();

    assertThat(store().save(owner, activeConnection().atVersion(2))).isEmpty();
    assertThat(store().find(owner)).isEmpty();
  }

  @Test
  default void aRefusedChangeWithoutTokensLeavesTheTokensReadable() {
    O owner = anyOwner();
    Connection first = saved(owner, activeConnection());
    Connection second = saved(owner, first.refreshed(tokens("2"), START));

    assertThat(store().save(owner, first.uninstalled(START))).isEmpty();

    assertThat(store().find(owner)).contains(second);
  }

  @Test
  default void ofSixteenRenewalsExactlyOneIsWrittenDown() {
    O owner = anyOwner();
    Connection connection = saved(owner, activeConnection());

    List<Optional<Connection>> outcomes =
        ManyThreads.atOnce(
            16,
            number ->
                store().save(owner, connection.renewing(START, Duration.ofSeconds(number + 1L))));

    List<Connection> winners = outcomes.stream().flatMap(Optional::stream).toList();
    assertThat(winners).hasSize(1);
    assertThat(store().find(owner)).contains(winners.getFirst());
  }

  @Test
  default void ofSixteenFirstInstallationsExactlyOneIsStored() {
    O owner = anyOwner();
    Connection connection = activeConnection();

    List<Optional<Connection>> outcomes =
        ManyThreads.atOnce(16, number -> store().save(owner, connection));

    assertThat(outcomes.stream().flatMap(Optional::stream)).hasSize(1);
    assertThat(store().find(owner)).contains(connection.atVersion(1));
  }

  @Test
  default void aConnectionWithoutTokensCanBeInstalledAgain() {
    O owner = anyOwner();
    Connection first = saved(owner, activeConnection());
    Connection gone = saved(owner, first.uninstalled(START.plusSeconds(1)));

    Connection again = saved(owner, gone.refreshed(tokens("9"), START.plusSeconds(2)));

    assertThat(again.version()).isEqualTo(3);
    assertThat(store().find(owner)).contains(again);
  }

  @Test
  default void noOwnerSeesAnothersConnection() {
    O mine = anyOwner();
    Connection connection = saved(mine, activeConnection());

    assertThat(store().find(anyOwner())).isEmpty();
    assertThat(store().find(mine)).contains(connection);
  }

  @Test
  default void whatNeedsCareIsFoundWhenItsTimeHasComeAndNotBefore() {
    O owner = anyOwner();
    Connection refreshing =
        saved(owner, activeConnection().renewing(START, Duration.ofSeconds(10)));
    O idle = anyOwner();
    saved(idle, activeConnection().uninstalled(START));

    assertThat(store().careDue(refreshing.careAt().minusMillis(1), 10_000)).doesNotContain(owner);
    assertThat(store().careDue(refreshing.careAt(), 10_000)).contains(owner).doesNotContain(idle);
  }

  @Test
  default void ofWhatNeedsCareTheLongestDueComesFirst() {
    O later = anyOwner();
    O sooner = anyOwner();
    saved(later, activeConnection().renewing(START.minusSeconds(10), Duration.ofSeconds(2)));
    saved(sooner, activeConnection().renewing(START.minusSeconds(10), Duration.ofSeconds(1)));

    assertThat(store().careDue(START, 10_000)).containsSubsequence(sooner, later);
    assertThat(store().careDue(START, 1)).hasSize(1);
  }

  @Test
  default void anOverwrittenConnectionIsTheNextVersionOfWhatIsThere() {
    O owner = anyOwner();
    O other = anyOwner();
    Connection again = activeConnection();
    saved(owner, saved(owner, activeConnection()).uninstalled(START));

    store().overwrite(owner, again);
    store().overwrite(other, again);

    assertThat(store().find(owner)).contains(again.atVersion(3));
    assertThat(store().find(other)).contains(again.atVersion(1));
  }

  @Test
  default void aRenewalThatWasBegunComesBeforeAllThatIsDueLonger() {
    O longer = anyOwner();
    O begun = anyOwner();
    saved(longer, activeConnection().suspended("not active", START, START.minusSeconds(60)));
    saved(begun, activeConnection().renewing(START.minusSeconds(10), Duration.ofSeconds(9)));

    assertThat(store().careDue(START, 10_000)).containsSubsequence(begun, longer);
  }

  @Test
  default void careThatIsPutOffIsDueThenAndTheNextChangeDecidesAnew() {
    O owner = anyOwner();
    Connection connection = saved(owner, activeConnection().renewing(START, Duration.ofSeconds(1)));

    store().postponeCare(owner, START.plusSeconds(60));

    assertThat(store().careDue(START.plusSeconds(59), 10_000)).doesNotContain(owner);
    assertThat(store().careDue(START.plusSeconds(60), 10_000)).contains(owner);
    saved(owner, connection.renewing(START.plusSeconds(2), Duration.ofSeconds(1)));
    assertThat(store().careDue(START.plusSeconds(3), 10_000)).contains(owner);
  }

  @Test
  default void careOfAnUnknownOwnerIsNotPutOff() {
    O nobody = anyOwner();

    store().postponeCare(nobody, START);

    assertThat(store().find(nobody)).isEmpty();
    assertThat(store().careDue(START, 10_000)).doesNotContain(nobody);
  }

  private Connection saved(O owner, Connection connection) {
    return store().save(owner, connection).orElseThrow();
  }
}
