package com.lpai.domain.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * A pair of tokens as the CRM gave it (ghl-facts.md 2.2).
 *
 * @param refresh single use: a refresh replaces it
 * @param expiresAt when the access token ends, from {@code expires_in}
 * @param scopes what was really granted
 */
public record OAuthTokens(Secret access, Secret refresh, Instant expiresAt, Set<String> scopes) {
  public OAuthTokens {
    scopes = Set.copyOf(scopes);
  }

  /** True when the access token ends within this time. */
  public boolean expiresWithin(Duration margin, Instant now) {
    return !expiresAt.isAfter(now.plus(margin));
  }
}
