package com.lpai.domain.setup;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.testing.NextWrite;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Checkpoints in memory. */
public final class InMemoryCheckpoints implements Checkpoints {
  private record Key(LocationId locationId, SetupStep step) {}

  private final Map<Key, Checkpoint> checkpoints = new ConcurrentHashMap<>();

  public final NextWrite beforeNextPut = new NextWrite();
  public final NextWrite afterNextPut = new NextWrite();

  @Override
  public Optional<Checkpoint> find(LocationId locationId, SetupStep step) {
    return Optional.ofNullable(checkpoints.get(new Key(locationId, step)));
  }

  @Override
  public boolean replace(LocationId locationId, SetupStep step, Checkpoint found, Checkpoint next) {
    beforeNextPut.happens();
    Key key = new Key(locationId, step);
    boolean replaced =
        found.equals(Checkpoint.NONE)
            ? checkpoints.putIfAbsent(key, next) == null
            : checkpoints.replace(key, found, next);
    afterNextPut.happens();
    return replaced;
  }

  @Override
  public List<LocationId> outdated(
      SetupStep step, Instant completeBefore, Instant triedBefore, int limit) {
    return checkpoints.entrySet().stream()
        .filter(entry -> entry.getKey().step() == step)
        .filter(entry -> entry.getValue().completeUpTo().isAfter(Instant.EPOCH))
        .filter(entry -> entry.getValue().completeUpTo().isBefore(completeBefore))
        .filter(entry -> entry.getValue().at().isBefore(triedBefore))
        .sorted(Comparator.comparing(entry -> entry.getValue().completeUpTo()))
        .limit(limit)
        .map(entry -> entry.getKey().locationId())
        .toList();
  }
}
