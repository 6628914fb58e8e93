package com.lpai.domain.erasure;

import com.lpai.domain.tenant.LocationId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

class InMemoryErasuresTest implements ErasuresContract {
  private final Set<LocationId> stored = new HashSet<>();
  private final InMemoryErasures erasures =
      new InMemoryErasures(Map.of("things", locationId -> stored.remove(locationId) ? 1 : 0));

  @Override
  public Erasures erasures() {
    return erasures;
  }

  @Override
  public void storeSomethingOf(LocationId locationId) {
    stored.add(locationId);
  }
}
