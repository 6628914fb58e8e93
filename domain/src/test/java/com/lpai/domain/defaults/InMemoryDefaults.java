package com.lpai.domain.defaults;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.testing.NextWrite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Defaults in memory. */
public final class InMemoryDefaults implements DefaultsRepository {
  private final Map<LocationId, Defaults> byLocation = new HashMap<>();

  public final NextWrite beforeNextPut = new NextWrite();

  @Override
  public synchronized int putWhereAbsent(LocationId locationId, Defaults defaults) {
    beforeNextPut.happens();
    Defaults before = find(locationId);
    Defaults after =
        new Defaults(
            before.terms().isEmpty() ? defaults.terms() : before.terms(),
            added(before.templates(), defaults.templates(), t -> t.kind() + "/" + t.name()),
            added(before.libraries(), defaults.libraries(), Library::category));
    byLocation.put(locationId, after);
    return after.size() - before.size();
  }

  private static <T> List<T> added(List<T> before, List<T> more, Function<T, String> key) {
    List<T> all = new ArrayList<>(before);
    for (T each : more) {
      if (all.stream().map(key).noneMatch(key.apply(each)::equals)) {
        all.add(each);
      }
    }
    all.sort(Comparator.comparing(key));
    return all;
  }

  @Override
  public synchronized Defaults find(LocationId locationId) {
    return byLocation.getOrDefault(locationId, Defaults.NONE);
  }
}
