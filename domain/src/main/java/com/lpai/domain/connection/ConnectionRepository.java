package com.lpai.domain.connection;

import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the connections of locations are kept. */
public interface ConnectionRepository extends ConnectionStore<LocationId> {
  @Override
  Optional<Connection> find(LocationId locationId);

  @Override
  Optional<Connection> save(LocationId locationId, Connection connection);

  @Override
  List<LocationId> careDue(Instant now, int limit);

  /** Locations of a company that are not uninstalled, by id. */
  List<LocationId> ofCompany(CompanyId companyId);
}
