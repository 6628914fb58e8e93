package com.lpai.domain.connection;

/** What the CRM's token endpoint answered, told apart by what we do next (ghl-facts.md 2.2). */
public sealed interface OAuthAnswer {
  /** Tokens for a location. */
  record Granted(TokenGrant grant) implements OAuthAnswer {}

  /** Tokens for a whole company. */
  record GrantedForCompany(CompanyGrant grant) implements OAuthAnswer {}

  /** A definite refusal of this code or token: it will never work again. */
  record Refused(String message) implements OAuthAnswer {}

  /** The location is not active: it may come back, and the token with it. */
  record Suspended(String message) implements OAuthAnswer {}

  /** Our client id or secret is wrong, or the request is: no token is to blame. */
  record Misconfigured(String message) implements OAuthAnswer {}

  /** Network, 429 or 5xx: nothing is known of the token; try again. */
  record TryAgain(String message) implements OAuthAnswer {}
}
