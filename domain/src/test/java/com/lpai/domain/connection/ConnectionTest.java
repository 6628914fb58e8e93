package com.lpai.domain.connection;

import static com.lpai.domain.connection.ConnectionFixture.activeConnection;
import static com.lpai.domain.connection.ConnectionFixture.tokens;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lpai.domain.tenant.TenantFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  private static final Duration HOLD = Duration.ofSeconds(10);
  private static final Instant LATER = START.plusSeconds(60);

  @Test
  void aSecretIsNeverPrinted() {
    assertThat(new Secret("geheim")).hasToString("Secret[hidden]");
    assertThat(activeConnection().toString())
        .doesNotContain("access-1")
        .doesNotContain("refresh-1");
    assertThat(Connection.legacy(new Secret("pit-1"), START).toString()).doesNotContain("pit-1");
    assertThatIllegalArgumentException().isThrownBy(() -> new Secret(" "));
  }

  @Test
  void aTokenExpiresWithinTheMarginAtItsEdgeToo() {
    OAuthTokens tokens = tokens("1");
    Duration left = Duration.between(START, tokens.expiresAt());

    assertThat(tokens.expiresWithin(left, START)).isTrue();
    assertThat(tokens.expiresWithin(left.minusMillis(1), START)).isFalse();
    assertThat(tokens.expiresWithin(Duration.ZERO, tokens.expiresAt())).isTrue();
  }

  @Test
  void aRefreshBringsNewTokensAndKeepsTheInstallation() {
    Connection suspended = activeConnection().suspended("inactive", START, LATER);

    Connection refreshed = suspended.refreshed(tokens("2"), START.plusSeconds(5));

    assertThat(refreshed.state()).isEqualTo(new ConnectionState.Active(tokens("2")));
    assertThat(refreshed.installedAt()).isEqualTo(START);
    assertThat(refreshed.refreshedAt()).isEqualTo(START.plusSeconds(5));
  }

  @Test
  void anotherInstallationStartsAnewWhateverTheStateWas() {
    Connection gone = activeConnection().uninstalled(START).atVersion(4);
    TokenGrant grant = ConnectionFixture.grant(TenantFixture.anyLocation());

    Connection again = gone.reinstalled(grant, START.plusSeconds(9));

    assertThat(again.state().word()).isEqualTo("active");
    assertThat(again.companyId()).isEqualTo(grant.companyId());
    assertThat(again.installedAt()).isEqualTo(START.plusSeconds(9));
    assertThat(again.version()).isEqualTo(4);
  }

  @Test
  void renewalIsDueTwoHoursBeforeTheEndAndForAShortTokenHalfway() {
    Connection day = activeConnection();
    OAuthTokens brief =
        new OAuthTokens(
            new Secret("a"), new Renewal.FromCompany(), START.plusSeconds(600), Set.of());

    assertThat(day.careAt()).isEqualTo(START.plus(Duration.ofHours(22)));
    assertThat(day.refreshed(brief, START).careAt()).isEqualTo(START.plusSeconds(300));
  }

  @Test
  void aTokenThatIsNeverUsedIsProvedWeekly() {
    OAuthTokens years =
        new OAuthTokens(
            new Secret("a"), new Renewal.FromCompany(), START.plus(Duration.ofDays(700)), Set.of());
    Connection idle = activeConnection().refreshed(years, START);

    assertThat(idle.careAt()).isEqualTo(START.plus(Duration.ofDays(7)));
    assertThat(idle.proved(LATER).careAt()).isEqualTo(LATER.plus(Duration.ofDays(7)));
  }

  @Test
  void aRenewalUnderWayIsTakenOverWhenItsHoldEnds() {
    Connection begun = activeConnection().renewing(START, HOLD);
    Connection taken = begun.renewing(START.plusSeconds(11), HOLD);

    assertThat(begun.careAt()).isEqualTo(START.plusSeconds(10));
    assertThat(taken.state())
        .isEqualTo(
            new ConnectionState.Refreshing(
                tokens("1"), new Attempts(START, 2, START.plusSeconds(21), "")));
  }

  @Test
  void noFailureOfTheNetworkCondemns() {
    Connection failed = activeConnection().renewing(START, HOLD).renewalFailed("no answer", LATER);

    assertThat(failed.state().word()).isEqualTo("refreshing");
    assertThat(failed.state().problem()).isEqualTo("no answer");
    assertThat(failed.careAt()).isEqualTo(LATER);
  }

  @Test
  void whatIsCondemnedKeepsAWayBackAndClearsWithNewTokens() {
    Connection refused = activeConnection().renewing(START, HOLD).condemned("no", START, LATER);

    assertThat(refused.state())
        .isEqualTo(
            new ConnectionState.NeedsReauth(
                new Renewal.ByRefreshToken(new Secret("refresh-1")), "no", START, LATER));
    assertThat(refused.careAt()).isEqualTo(LATER);
    assertThat(refused.refreshed(tokens("2"), LATER).state().word()).isEqualTo("active");
  }

  @Test
  void aSuspendedConnectionKeepsItsTokensAndItsBeginning() {
    Connection once = activeConnection().suspended("not active", START, LATER);
    Connection twice = once.suspended("still not active", LATER, LATER.plusSeconds(60));

    assertThat(twice.state())
        .isEqualTo(
            new ConnectionState.Suspended(
                tokens("1"), "still not active", START, LATER.plusSeconds(60)));
    assertThat(twice.proved(LATER).state()).isEqualTo(new ConnectionState.Active(tokens("1")));
  }

  /** Trap 14: the guide removed the key as soon as OAuth was begun. */
  @Test
  void anApiKeyStaysUntilAnOAuthTokenWasSeenToWork() {
    Connection legacy = Connection.legacy(new Secret("pit-1"), START);
    Connection installed =
        legacy.reinstalled(ConnectionFixture.grant(TenantFixture.anyLocation()), LATER);

    assertThat(legacy.state()).isEqualTo(new ConnectionState.Legacy(""));
    assertThat(legacy.isUnproven()).isFalse();
    assertThat(installed.migration()).isEqualTo(new Migration.Pending(new Secret("pit-1")));
    assertThat(installed.isUnproven()).isTrue();
    assertThat(installed.proved(LATER).migration()).isEqualTo(new Migration.Done(LATER));
    assertThat(installed.condemned("no", LATER, LATER).state())
        .isEqualTo(new ConnectionState.Legacy("no"));
  }

  @Test
  void aLocationKeyOfTheOldApiNeedsAnInstallation() {
    Connection legacy = Connection.legacy(new Secret("0a1b2c3d"), START);

    assertThat(legacy.state().word()).isEqualTo("needsInstall");
    assertThat(legacy.state().isInstalled()).isFalse();
    assertThat(
            legacy
                .reinstalled(ConnectionFixture.grant(TenantFixture.anyLocation()), LATER)
                .condemned("no", LATER, LATER)
                .state()
                .word())
        .isEqualTo("needsReauth");
  }

  @Test
  void anUninstalledConnectionKeepsNoSecret() {
    Connection gone =
        Connection.legacy(new Secret("pit-1"), START)
            .reinstalled(ConnectionFixture.grant(TenantFixture.anyLocation()), START)
            .uninstalled(LATER);

    assertThat(gone.state()).isEqualTo(new ConnectionState.Uninstalled(LATER));
    assertThat(gone.migration()).isEqualTo(new Migration.None());
    assertThat(gone.careAt()).isEqualTo(Connection.NEVER);
  }
}
