package com.lpai.domain.connection;

import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;

/**
 * The connection to one location.
 *
 * @param version counts stored changes; 0 before the first. A refresh is stored only when nobody
 *     else stored one meanwhile
 */
public record Connection(
    LocationId locationId,
    CompanyId companyId,
    ConnectionState state,
    Instant installedAt,
    Instant refreshedAt,
    long version) {

  public static Connection installed(TokenGrant grant, Instant now) {
    return new Connection(
        grant.locationId(),
        grant.companyId(),
        new ConnectionState.Active(grant.tokens()),
        now,
        now,
        0);
  }

  /** The same connection after another installation: new tokens, whatever the state was. */
  public Connection reinstalled(TokenGrant grant, Instant now) {
    return new Connection(
        locationId,
        grant.companyId(),
        new ConnectionState.Active(grant.tokens()),
        now,
        now,
        version);
  }

  public Connection refreshed(OAuthTokens tokens, Instant now) {
    return new Connection(
        locationId, companyId, new ConnectionState.Active(tokens), installedAt, now, version);
  }

  public Connection in(ConnectionState changed) {
    return new Connection(locationId, companyId, changed, installedAt, refreshedAt, version);
  }

  public Connection atVersion(long stored) {
    return new Connection(locationId, companyId, state, installedAt, refreshedAt, stored);
  }
}
