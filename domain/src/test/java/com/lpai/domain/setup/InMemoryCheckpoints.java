package com.lpai.domain.setup;

import com.lpai.domain.tenant.LocationId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Checkpoints in memory. */
public final class InMemoryCheckpoints implements Checkpoints {
  private record Key(LocationId locationId, SetupStep step) {}

  private final Map<Key, Checkpoint> checkpoints = new ConcurrentHashMap<>();

  @Override
  public Optional<Checkpoint> find(LocationId locationId, SetupStep step) {
    return Optional.ofNullable(checkpoints.get(new Key(locationId, step)));
  }

  @Override
  public void put(LocationId locationId, SetupStep step, Checkpoint checkpoint) {
    checkpoints.put(new Key(locationId, step), checkpoint);
  }
}
