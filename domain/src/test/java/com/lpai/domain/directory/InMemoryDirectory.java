package com.lpai.domain.directory;

import com.lpai.domain.tenant.LocationId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Entries in memory.
 *
 * @param <E> the kind of entry
 */
public final class InMemoryDirectory<E extends DirectoryEntry> implements DirectoryRepository<E> {
  private final Map<LocationId, Map<String, E>> byLocation = new HashMap<>();

  @Override
  public synchronized int replaceAll(LocationId locationId, List<E> all) {
    Map<String, E> wanted = new LinkedHashMap<>();
    all.forEach(entry -> wanted.put(entry.crmId(), entry));
    Map<String, E> before = byLocation.getOrDefault(locationId, Map.of());
    long removed = before.keySet().stream().filter(id -> !wanted.containsKey(id)).count();
    long written =
        wanted.values().stream().filter(entry -> !entry.equals(before.get(entry.crmId()))).count();
    byLocation.put(locationId, wanted);
    return (int) (removed + written);
  }

  @Override
  public synchronized List<E> list(LocationId locationId) {
    return byLocation.getOrDefault(locationId, Map.of()).values().stream()
        .sorted(
            Comparator.comparing((E entry) -> entry.name()).thenComparing(entry -> entry.crmId()))
        .toList();
  }

  @Override
  public synchronized long count(LocationId locationId) {
    return byLocation.getOrDefault(locationId, Map.of()).size();
  }
}
