package com.lpai.domain.connection;

import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.MutableInstantSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Connections for tests. */
public final class ConnectionFixture {
  private ConnectionFixture() {}

  /** A connection that was just installed and has never been stored. */
  public static Connection activeConnection() {
    return Connection.installed(grant(TenantFixture.anyLocation()), MutableInstantSource.START);
  }

  public static TokenGrant grant(LocationId locationId) {
    return new TokenGrant(locationId, TenantFixture.anyCompany(), tokens("1"), false);
  }

  public static CompanyGrant companyGrant(CompanyId companyId) {
    return new CompanyGrant(companyId, tokens("1"), true, true, List.of());
  }

  /** A pair of tokens, told apart by their number, that is valid for a day. */
  public static OAuthTokens tokens(String number) {
    return new OAuthTokens(
        new Secret("access-" + number),
        new Renewal.ByRefreshToken(new Secret("refresh-" + number)),
        MutableInstantSource.START.plus(Duration.ofDays(1)),
        Set.of("contacts.readonly", "contacts.write"));
  }
}
