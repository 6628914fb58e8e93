package com.lpai.domain.directory;

import com.lpai.domain.tenant.LocationId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Users in memory. */
public final class InMemoryUsers implements UserRepository {
  private final Map<LocationId, Map<GhlUserId, User>> byLocation = new HashMap<>();

  @Override
  public synchronized int saveAll(LocationId locationId, List<User> users) {
    Map<GhlUserId, User> stored = byLocation.computeIfAbsent(locationId, absent -> new HashMap<>());
    int written = 0;
    for (User user : users) {
      if (!user.equals(stored.put(user.id(), user))) {
        written++;
      }
    }
    return written;
  }

  @Override
  public synchronized List<User> list(LocationId locationId) {
    return byLocation.getOrDefault(locationId, Map.of()).values().stream()
        .sorted(Comparator.comparing(User::name).thenComparing(user -> user.id().value()))
        .toList();
  }
}
