package com.lpai.application.health;

import com.lpai.domain.sync.SyncCounts;
import java.util.Map;

/** How a location's records stand, by kind ({@code contacts}; others follow). */
public record SyncHealth(Map<String, SyncCounts> counts) {
  public SyncHealth {
    counts = Map.copyOf(counts);
  }
}
