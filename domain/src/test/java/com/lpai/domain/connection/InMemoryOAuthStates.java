package com.lpai.domain.connection;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** OAuth states in memory. */
public final class InMemoryOAuthStates implements OAuthStates {
  private final Map<String, Instant> expiries = new HashMap<>();

  @Override
  public synchronized void issue(String state, Instant expiresAt) {
    expiries.put(state, expiresAt);
  }

  @Override
  public synchronized boolean consume(String state, Instant now) {
    Instant expiresAt = expiries.remove(state);
    return expiresAt != null && now.isBefore(expiresAt);
  }
}
