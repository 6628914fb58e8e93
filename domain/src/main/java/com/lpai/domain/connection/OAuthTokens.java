package com.lpai.domain.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Tokens as the CRM gave them (ghl-facts.md 2.2, 2.3).
 *
 * @param expiresAt when the access token ends, from {@code expires_in}
 * @param scopes what was really granted
 */
public record OAuthTokens(Secret access, Renewal renewal, Instant expiresAt, Set<String> scopes) {
  public OAuthTokens {
    scopes = Set.copyOf(scopes);
  }

  /** True when the access token ends within this time. */
  public boolean expiresWithin(Duration margin, Instant now) {
    return !expiresAt.isAfter(now.plus(margin));
  }
}
