package com.lpai.domain.connection;

import com.lpai.domain.sync.UnreadableRecordException;
import com.lpai.domain.testing.NextWrite;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Connections in memory: keeps what the port promises, except that nothing is encrypted. */
public class InMemoryConnectionStore<O> implements ConnectionStore<O> {
  final Map<O, Connection> byOwner = new HashMap<>();
  private final Set<O> unreadable = new HashSet<>();
  public final NextWrite nextWrite = new NextWrite();
  private final Map<O, Postponed> postponed = new HashMap<>();

  /** Care that was put off at this version of the connection. */
  private record Postponed(long version, Instant until) {}

  @Override
  public synchronized Optional<Connection> find(O owner) {
    if (unreadable.contains(owner)) {
      throw new UnreadableRecordException("the stored connection of " + owner + " is damaged");
    }
    return Optional.ofNullable(byOwner.get(owner));
  }

  @Override
  public synchronized Optional<Connection> save(O owner, Connection connection) {
    nextWrite.happens();
    if (find(owner).map(Connection::version).orElse(0L) != connection.version()) {
      return Optional.empty();
    }
    Connection stored = connection.atVersion(connection.version() + 1);
    byOwner.put(owner, stored);
    return Optional.of(stored);
  }

  @Override
  public synchronized void overwrite(O owner, Connection connection) {
    unreadable.remove(owner);
    long version = find(owner).map(Connection::version).orElse(0L);
    byOwner.put(owner, connection.atVersion(version + 1));
  }

  @Override
  public synchronized List<O> careDue(Instant now, int limit) {
    return byOwner.entrySet().stream()
        .filter(entry -> !careAt(entry).isAfter(now))
        .sorted(
            Comparator.comparing((Map.Entry<O, Connection> entry) -> !isBegun(entry.getValue()))
                .thenComparing(this::careAt))
        .limit(limit)
        .map(Map.Entry::getKey)
        .toList();
  }

  private Instant careAt(Map.Entry<O, Connection> entry) {
    Postponed put = postponed.get(entry.getKey());
    return put != null && put.version() == entry.getValue().version()
        ? put.until()
        : entry.getValue().careAt();
  }

  private static boolean isBegun(Connection connection) {
    return connection.state() instanceof ConnectionState.Refreshing;
  }

  @Override
  public synchronized void postponeCare(O owner, Instant until) {
    Optional.ofNullable(byOwner.get(owner))
        .ifPresent(connection -> postponed.put(owner, new Postponed(connection.version(), until)));
  }

  /** What is stored is damaged from now on. */
  public synchronized void damage(O owner) {
    unreadable.add(owner);
  }

  /** Forgets the connection, as an erasure does. */
  public synchronized long remove(O owner) {
    unreadable.remove(owner);
    return byOwner.remove(owner) == null ? 0 : 1;
  }
}
