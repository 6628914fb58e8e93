package com.lpai.application.health;

import com.lpai.domain.sync.SyncCounts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a location's records stand, by kind.
 *
 * @param counts of what is told the CRM: {@code contacts}, {@code projects}, {@code appointments},
 *     {@code outgoingMessages}
 * @param copied how much there is of what only the CRM changes: {@code pipelines}, {@code
 *     messages}, …
 */
public record SyncHealth(Map<String, SyncCounts> counts, Map<String, Long> copied) {
  public SyncHealth {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    copied = Collections.unmodifiableMap(new LinkedHashMap<>(copied));
  }
}
