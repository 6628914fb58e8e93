package com.lpai.domain.connection;

import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The connections of locations in memory. */
public final class InMemoryConnections extends InMemoryConnectionStore<LocationId>
    implements ConnectionRepository {

  @Override
  public synchronized List<LocationId> ofCompany(CompanyId companyId) {
    return byOwner.entrySet().stream()
        .filter(entry -> entry.getValue().companyId().equals(companyId))
        .filter(entry -> !(entry.getValue().state() instanceof ConnectionState.Uninstalled))
        .map(Map.Entry::getKey)
        .sorted(Comparator.comparing(LocationId::value))
        .toList();
  }
}
