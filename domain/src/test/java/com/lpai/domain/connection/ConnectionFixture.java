package com.lpai.domain.connection;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.MutableInstantSource;
import java.time.Duration;
import java.util.Set;

/** Connections for tests. */
public final class ConnectionFixture {
  private ConnectionFixture() {}

  /** A connection that was just installed and has never been stored. */
  public static Connection activeConnection(LocationId locationId) {
    return Connection.installed(
        new TokenGrant(locationId, TenantFixture.anyCompany(), tokens("1")),
        MutableInstantSource.START);
  }

  /** A pair of tokens, told apart by their number, that is valid for a day. */
  public static OAuthTokens tokens(String number) {
    return new OAuthTokens(
        new Secret("access-" + number),
        new Secret("refresh-" + number),
        MutableInstantSource.START.plus(Duration.ofDays(1)),
        Set.of("contacts.readonly", "contacts.write"));
  }
}
