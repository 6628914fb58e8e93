package com.lpai.domain.connection;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Connections in memory: keeps what the port promises, except that nothing is encrypted. */
public class InMemoryConnectionStore<O> implements ConnectionStore<O> {
  final Map<O, Connection> byOwner = new HashMap<>();

  @Override
  public synchronized Optional<Connection> find(O owner) {
    return Optional.ofNullable(byOwner.get(owner));
  }

  @Override
  public synchronized Optional<Connection> save(O owner, Connection connection) {
    if (find(owner).map(Connection::version).orElse(0L) != connection.version()) {
      return Optional.empty();
    }
    Connection stored = connection.atVersion(connection.version() + 1);
    byOwner.put(owner, stored);
    return Optional.of(stored);
  }

  @Override
  public synchronized List<O> careDue(Instant now, int limit) {
    return byOwner.entrySet().stream()
        .filter(entry -> !entry.getValue().careAt().isAfter(now))
        .sorted(Comparator.comparing(entry -> entry.getValue().careAt()))
        .limit(limit)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Forgets the connection, as an erasure does. */
  public synchronized long remove(O owner) {
    return byOwner.remove(owner) == null ? 0 : 1;
  }
}
