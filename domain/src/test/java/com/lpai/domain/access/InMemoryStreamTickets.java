package com.lpai.domain.access;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tickets in memory. */
public final class InMemoryStreamTickets implements StreamTickets {
  private final Map<LocationId, Map<String, StreamGrant>> grants = new HashMap<>();

  @Override
  public synchronized boolean issue(
      LocationId locationId, String ticket, StreamGrant grant, Instant now) {
    Map<String, StreamGrant> open = of(locationId);
    open.values().removeIf(other -> !now.isBefore(other.expiresAt()));
    if (open.size() >= MOST_OPEN) {
      return false;
    }
    open.put(ticket, grant);
    return true;
  }

  @Override
  public synchronized Optional<StreamGrant> redeem(
      LocationId locationId, String ticket, Instant now) {
    return Optional.ofNullable(of(locationId).remove(ticket))
        .filter(grant -> now.isBefore(grant.expiresAt()));
  }

  private Map<String, StreamGrant> of(LocationId locationId) {
    return grants.computeIfAbsent(locationId, absent -> new HashMap<>());
  }
}
