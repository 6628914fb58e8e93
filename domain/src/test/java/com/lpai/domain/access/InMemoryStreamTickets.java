package com.lpai.domain.access;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tickets in memory. */
public final class InMemoryStreamTickets implements StreamTickets {
  private final Map<String, StreamGrant> grants = new HashMap<>();

  @Override
  public synchronized void issue(LocationId locationId, String ticket, StreamGrant grant) {
    grants.put(key(locationId, ticket), grant);
  }

  @Override
  public synchronized Optional<StreamGrant> redeem(
      LocationId locationId, String ticket, Instant now) {
    return Optional.ofNullable(grants.remove(key(locationId, ticket)))
        .filter(grant -> now.isBefore(grant.expiresAt()));
  }

  private static String key(LocationId locationId, String ticket) {
    return locationId + "/" + ticket;
  }
}
