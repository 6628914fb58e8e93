package com.lpai.domain.connection;

import java.net.URI;

/** The CRM's OAuth endpoints (ghl-facts.md 2). */
public interface CrmOAuth {
  /** Where a browser goes to choose a location and consent. */
  URI authorizeUri(String state);

  /** Exchanges a code, which works once. One call, at most five seconds. */
  OAuthAnswer exchange(Secret code);

  /** Replaces a pair of tokens; the refresh token works once. One call, at most five seconds. */
  OAuthAnswer refresh(TokenType type, Secret refreshToken);
}
