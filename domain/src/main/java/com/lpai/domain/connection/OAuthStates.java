package com.lpai.domain.connection;

import java.time.Instant;

/** The states of installations that we began: random, single use, short-lived (spec 3). */
public interface OAuthStates {
  void issue(String state, Instant expiresAt);

  /** True once for a state that was issued and has not expired. */
  boolean consume(String state, Instant now);
}
