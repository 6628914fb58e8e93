package com.lpai.domain.connection;

import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.net.URI;

/** The CRM's OAuth endpoints (ghl-facts.md 2). */
public interface CrmOAuth {
  /** Where a browser goes to choose a location and consent. */
  URI authorizeUri(String state);

  /** Exchanges a code, which works once. One call, at most five seconds. */
  OAuthAnswer exchange(Secret code);

  /**
   * Replaces a location's pair of tokens; the refresh token works once. One call, at most five
   * seconds. An answer that does not name the location is taken for its own.
   */
  OAuthAnswer refresh(LocationId owner, Secret refreshToken);

  /** The same for a company. */
  OAuthAnswer refresh(CompanyId owner, Secret refreshToken);
}
