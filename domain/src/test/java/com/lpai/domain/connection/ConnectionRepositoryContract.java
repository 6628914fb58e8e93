package com.lpai.domain.connection;

import static com.lpai.domain.connection.ConnectionFixture.activeConnection;
import static com.lpai.domain.connection.ConnectionFixture.tokens;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.ManyThreads;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link ConnectionRepository} promises. Each test has locations of its own. */
public interface ConnectionRepositoryContract {
  /** The subject; other tests' connections may be in it. */
  ConnectionRepository connections();

  @Test
  default void anUnknownConnectionIsAbsent() {
    assertThat(connections().find(TenantFixture.anyLocation())).isEmpty();
  }

  @Test
  default void tokensComeBackAsTheyWere() {
    LocationId location = TenantFixture.anyLocation();
    OAuthTokens odd =
        new OAuthTokens(
            new Secret("eyJ.ä😀\"$." + "x".repeat(4000)),
            new Secret("\u0000 refresh"),
            START.plusMillis(86_399_000),
            Set.of());
    Connection connection = activeConnection(location).refreshed(odd, START.plusMillis(1));

    Optional<Connection> stored = connections().save(location, connection);

    assertThat(stored).contains(connection.atVersion(1));
    assertThat(connections().find(location)).contains(connection.atVersion(1));
  }

  @Test
  default void everyStateComesBackAsItWas() {
    for (ConnectionState state :
        List.of(
            new ConnectionState.Active(tokens("1")),
            new ConnectionState.Suspended(tokens("1"), "Location is not active"),
            new ConnectionState.NeedsReauth("invalid_grant", START.plusMillis(3)),
            new ConnectionState.Uninstalled(START.plusMillis(4)))) {
      LocationId location = TenantFixture.anyLocation();
      Connection connection = activeConnection(location).in(state);

      Connection stored = saved(connection);

      assertThat(stored).isEqualTo(connection.atVersion(1));
      assertThat(connections().find(location)).contains(stored);
    }
  }

  @Test
  default void refreshedTokensReplaceTheOldOnes() {
    LocationId location = TenantFixture.anyLocation();
    Connection first = saved(activeConnection(location));

    Connection second = saved(first.refreshed(tokens("2"), START.plusSeconds(1)));

    assertThat(second.version()).isEqualTo(2);
    assertThat(connections().find(location)).contains(second);
  }

  @Test
  default void aChangeOfAnOldVersionIsRefused() {
    LocationId location = TenantFixture.anyLocation();
    Connection first = saved(activeConnection(location));
    Connection second = saved(first.refreshed(tokens("2"), START));

    assertThat(connections().save(location, first.refreshed(tokens("3"), START))).isEmpty();
    assertThat(connections().save(location, activeConnection(location))).isEmpty();
    assertThat(connections().find(location)).contains(second);
  }

  @Test
  default void aChangeOfAConnectionThatIsNotThereIsRefused() {
    LocationId location = TenantFixture.anyLocation();

    assertThat(connections().save(location, activeConnection(location).atVersion(2))).isEmpty();
    assertThat(connections().find(location)).isEmpty();
  }

  @Test
  default void aRefusedChangeWithoutTokensLeavesTheTokensReadable() {
    LocationId location = TenantFixture.anyLocation();
    Connection first = saved(activeConnection(location));
    Connection second = saved(first.refreshed(tokens("2"), START));

    assertThat(connections().save(location, first.in(new ConnectionState.Uninstalled(START))))
        .isEmpty();

    assertThat(connections().find(location)).contains(second);
  }

  @Test
  default void ofSixteenRefreshesExactlyOneIsStored() {
    LocationId location = TenantFixture.anyLocation();
    Connection connection = saved(activeConnection(location));

    List<Optional<Connection>> outcomes =
        ManyThreads.atOnce(
            16,
            number ->
                connections().save(location, connection.refreshed(tokens("of-" + number), START)));

    List<Connection> winners = outcomes.stream().flatMap(Optional::stream).toList();
    assertThat(winners).hasSize(1);
    assertThat(connections().find(location)).contains(winners.getFirst());
  }

  @Test
  default void ofSixteenFirstInstallationsExactlyOneIsStored() {
    LocationId location = TenantFixture.anyLocation();
    Connection connection = activeConnection(location);

    List<Optional<Connection>> outcomes =
        ManyThreads.atOnce(16, number -> connections().save(location, connection));

    assertThat(outcomes.stream().flatMap(Optional::stream)).hasSize(1);
    assertThat(connections().find(location)).contains(connection.atVersion(1));
  }

  @Test
  default void aConnectionWithoutTokensCanBeInstalledAgain() {
    LocationId location = TenantFixture.anyLocation();
    Connection first = saved(activeConnection(location));
    Connection gone = saved(first.in(new ConnectionState.Uninstalled(START.plusSeconds(1))));
    TokenGrant grant = new TokenGrant(location, TenantFixture.anyCompany(), tokens("9"));

    Connection again = saved(gone.reinstalled(grant, START.plusSeconds(2)));

    assertThat(again.version()).isEqualTo(3);
    assertThat(connections().find(location)).contains(again);
  }

  @Test
  default void noLocationSeesOrChangesAnothersConnection() {
    LocationId mine = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    Connection connection = saved(activeConnection(mine));

    assertThat(connections().find(other)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> connections().save(other, connection));
    assertThat(connections().find(mine)).contains(connection);
    assertThat(connections().find(other)).isEmpty();
  }

  private Connection saved(Connection connection) {
    return connections().save(connection.locationId(), connection).orElseThrow();
  }
}
