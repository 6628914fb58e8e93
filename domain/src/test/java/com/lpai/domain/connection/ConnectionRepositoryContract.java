package com.lpai.domain.connection;

import static com.lpai.domain.connection.ConnectionFixture.tokens;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import org.junit.jupiter.api.Test;

/** What every {@link ConnectionRepository} promises beyond any store. */
public interface ConnectionRepositoryContract extends ConnectionStoreContract<LocationId> {
  /** The subject; other tests' connections may be in it. */
  ConnectionRepository connections();

  @Override
  default ConnectionStore<LocationId> store() {
    return connections();
  }

  @Override
  default LocationId anyOwner() {
    return TenantFixture.anyLocation();
  }

  @Test
  default void theLocationsOfACompanyAreFoundUnlessUninstalled() {
    CompanyId company = TenantFixture.anyCompany();
    LocationId one = storedFor(company);
    LocationId other = storedFor(company);
    LocationId gone = storedFor(company);
    Connection connection = connections().find(gone).orElseThrow();
    stored(gone, connection.uninstalled(START));
    storedFor(TenantFixture.anyCompany());

    assertThat(connections().ofCompany(company)).containsExactlyInAnyOrder(one, other);
  }

  private LocationId storedFor(CompanyId company) {
    LocationId location = TenantFixture.anyLocation();
    TokenGrant grant = new TokenGrant(location, company, tokens("1"), true);
    stored(location, Connection.installed(grant, START));
    return location;
  }

  private void stored(LocationId location, Connection connection) {
    assertThat(connections().save(location, connection)).isPresent();
  }
}
