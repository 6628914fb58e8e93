package com.lpai.domain.reconcile;

import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Differences in memory. */
public final class InMemoryDifferences implements Differences {
  private record Run(LocationId locationId, long run) {}

  private record Place(LocationId locationId, long run, MirrorKind kind, long page) {}

  private final Map<Run, Map<String, Difference>> differences = new HashMap<>();
  private final Map<Place, byte[]> seen = new HashMap<>();

  @Override
  public synchronized void keepSeen(
      LocationId locationId, long run, MirrorKind kind, long page, SeenIds ids) {
    seen.put(new Place(locationId, run, kind, page), ids.toBytes());
  }

  @Override
  public synchronized SeenIds seen(LocationId locationId, long run, MirrorKind kind) {
    SeenIds all = new SeenIds();
    seen.forEach(
        (place, ids) -> {
          if (place.equals(new Place(locationId, run, kind, place.page()))) {
            all.addFrom(ids);
          }
        });
    return all;
  }

  @Override
  public synchronized void put(LocationId locationId, long run, List<Difference> all) {
    all.forEach(each -> of(locationId, run).put(each.id(), each));
  }

  @Override
  public synchronized void remove(LocationId locationId, long run, Collection<String> ids) {
    of(locationId, run).keySet().removeAll(ids);
  }

  @Override
  public synchronized Optional<Difference> find(LocationId locationId, long run, String id) {
    return Optional.ofNullable(of(locationId, run).get(id));
  }

  @Override
  public synchronized Page<Difference> list(
      LocationId locationId,
      long run,
      Set<MirrorKind> kinds,
      Set<Difference.Stage> stages,
      String cursor,
      int limit) {
    List<Difference> found =
        those(locationId, run, kinds, stages)
            .filter(each -> each.id().compareTo(cursor) > 0)
            .limit(limit + 1L)
            .toList();
    return found.size() <= limit
        ? new Page<>(found, "")
        : new Page<>(found.subList(0, limit), found.get(limit - 1).id());
  }

  @Override
  public synchronized long count(
      LocationId locationId, long run, MirrorKind kind, Set<Difference.Stage> stages) {
    return those(locationId, run, Set.of(kind), stages).count();
  }

  @Override
  public synchronized void tidy(LocationId locationId, long run) {
    seen.keySet().removeIf(place -> place.locationId().equals(locationId) && place.run() <= run);
    differences.keySet().removeIf(it -> it.locationId().equals(locationId) && it.run() < run);
  }

  private Stream<Difference> those(
      LocationId locationId, long run, Set<MirrorKind> kinds, Set<Difference.Stage> stages) {
    return of(locationId, run).values().stream()
        .filter(each -> kinds.isEmpty() || kinds.contains(each.kind()))
        .filter(each -> stages.contains(each.stage()));
  }

  private Map<String, Difference> of(LocationId locationId, long run) {
    return differences.computeIfAbsent(new Run(locationId, run), any -> new TreeMap<>());
  }
}
