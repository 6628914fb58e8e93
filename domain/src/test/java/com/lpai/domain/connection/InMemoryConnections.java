package com.lpai.domain.connection;

import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The connections of locations in memory. */
public final class InMemoryConnections extends InMemoryConnectionStore<LocationId>
    implements ConnectionRepository {

  @Override
  public synchronized List<LocationId> ofCompany(CompanyId companyId) {
    return matching(
        c -> c.companyId().equals(companyId) && !(c.state() instanceof ConnectionState.Uninstalled),
        Integer.MAX_VALUE);
  }

  @Override
  public synchronized List<LocationId> troubled(int limit) {
    return matching(
        c ->
            !(c.state() instanceof ConnectionState.Active)
                && !(c.state() instanceof ConnectionState.Uninstalled),
        limit);
  }

  private List<LocationId> matching(Predicate<Connection> wanted, int limit) {
    return byOwner.entrySet().stream()
        .filter(entry -> wanted.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .sorted(Comparator.comparing(LocationId::value))
        .limit(limit)
        .toList();
  }
}
