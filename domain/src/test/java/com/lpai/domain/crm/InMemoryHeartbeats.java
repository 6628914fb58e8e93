package com.lpai.domain.crm;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Signs of life in memory, with a clock as the database has one. */
public final class InMemoryHeartbeats implements Heartbeats {
  private final InstantSource clock;
  private final Map<String, Instant> last = new HashMap<>();

  public InMemoryHeartbeats(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Beats beat(String instance) {
    Instant now = clock.instant();
    last.put(instance, now);
    return new Beats(now, last);
  }
}
