package com.lpai.domain.connection;

import static com.lpai.domain.connection.ConnectionFixture.activeConnection;
import static com.lpai.domain.connection.ConnectionFixture.tokens;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  private final LocationId location = TenantFixture.anyLocation();

  @Test
  void aSecretIsNeverPrinted() {
    Connection connection = activeConnection(location);

    assertThat(new Secret("geheim")).hasToString("Secret[hidden]");
    assertThat(connection.toString()).doesNotContain("access-1").doesNotContain("refresh-1");
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
    Connection suspended =
        activeConnection(location).in(new ConnectionState.Suspended(tokens("1"), "inactive"));

    Connection refreshed = suspended.refreshed(tokens("2"), START.plusSeconds(5));

    assertThat(refreshed.state()).isEqualTo(new ConnectionState.Active(tokens("2")));
    assertThat(refreshed.installedAt()).isEqualTo(START);
    assertThat(refreshed.refreshedAt()).isEqualTo(START.plusSeconds(5));
  }

  @Test
  void anotherInstallationStartsAnewWhateverTheStateWas() {
    Connection gone =
        activeConnection(location).in(new ConnectionState.Uninstalled(START)).atVersion(4);
    TokenGrant grant = new TokenGrant(location, TenantFixture.anyCompany(), tokens("3"));

    Connection again = gone.reinstalled(grant, START.plusSeconds(9));

    assertThat(again.state().word()).isEqualTo("active");
    assertThat(again.companyId()).isEqualTo(grant.companyId());
    assertThat(again.installedAt()).isEqualTo(START.plusSeconds(9));
    assertThat(again.version()).isEqualTo(4);
  }

  @Test
  void eachStateHasAWord() {
    assertThat(new ConnectionState.Suspended(tokens("1"), "x").word()).isEqualTo("suspended");
    assertThat(new ConnectionState.NeedsReauth("x", START).word()).isEqualTo("needsReauth");
    assertThat(new ConnectionState.Uninstalled(START).word()).isEqualTo("uninstalled");
  }
}
