package com.lpai.domain.connection;

import com.lpai.domain.tenant.LocationId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Connections in memory: keeps what the port promises, except that nothing is encrypted. */
public final class InMemoryConnections implements ConnectionRepository {
  private final Map<LocationId, Connection> byLocation = new HashMap<>();

  @Override
  public synchronized Optional<Connection> find(LocationId locationId) {
    return Optional.ofNullable(byLocation.get(locationId));
  }

  @Override
  public synchronized Optional<Connection> save(LocationId locationId, Connection connection) {
    if (!connection.locationId().equals(locationId)) {
      throw new IllegalArgumentException(
          "connection of " + connection.locationId() + " is not of location " + locationId);
    }
    if (find(locationId).map(Connection::version).orElse(0L) != connection.version()) {
      return Optional.empty();
    }
    Connection stored = connection.atVersion(connection.version() + 1);
    byLocation.put(locationId, stored);
    return Optional.of(stored);
  }
}
